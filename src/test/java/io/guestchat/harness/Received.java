package io.guestchat.harness;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;

/**
 * One record that the bridge has published.
 *
 * @param seen when it was read, by this JVM's clock
 */
public record Received(ConsumerRecord<byte[], byte[]> raw, Instant seen) {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    public Received(ConsumerRecord<byte[], byte[]> raw) {
        this(raw, Instant.now());
    }

    public String key() {
        return raw.key() == null ? null : new String(raw.key(), StandardCharsets.UTF_8);
    }

    public JsonNode json() {
        try {
            return JSON.readTree(raw.value());
        } catch (IOException notJson) {
            throw new UncheckedIOException(notJson);
        }
    }

    public String type() {
        return json().path("type").asText(null);
    }

    /** A field of the record, by its path with dots; null where it is absent. */
    public String text(String path) {
        JsonNode node = json().at("/" + path.replace('.', '/'));
        return node.isMissingNode() ? null : node.asText();
    }

    /** The last header of that name; null where there is none. */
    public String header(String name) {
        Header header = raw.headers().lastHeader(name);
        return header == null || header.value() == null ? null : new String(header.value(), StandardCharsets.UTF_8);
    }

    @Override
    public String toString() {
        return raw.topic() + "[" + key() + "] " + (raw.value() == null ? null : new String(raw.value(), StandardCharsets.UTF_8));
    }
}

package io.guestchat.harness;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;

/**
 * A request record that was sent.
 *
 * @param place where Kafka put it, once it has
 */
public record Sent(ProducerRecord<byte[], byte[]> request, Future<RecordMetadata> place) {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    public String key() {
        return request.key() == null ? null : new String(request.key(), StandardCharsets.UTF_8);
    }

    /** A field of the request; null where it has none, or is no JSON object. */
    public String text(String field) {
        return json().path(field).asText(null);
    }

    private JsonNode json() {
        try {
            return request.value() == null ? MissingNode.getInstance() : JSON.readTree(request.value());
        } catch (IOException notJson) {
            return MissingNode.getInstance();
        }
    }

    /** {@code topic/partition/offset}: what the ids of its answers begin with. */
    public String position() {
        RecordMetadata at = metadata();
        return at.topic() + "/" + at.partition() + "/" + at.offset();
    }

    public RecordMetadata metadata() {
        try {
            return place.get(OutsideSystem.PATIENCE.toSeconds(), TimeUnit.SECONDS);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(stopped);
        } catch (ExecutionException | TimeoutException notSent) {
            throw new IllegalStateException("a request was not sent", notSent);
        }
    }

    @Override
    public String toString() {
        return "request " + text("type") + " id=" + text("id") + " of " + key() + " at " + position();
    }
}

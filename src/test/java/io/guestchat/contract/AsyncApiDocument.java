package io.guestchat.contract;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** {@code asyncapi.yaml}, read. */
final class AsyncApiDocument {

    private static final String SCHEMAS = "./src/main/resources/schemas/";

    private final JsonNode content;

    private AsyncApiDocument(JsonNode content) {
        this.content = content;
    }

    static AsyncApiDocument read() {
        try {
            Object yaml = new Load(LoadSettings.builder().setLabel("asyncapi.yaml").build())
                    .loadFromString(Files.readString(Path.of("asyncapi.yaml")));
            return new AsyncApiDocument(JsonMapper.builder().build().valueToTree(yaml));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    JsonNode content() {
        return content;
    }

    JsonNode channel(String name) {
        return content.path("channels").path(name);
    }

    /** The messages of a channel, by their names in it. */
    Map<String, Message> messages(String channel) {
        Map<String, Message> messages = new TreeMap<>();
        channel(channel).path("messages").properties().forEach(entry -> messages.put(entry.getKey(), new Message(target(entry.getValue()))));
        return messages;
    }

    /** What a reference within the document leads to. */
    private JsonNode target(JsonNode reference) {
        JsonNode target = content.at(reference.path("$ref").asText().substring(1));
        if (target.isMissingNode()) {
            throw new IllegalStateException(reference + " leads nowhere");
        }
        return target;
    }

    private static String file(JsonNode schema) {
        String reference = schema.path("schema").path("$ref").asText();
        return reference.startsWith(SCHEMAS) ? reference.substring(SCHEMAS.length()) : null;
    }

    /** One message, with what its traits add. */
    final class Message {

        private final JsonNode node;

        private Message(JsonNode node) {
            this.node = node;
        }

        String name() {
            return node.path("name").asText();
        }

        JsonNode examples() {
            return node.path("examples");
        }

        /** The schema file of the value; null where it may be anything. */
        String payload() {
            return file(node.path("payload"));
        }

        /** The schema file of the headers; null where it has none. */
        String headers() {
            return file(withTraits("headers"));
        }

        /** The reference to the schema of the record key. */
        String key() {
            return withTraits("bindings").path("kafka").path("key").path("$ref").asText();
        }

        private JsonNode withTraits(String field) {
            JsonNode own = node.path(field);
            for (JsonNode trait : node.path("traits")) {
                own = own.isMissingNode() ? target(trait).path(field) : own;
            }
            return own;
        }
    }
}

package io.guestchat.harness;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaValidatorsConfig;
import com.networknt.schema.SpecVersion.VersionFlag;
import com.networknt.schema.ValidationMessage;
import io.guestchat.config.TopicSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.common.header.Header;

/**
 * The JSON Schemas of the contract, for what the bridge writes. Their readers are to pass over fields that they do not know; the
 * bridge is not to write any: here each object has the fields that its schema names, and no others. Thread-safe.
 */
public final class RecordSchemas {

    public static final Path DIRECTORY = Path.of("src", "main", "resources", "schemas").toAbsolutePath();

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final String DEAD_LETTER_HEADERS = "dead-letter-headers.json";
    private static final Map<String, String> CLOSED = closed();
    private static final JsonSchemaFactory FACTORY = JsonSchemaFactory.getInstance(VersionFlag.V202012,
            builder -> builder.schemaLoaders(loaders -> loaders.schemas(CLOSED)));
    private static final SchemaValidatorsConfig CONFIG = SchemaValidatorsConfig.builder().build();
    private static final Map<String, JsonSchema> SCHEMAS = new ConcurrentHashMap<>();

    private RecordSchemas() {
    }

    /** All schema files, by their path in the directory. */
    public static List<String> files() {
        try (Stream<Path> files = Files.walk(DIRECTORY)) {
            return files.filter(Files::isRegularFile).map(file -> DIRECTORY.relativize(file).toString().replace('\\', '/')).sorted().toList();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /** A schema as it stands in its file. */
    public static ObjectNode read(String file) {
        try {
            return (ObjectNode) JSON.readTree(DIRECTORY.resolve(file).toFile());
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /** What of a value is not as the schema says; empty where all is. */
    public static List<String> faults(String file, JsonNode value) {
        JsonSchema schema = SCHEMAS.computeIfAbsent(file,
                name -> FACTORY.getSchema(SchemaLocation.of(read(name).path("$id").textValue()), CONFIG));
        return schema.validate(value).stream().map(ValidationMessage::getMessage).toList();
    }

    /** What of a record is not as the contract says; empty where all is. */
    static List<String> faults(Received record, TopicSettings topics) {
        if (record.raw().topic().equals(topics.deadLetters())) {
            return faults(DEAD_LETTER_HEADERS, headersOfOurs(record));
        }
        JsonNode value = record.json();
        String name = record.raw().topic().equals(topics.messages()) ? "message"
                : record.raw().topic().equals(topics.history()) ? "history-page" : value.path("type").asText();
        String file = record.raw().topic().equals(topics.events()) ? "events/" + name + ".json" : name + ".json";
        if (!Files.exists(DIRECTORY.resolve(file))) {
            return List.of("there is no schema " + file);
        }
        List<String> faults = new ArrayList<>(faults(file, value));
        faults.addAll(faults("cloud-event-headers.json", headers(record)));
        if (!("io.guestchat." + name + ".v1").equals(record.header("ce_type"))) {
            faults.add("$.ce_type: is not that of " + name);
        }
        return faults;
    }

    /** Of headers of one name the last counts. */
    private static ObjectNode headers(Received record) {
        ObjectNode headers = JSON.createObjectNode();
        for (Header header : record.raw().headers()) {
            headers.put(header.key(), header.value() == null ? null : new String(header.value(), StandardCharsets.UTF_8));
        }
        return headers;
    }

    /** A dead letter has the request's own, too. */
    private static ObjectNode headersOfOurs(Received record) {
        ObjectNode headers = headers(record);
        headers.retain(headers.properties().stream().map(Map.Entry::getKey)
                .filter(name -> name.startsWith("__connect.errors.") || name.startsWith("guestchat.")).toList());
        return headers;
    }

    private static Map<String, String> closed() {
        return files().stream().map(RecordSchemas::read).collect(Collectors.toMap(schema -> schema.path("$id").textValue(), schema -> {
            close(schema);
            return schema.toString();
        }));
    }

    private static void close(JsonNode node) {
        if (node instanceof ObjectNode object && "object".equals(object.path("type").textValue()) && object.path("properties").isObject()
                && !object.has("additionalProperties")) {
            object.put("additionalProperties", false);
        }
        node.forEach(RecordSchemas::close);
    }
}

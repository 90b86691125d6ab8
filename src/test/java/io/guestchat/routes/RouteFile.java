package io.guestchat.routes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/**
 * A file of routes, read by the YAML parser that Camel reads it with.
 *
 * @param content what stands in it, as JSON
 */
record RouteFile(String name, String text, JsonNode content) {

    static final Path DIRECTORY = Path.of("routes").toAbsolutePath();
    private static final JsonMapper JSON = JsonMapper.builder().build();

    /** A field anywhere in a file. */
    record Field(String name, JsonNode value) {

        /** A {@code from} or {@code to}: its URI without its parameters, whichever form it has. */
        String uri() {
            return value.isTextual() ? value.asText() : value.path("uri").asText();
        }
    }

    static List<RouteFile> all() {
        try (Stream<Path> files = Files.list(DIRECTORY)) {
            return files.sorted().map(RouteFile::read).toList();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    static RouteFile parse(String name, String text) {
        Object content = new Load(LoadSettings.builder().setLabel(name).build()).loadFromString(text);
        return new RouteFile(name, text, JSON.valueToTree(content));
    }

    private static RouteFile read(Path file) {
        try {
            return parse(file.getFileName().toString(), Files.readString(file));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    List<JsonNode> routes() {
        return elements(content).map(element -> element.get("route")).filter(Objects::nonNull).toList();
    }

    /** All fields at all depths. */
    List<Field> fields() {
        List<Field> fields = new ArrayList<>();
        collect(content, fields);
        return fields;
    }

    private static void collect(JsonNode node, List<Field> fields) {
        node.properties().forEach(entry -> {
            fields.add(new Field(entry.getKey(), entry.getValue()));
            collect(entry.getValue(), fields);
        });
        if (node.isArray()) {
            node.forEach(element -> collect(element, fields));
        }
    }

    /** Every text that is no field's name and no description. */
    List<String> words() {
        return fields().stream()
                .filter(field -> !field.name().equals("description"))
                .flatMap(field -> field.value().isArray() ? elements(field.value()) : Stream.of(field.value()))
                .filter(JsonNode::isTextual)
                .map(JsonNode::asText)
                .toList();
    }

    private static Stream<JsonNode> elements(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false);
    }

    @Override
    public String toString() {
        return name;
    }
}

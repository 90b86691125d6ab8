package io.guestchat.contract;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaValidatorsConfig;
import com.networknt.schema.SpecVersion.VersionFlag;
import com.networknt.schema.ValidationMessage;
import com.networknt.schema.regex.RegularExpression;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The JSON Schemas of the requests, which {@code asyncapi.yaml} refers to as well. They are compiled once, at the start, and are
 * found in the jar: nothing is fetched. Thread-safe.
 */
final class RequestSchemas {

    /** What the files' {@code $id}s begin with: a name, not a place. */
    private static final String NAMES = "https://guestchat.io/schemas/";
    private static final String FILES = "classpath:schemas/";

    private final JsonSchemaFactory factory = JsonSchemaFactory.getInstance(VersionFlag.V202012,
            builder -> builder.schemaMappers(mappers -> mappers.mapPrefix(NAMES, FILES)));
    private final SchemaValidatorsConfig config = SchemaValidatorsConfig.builder()
            .regularExpressionFactory(RequestSchemas::expression).build();
    private final Map<String, Compiled> byType = new HashMap<>();
    private final Compiled others;

    RequestSchemas(Set<String> types) {
        types.forEach(type -> byType.put(type, compiled("requests/" + type + ".json")));
        others = compiled("request.json");
    }

    /** What is wrong with a request, by the schema of its type; by what all have in common where that is none of the types. */
    RequestFaults faults(JsonNode request) {
        Compiled schema = byType.getOrDefault(request.path("type").asText(), others);
        RequestFaults faults = new RequestFaults(schema.needed());
        schema.schema().validate(request).forEach(finding -> faults.add(finding, this::keywordsBeside));
        return faults;
    }

    private Compiled compiled(String file) {
        JsonSchema schema = schema(NAMES + file);
        Set<String> needed = new HashSet<>();
        addNeeded(schema.getSchemaNode(), "", needed);
        return new Compiled(schema, needed);
    }

    private JsonSchema schema(String name) {
        return factory.getSchema(SchemaLocation.of(name), config);
    }

    private static void addNeeded(JsonNode schema, String place, Set<String> needed) {
        schema.path("required").forEach(name -> needed.add(place + "/" + name.textValue()));
        schema.path("properties").properties().forEach(field -> addNeeded(field.getValue(), place + "/" + field.getKey(), needed));
    }

    /** The schema object that has the keyword of the finding: a limit's words tell the other limit, too. */
    private JsonNode keywordsBeside(ValidationMessage finding) {
        SchemaLocation at = finding.getSchemaLocation();
        return schema(at.getAbsoluteIri().toString()).getSchemaNode().at(at.getFragment().getParent().toString());
    }

    /** In the regular expressions of JSON Schema $ is the end of the text; in Java's a line feed may follow it. */
    private static RegularExpression expression(String regex) {
        Pattern pattern = Pattern.compile(regex.endsWith("$") ? regex.substring(0, regex.length() - 1) + "\\z" : regex);
        return value -> pattern.matcher(value).find();
    }

    /** @param needed the places of the fields that have to be there, as JSON pointers */
    private record Compiled(JsonSchema schema, Set<String> needed) {
    }
}

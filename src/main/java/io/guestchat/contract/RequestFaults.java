package io.guestchat.contract;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.JsonNodePath;
import com.networknt.schema.PathType;
import com.networknt.schema.ValidationMessage;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.StringJoiner;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/**
 * What is wrong with one request, gathered, so that a caller hears of all of it at once. A fault names the field and never repeats
 * its value: a value may be a name, an address or the text of a chat. Of one field the first fault is told: what is no string is
 * not one of the allowed strings, either.
 */
final class RequestFaults {

    private static final String UNKNOWN = "is unknown";
    private static final String MISSING = "is missing";
    private static final String UNWORDED = "";
    private static final int LONGEST_NAME = 60;
    /** What a failure's message has room for, and more; a record may have faults by the hundred thousand. */
    private static final int MOST_WORDED = 100;
    private static final JsonNodePath ROOT = new JsonNodePath(PathType.JSON_POINTER);

    private final Set<String> needed;
    private final Map<JsonNodePath, String> faults = new LinkedHashMap<>();
    private final List<JsonNodePath> brokenNames = new ArrayList<>();

    /** @param needed the places of the fields that have to be there, as JSON pointers */
    RequestFaults(Set<String> needed) {
        this.needed = needed;
    }

    boolean isEmpty() {
        return faults.isEmpty() && brokenNames.isEmpty();
    }

    void add(String field, String what) {
        faults.putIfAbsent(ROOT.append(field), what);
    }

    /** @param keywords tells the schema object that the finding's keyword is in */
    void add(ValidationMessage finding, Function<ValidationMessage, JsonNode> keywords) {
        JsonNodePath at = finding.getInstanceLocation();
        JsonNodePath place = finding.getProperty() == null ? at : at.append(finding.getProperty());
        faults.putIfAbsent(place, faults.size() < MOST_WORDED ? words(finding, keywords.apply(finding)) : UNWORDED);
    }

    private String words(ValidationMessage finding, JsonNode keywords) {
        return switch (finding.getType()) {
            case "required" -> MISSING;
            case "additionalProperties", "false" -> UNKNOWN;
            case "type" -> isNullField(finding) ? nullWords(finding) : "is not " + kind(keywords.path("type").asText());
            case "minLength" -> "is empty";
            case "maxLength" -> "is longer than " + keywords.path("maxLength").asText() + " characters";
            case "pattern" -> "is not a " + keywords.path("title").asText();
            case "minimum", "maximum" ->
                    "is not between " + keywords.path("minimum").asText() + " and " + keywords.path("maximum").asText();
            case "enum" -> finding.getInstanceNode().asText().isEmpty() ? "is empty"
                    : "is not one of " + list(keywords.path("enum"));
            default -> "is not as its schema says";
        };
    }

    private static boolean isNullField(ValidationMessage finding) {
        return finding.getInstanceNode().isNull() && finding.getInstanceLocation().getElement(-1) instanceof String;
    }

    private String nullWords(ValidationMessage finding) {
        return needed.contains(finding.getInstanceLocation().toString()) ? MISSING : "is null";
    }

    private static String kind(String type) {
        return switch (type) {
            case "integer" -> "a whole number";
            case "object", "array" -> "an " + type;
            default -> "a " + type;
        };
    }

    private static String list(JsonNode words) {
        return StreamSupport.stream(words.spliterator(), false).map(JsonNode::asText).collect(Collectors.joining(", "));
    }

    /** No schema can say it of a text or a name: half of a surrogate pair is no Unicode, and could not be sent on. */
    void addLoneSurrogates(JsonNode request) {
        addLoneSurrogates(request, ROOT);
    }

    private void addLoneSurrogates(JsonNode node, JsonNodePath place) {
        if (node.isTextual() && LoneSurrogates.areIn(node.textValue())) {
            faults.putIfAbsent(place, "holds half of a surrogate pair");
        } else if (node.isArray()) {
            for (int i = 0; i < node.size(); i++) {
                addLoneSurrogates(node.get(i), place.append(i));
            }
        } else if (node.isObject()) {
            node.properties().forEach(field -> addLoneSurrogates(field.getKey(), field.getValue(), place.append(field.getKey())));
        }
    }

    private void addLoneSurrogates(String name, JsonNode value, JsonNodePath place) {
        // Of a field that is unknown nothing else is of interest.
        if (!UNKNOWN.equals(faults.get(place))) {
            if (LoneSurrogates.areIn(name)) {
                brokenNames.add(place);
            }
            addLoneSurrogates(value, place);
        }
    }

    /** The request's field of that name; null where it is absent or at fault. */
    String sound(JsonNode request, String field) {
        return faults.containsKey(ROOT.append(field)) ? null : request.path(field).textValue();
    }

    /** In one line. */
    @Override
    public String toString() {
        StringJoiner all = new StringJoiner("; ");
        brokenNames.stream().limit(MOST_WORDED)
                .forEach(place -> all.add(words(place) + ": has half of a surrogate pair in its name"));
        faults.entrySet().stream().limit(MOST_WORDED).forEach(fault -> all.add(words(fault.getKey()) + ": " + fault.getValue()));
        return all.toString();
    }

    private static String words(JsonNodePath place) {
        StringBuilder words = new StringBuilder();
        for (int i = 0; i < place.getNameCount(); i++) {
            if (place.getElement(i) instanceof Integer index) {
                words.append('[').append(index).append(']');
            } else {
                words.append(i == 0 ? "" : ".").append(printable(place.getName(i)));
            }
        }
        return words.toString();
    }

    /** A name is the sender's own, too: however long, and of any characters. */
    private static String printable(String field) {
        return field.codePoints().limit(LONGEST_NAME)
                .map(point -> Character.isISOControl(point) || LoneSurrogates.isOne(point) ? '?' : point)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append).toString();
    }
}

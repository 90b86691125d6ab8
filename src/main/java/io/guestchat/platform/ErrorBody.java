package io.guestchat.platform;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;

/**
 * What may be told of an error's body: only its {@code message} and {@code code} (at the token endpoint {@code error_description}
 * and {@code error}), cleaned and cut short. A platform likes to repeat what was wrong with what it was sent, so every value of
 * our own request is blotted out.
 */
final class ErrorBody {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int LONGEST = 300;
    /** Shorter values are words of every sentence. */
    private static final int SHORTEST_VALUE = 3;

    private ErrorBody() {
    }

    /**
     * @param body as the platform sent it, or null
     * @param request the JSON that we sent, or null
     * @return {@code "message (code)"}, or an empty text where the body says nothing of use
     */
    static String tell(String body, String request) {
        JsonNode error = read(body);
        String message = text(error, "message", "error_description");
        String code = text(error, "code", "error");
        String told = message.isEmpty() ? code : code.isEmpty() ? message : message + " (" + code + ")";
        return cut(clean(blot(told, request)));
    }

    private static JsonNode read(String json) {
        try {
            return json == null || json.isBlank() ? JSON.missingNode() : JSON.readTree(json);
        } catch (IOException unreadable) {
            return JSON.missingNode();
        }
    }

    private static String text(JsonNode error, String... names) {
        for (String name : names) {
            JsonNode value = error.path(name);
            if (value.isTextual() || value.isIntegralNumber()) {
                return value.asText().strip();
            }
        }
        return "";
    }

    private static String blot(String told, String request) {
        List<String> values = new ArrayList<>();
        collect(read(request), values);
        // The longest first: a name may be a part of an address.
        values.sort(Comparator.comparingInt(String::length).reversed());
        String blotted = told.replaceAll("\\S+@\\S+", "…");
        for (String value : values) {
            blotted = blotted.replaceAll("(?iu)" + Pattern.quote(value), "…");
        }
        return blotted;
    }

    private static void collect(JsonNode node, List<String> values) {
        if (node.isValueNode()) {
            String value = node.asText().strip();
            if (value.length() >= SHORTEST_VALUE && !node.isNull() && !node.isBoolean()) {
                values.add(value);
            }
        } else {
            node.forEach(child -> collect(child, values));
        }
    }

    /** No control characters, and none that turn the direction of what follows. */
    private static String clean(String told) {
        return told.replaceAll("[\\p{C}\\p{Z}\\s]+", " ").strip();
    }

    private static String cut(String told) {
        return told.codePointCount(0, told.length()) <= LONGEST ? told
                : told.substring(0, told.offsetByCodePoints(0, LONGEST)) + "…";
    }
}

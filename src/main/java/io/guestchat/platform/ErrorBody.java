package io.guestchat.platform;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What may be told of an error's body. Of the API's only {@code message} and {@code code}, cleaned and cut short: a platform likes
 * to repeat what it was sent, so the values of our request, its token and whatever looks like a credential are blotted out. Of
 * the token endpoint's only an error code that RFC 6749 knows: what was sent there is the client's secret, its errors come into
 * the log and the health, and a list of words can hold no secret in any encoding.
 */
final class ErrorBody {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int LONGEST = 300;
    /** Shorter values are words of every sentence. */
    private static final int SHORTEST_VALUE = 3;
    /** The scheme of an Authorization header and what follows, and any run that is longer than a UUID and no sentence. */
    private static final Pattern CREDENTIAL = Pattern.compile("(?i)\\b(bearer|basic)[\\s:=]+\\S+|[A-Za-z0-9+/=_.~%-]{40,}");
    /** RFC 6749, sections 4.1.2.1 and 5.2. */
    private static final Set<String> TOKEN_ERRORS = Set.of("invalid_request", "invalid_client", "invalid_grant",
            "unauthorized_client", "unsupported_grant_type", "invalid_scope", "access_denied", "server_error",
            "temporarily_unavailable");

    private ErrorBody() {
    }

    /**
     * Of an error of the API.
     *
     * @param body as the platform sent it, or null
     * @param request the JSON that we sent, or null
     * @param token that authorized it, or null
     * @return {@code "message (code)"}, or an empty text where the body says nothing of use
     */
    static String tell(String body, String request, AccessToken token) {
        JsonNode error = read(body);
        String message = text(error, "message");
        String code = text(error, "code");
        String told = message.isEmpty() ? code : code.isEmpty() ? message : message + " (" + code + ")";
        // Cleaned first: a value that the platform repeats with other blanks in it would be whole again afterwards.
        return cut(blot(clean(told), request, token));
    }

    /** Of an error of the token endpoint: its code; an empty text where it is none that is known. */
    static String tokenError(String body) {
        String code = text(read(body), "error");
        return TOKEN_ERRORS.contains(code) ? code : "";
    }

    private static JsonNode read(String json) {
        try {
            return json == null || json.isBlank() ? JSON.missingNode() : JSON.readTree(json);
        } catch (IOException unreadable) {
            return JSON.missingNode();
        }
    }

    private static String text(JsonNode error, String name) {
        JsonNode value = error.path(name);
        return value.isTextual() || value.isIntegralNumber() ? value.asText().strip() : "";
    }

    private static String blot(String told, String request, AccessToken token) {
        List<String> values = new ArrayList<>();
        collect(read(request), values);
        if (token != null) {
            values.add(token.bearer().substring("Bearer ".length()));
        }
        // The longest first: a name may be a part of an address.
        values.sort(Comparator.comparingInt(String::length).reversed());
        String blotted = told;
        for (String value : values) {
            blotted = blotted.replaceAll("(?iu)" + Pattern.quote(value), "…");
        }
        // After the values: an address in the midst of JSON would take the half of its neighbour away, and leave the other.
        return CREDENTIAL.matcher(blotted).replaceAll("…").replaceAll("\\S+@\\S+", "…");
    }

    private static void collect(JsonNode node, List<String> values) {
        if (node.isValueNode()) {
            String value = clean(node.asText());
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

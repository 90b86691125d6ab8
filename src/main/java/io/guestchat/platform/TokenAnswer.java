package io.guestchat.platform;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.guestchat.contract.ErrorCode;
import io.guestchat.contract.RequestFailedException;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Reads the answer of the token endpoint (RFC 6749, section 5.1). Says nothing of what it read where it can't use it. */
final class TokenAnswer {

    private static final ObjectMapper JSON = new ObjectMapper();

    /** Where {@code expires_in} is missing, which the RFC allows: short enough to be right, long enough to be of use. */
    private static final Duration UNTOLD_LIFETIME = Duration.ofMinutes(10);
    private static final Duration LONGEST_LIFETIME = Duration.ofDays(30);

    /** What may stand in a header: a token with a line break would write headers of its own. */
    private static final Pattern PRINTABLE = Pattern.compile("[\\x21-\\x7e]{1,16384}");

    private TokenAnswer() {
    }

    static AccessToken read(byte[] body) throws RequestFailedException {
        JsonNode answer;
        try {
            answer = JSON.readTree(body);
        } catch (IOException unreadable) {
            throw unusable("is no JSON");
        }
        JsonNode value = answer.path("access_token");
        if (!value.isTextual() || !PRINTABLE.matcher(value.textValue()).matches()) {
            throw unusable("has no usable access_token");
        }
        JsonNode type = answer.path("token_type");
        if (type.isTextual() && !"bearer".equalsIgnoreCase(type.textValue())) {
            throw unusable("has a token_type other than bearer");
        }
        return new AccessToken(value.textValue(), lifetime(answer.path("expires_in")), scopes(answer.path("scope")));
    }

    private static Duration lifetime(JsonNode seconds) throws RequestFailedException {
        if (seconds.isMissingNode() || seconds.isNull()) {
            return UNTOLD_LIFETIME;
        }
        // Some servers write the number as a text.
        long told = seconds.asLong(0);
        if (told < 1) {
            throw unusable("has an expires_in that is no positive number");
        }
        return Duration.ofSeconds(Math.min(told, LONGEST_LIFETIME.toSeconds()));
    }

    private static Set<String> scopes(JsonNode scope) {
        if (!scope.isTextual()) {
            return null;
        }
        return Arrays.stream(scope.textValue().split("\\s+"))
                .filter(name -> !name.isEmpty())
                .collect(Collectors.toUnmodifiableSet());
    }

    private static RequestFailedException unusable(String why) {
        return new RequestFailedException(ErrorCode.PLATFORM_ERROR, "the answer of the token endpoint " + why);
    }
}

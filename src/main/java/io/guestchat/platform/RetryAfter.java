package io.guestchat.platform;

import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Map;
import java.util.Optional;

/** Reads {@code Retry-After}: seconds or a date (RFC 9110, section 10.2.3). */
public final class RetryAfter {

    /** Longer than anybody waits; keeps a hostile number out of arithmetic. */
    private static final Duration LONGEST = Duration.ofDays(366);

    private RetryAfter() {
    }

    /**
     * Looks the header up whatever its case: the map of Camel's {@code HttpOperationFailedException} tells cases apart.
     *
     * @return the wait from now, zero for a date that has passed; empty where there is no such header or nobody can read it
     */
    static Optional<Duration> in(Map<String, String> headers, Clock clock) {
        if (headers == null) {
            return Optional.empty();
        }
        return headers.entrySet().stream()
                .filter(header -> "Retry-After".equalsIgnoreCase(header.getKey()) && header.getValue() != null)
                .findFirst()
                .flatMap(header -> parse(header.getValue().strip(), clock.instant()));
    }

    public static Optional<Duration> parse(String value, Instant now) {
        if (value.matches("[0-9]+")) {
            // Ten digits and more are beyond the longest anyway, and twenty do not fit a long.
            Duration wait = value.length() > 9 ? LONGEST : Duration.ofSeconds(Long.parseLong(value));
            return Optional.of(wait.compareTo(LONGEST) > 0 ? LONGEST : wait);
        }
        try {
            Instant until = ZonedDateTime.parse(value, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant();
            Duration wait = Duration.between(now, until);
            if (wait.isNegative()) {
                return Optional.of(Duration.ZERO);
            }
            return Optional.of(wait.compareTo(LONGEST) > 0 ? LONGEST : wait);
        } catch (DateTimeException unreadable) {
            return Optional.empty();
        }
    }
}

package io.guestchat.platform;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RetryAfterTest {

    private static final Instant NOW = Instant.parse("2026-11-22T10:00:00Z");

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "0 | PT0S",
        "3 | PT3S",
        "Sun, 22 Nov 2026 10:00:30 GMT | PT30S",
        "Sun, 22 Nov 2026 09:00:00 GMT | PT0S",
        "99999999999999999999999 | PT8784H",
        "Fri, 22 Nov 2999 10:00:00 GMT | PT8784H",
    })
    void givenSecondsOrADate_whenParsed_thenTheWaitFromNow(String value, Duration wait) {
        assertThat(RetryAfter.parse(value, NOW)).contains(wait);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "soon", "-5", "1.5", "Sun, 99 Nov 2026 10:00:30 GMT", "٣"})
    void givenAnythingElse_whenParsed_thenNothing(String value) {
        assertThat(RetryAfter.parse(value, NOW)).isEmpty();
    }

    @Test
    void givenAnyCaseOfTheName_whenLookedUp_thenFound() {
        Clock clock = Clock.fixed(NOW, ZoneOffset.UTC);

        assertThat(RetryAfter.in(Map.of("retry-AFTER", " 4 "), clock)).contains(Duration.ofSeconds(4));
        assertThat(RetryAfter.in(Map.of("Other", "4"), clock)).isEmpty();
        assertThat(RetryAfter.in(null, clock)).isEmpty();
    }
}

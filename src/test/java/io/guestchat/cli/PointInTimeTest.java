package io.guestchat.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine.TypeConversionException;

class PointInTimeTest {

    private final PointInTime times = new PointInTime(Clock.fixed(Instant.parse("2026-11-22T15:00:00Z"), ZoneOffset.UTC));

    @ParameterizedTest
    @CsvSource({
        "2026-11-22T14:30:00Z, 2026-11-22T14:30:00Z",
        "2026-11-22T14:30:00.250Z, 2026-11-22T14:30:00.250Z",
        "2026-11-22T15:30:00+01:00, 2026-11-22T14:30:00Z",
        "2h, 2026-11-22T13:00:00Z",
        "90s, 2026-11-22T14:58:30Z"})
    void givenATimeOrHowLongAgo_whenRead_thenItIsThatInstant(String text, Instant instant) {
        assertThat(times.convert(text)).isEqualTo(instant);
    }

    @Test
    void givenATimeWithoutAnOffset_whenRead_thenItIsRefused() {
        assertThatThrownBy(() -> times.convert("2026-11-22T14:30:00")).isInstanceOf(TypeConversionException.class);
    }
}

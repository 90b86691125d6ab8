package io.guestchat.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DurationTextTest {

    @ParameterizedTest
    @CsvSource({"500ms, PT0.5S", "5s, PT5S", "2m, PT2M", "24h, PT24H", "0s, PT0S", "5 s, PT5S", "999999999h, PT999999999H"})
    void givenANumberAndAUnit_whenParsed_thenItIsThatLong(String text, Duration duration) {
        assertThat(DurationText.parse(text)).contains(duration);
    }

    @ParameterizedTest
    @ValueSource(strings = {"5", "s", "-5s", "1.5s", "5S", "5 seconds", "PT5S", "5s5s", "9999999999h", "", "٥s"})
    void givenAnotherForm_whenParsed_thenItIsNone(String text) {
        assertThat(DurationText.parse(text)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"0s", "1500ms", "60s", "61s", "2m", "90m", "24h", "720h"})
    void givenADuration_whenFormatted_thenItIsAsAPersonWouldWriteIt(String text) {
        assertThat(DurationText.format(DurationText.parse(text).orElseThrow())).isEqualTo(text);
    }
}

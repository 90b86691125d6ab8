package io.guestchat.contract;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LoneSurrogatesTest {

    @ParameterizedTest(name = "{index}")
    @ValueSource(strings = {"", "hello", "\uD83D\uDE00", "a\uD83D\uDE00b", "\uFFFD", "\uE000"})
    void givenWholeCharacters_whenAsked_thenThereAreNoneAndTheTextIsTheSame(String text) {
        assertThat(LoneSurrogates.areIn(text)).isFalse();
        assertThat(LoneSurrogates.replacedIn(text)).isSameAs(text);
    }

    @ParameterizedTest(name = "{index}")
    @CsvSource({"\uD83D, \uFFFD", "\uDE00, \uFFFD", "a\uD83D, a\uFFFD", "\uDE00b, \uFFFDb", "\uDE00\uD83D, \uFFFD\uFFFD",
            "\uD83D\uD83D\uDE00, \uFFFD\uD83D\uDE00", "\uD83D\uDE00\uDE00c, \uD83D\uDE00\uFFFDc"})
    void givenHalves_whenReplaced_thenTheyAloneAre(String text, String whole) {
        assertThat(LoneSurrogates.areIn(text)).isTrue();
        assertThat(LoneSurrogates.replacedIn(text)).isEqualTo(whole);
    }

    @Test
    void givenACodePoint_whenAsked_thenItIsOneWithinTheirRangeAlone() {
        assertThat(LoneSurrogates.isOne(0xD7FF)).isFalse();
        assertThat(LoneSurrogates.isOne(0xD800)).isTrue();
        assertThat(LoneSurrogates.isOne(0xDFFF)).isTrue();
        assertThat(LoneSurrogates.isOne(0xE000)).isFalse();
    }
}

package io.guestchat.security;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SoughtTest {

    private final Sought sought = new Sought().add("secret", "pa ss/wörd+1");

    @ParameterizedTest
    @ValueSource(strings = {"x=pa ss/wörd+1,", "PA SS/WÖRD+1", "a=pa+ss%2Fw%C3%B6rd%2B1", "pa%20ss%2fw%c3%b6rd%2b1",
        "{\"a\":\"pa ss\\/w\\u00f6rd+1\"}"})
    void givenAValueInAnotherForm_whenSought_thenItIsFound(String text) {
        assertThat(sought.in(text)).isNotEmpty();
    }

    /** With ' for a quote and ~ for a backslash. Values in JAAS are escaped as in JSON. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "in a log in JSON      | pa ß/~'w~~d",
        "with slashes escaped  | pa ß~/~'w~~d",
        "in ASCII              | pa ~u00DF/~'w~~d",
        "a JAAS in a JSON      | pa ß/~~~'w~~~~d",
        "in a path             | pa%20%C3%9F/%22w%5cd"})
    void givenAValueWithQuotesAndBackslashes_whenSoughtWhereTheyAreEscaped_thenItIsFound(String where, String text) {
        assertThat(new Sought().add("secret", "pa ß/\"w\\d").in("x=" + text.replace('\'', '"').replace('~', '\\') + ","))
                .as(where).isNotEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a", "ab", "abc", "client:"})
    void givenAValueInBase64BehindAnything_whenSought_thenItIsFound(String before) {
        String packed = Base64.getEncoder().encodeToString((before + "pa ss/wörd+1:more").getBytes(StandardCharsets.UTF_8));

        assertThat(sought.in("Basic " + packed)).isNotEmpty();
    }

    @Test
    void givenOtherTexts_whenSought_thenNothingIsFound() {
        assertThat(sought.in("password, pass/word, cGFzcw==")).isEmpty();
    }
}

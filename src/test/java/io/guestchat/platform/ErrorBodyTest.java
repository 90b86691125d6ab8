package io.guestchat.platform;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ErrorBodyTest {

    @Test
    void givenMessageAndCode_whenTold_thenBothAndNothingElse() {
        assertThat(ErrorBody.tell("{\"message\":\"No such queue\",\"code\":\"bad.request\",\"details\":[\"x\"]}", null))
                .isEqualTo("No such queue (bad.request)");
        assertThat(ErrorBody.tell("{\"error\":\"invalid_client\",\"error_description\":\"Unknown client\"}", null))
                .isEqualTo("Unknown client (invalid_client)");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "<html>Bad Gateway</html>", "[1]", "{\"message\":{\"a\":1}}", "null", "{\"message\":\"cut o"})
    void givenNothingOfUse_whenTold_thenNothing(String body) {
        assertThat(ErrorBody.tell(body, null)).isEmpty();
    }

    @Test
    void givenAMessageThatRepeatsOurRequest_whenTold_thenNoValueOfItIsLeft() {
        String request = "{\"displayName\":\"Ann Lee\",\"email\":\"ann.lee@example.com\",\"metadata\":{\"order\":\"778812\"}}";

        assertThat(ErrorBody.tell("{\"message\":\"ANN LEE <ann.lee@example.com> has no order 778812, try b@c.d\"}", request))
                .doesNotContainIgnoringCase("ann").doesNotContain("example.com").doesNotContain("778812").doesNotContain("@")
                .contains("has no order");
    }

    @Test
    void givenControlCharactersAndLength_whenTold_thenCleanAndShort() {
        String told = ErrorBody.tell("{\"message\":\"a\\u0000\\n\\u001b[31mb\\u202ec " + "😀".repeat(5000) + "\"}", null);

        assertThat(told).startsWith("a [31mb c ").hasSizeLessThan(620);
        assertThat(told.codePointCount(0, told.length())).isEqualTo(301);
    }
}

package io.guestchat.platform;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ErrorBodyTest {

    @Test
    void givenMessageAndCode_whenTold_thenBothAndNothingElse() {
        assertThat(ErrorBody.tell("{\"message\":\"No such queue\",\"code\":\"bad.request\",\"details\":[\"x\"]}", null, null))
                .isEqualTo("No such queue (bad.request)");
    }

    @Test
    void givenAnErrorOfTheTokenEndpoint_whenTold_thenOnlyACodeThatIsKnown() {
        assertThat(ErrorBody.tokenError("{\"error\":\"invalid_client\",\"error_description\":\"no client with secret hush\"}"))
                .isEqualTo("invalid_client");
        assertThat(ErrorBody.tokenError("{\"error\":\"hush\",\"message\":\"hush\",\"code\":\"hush\"}")).isEmpty();
        assertThat(ErrorBody.tokenError("hush")).isEmpty();
    }

    @Test
    void givenAMessageThatRepeatsOurCredentials_whenTold_thenNoneIsLeft() {
        AccessToken token = new AccessToken("t-0815", Duration.ofHours(1), null);
        String other = "b".repeat(20) + "%2F" + "c".repeat(20);

        assertThat(ErrorBody.tell("{\"message\":\"no rights for T-0815, sent as Authorization: bearer former1, Basic Y2xpZW50Omh1c2g=, "
                + other + "\",\"code\":\"t-0815\"}", null, token))
                .startsWith("no rights for …, sent as Authorization:")
                .doesNotContainIgnoringCase("t-0815").doesNotContain("former1", "Y2xpZW50", "bbb", "ccc");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "<html>Bad Gateway</html>", "[1]", "{\"message\":{\"a\":1}}", "null", "{\"message\":\"cut o"})
    void givenNothingOfUse_whenTold_thenNothing(String body) {
        assertThat(ErrorBody.tell(body, null, null)).isEmpty();
    }

    @Test
    void givenAMessageThatRepeatsOurRequest_whenTold_thenNoValueOfItIsLeft() {
        String request = "{\"displayName\":\"Ann Lee\",\"email\":\"ann.lee@example.com\",\"metadata\":{\"order\":\"778812\"}}";

        assertThat(ErrorBody.tell("{\"message\":\"ANN LEE <ann.lee@example.com> has no order 778812, try b@c.d\"}", request, null))
                .doesNotContainIgnoringCase("ann").doesNotContain("example.com").doesNotContain("778812").doesNotContain("@")
                .contains("has no order");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Ann  Lee", "Ann\\u00a0Lee", "Ann\\n Lee", "Ann\\u0000Lee", "ANN\\u200bLEE"})
    void givenAMessageThatRepeatsAValueWithOtherBlanks_whenTold_thenItIsNotLeft(String repeated) {
        assertThat(ErrorBody.tell("{\"message\":\"No " + repeated + " here\"}", "{\"displayName\":\"Ann Lee\"}", null))
                .isEqualTo("No … here");
    }

    @Test
    void givenAMessageThatIsOurRequest_whenTold_thenNoHalfOfAValueIsLeft() {
        String request = "{\"displayName\":\"Ann Lee c-1\",\"email\":\"ann@example.com\"}";

        assertThat(ErrorBody.tell("{\"message\":\"no: " + request.replace("\"", "\\\"") + "\"}", request, null))
                .doesNotContain("Ann").startsWith("no: ");
    }

    @Test
    void givenControlCharactersAndLength_whenTold_thenCleanAndShort() {
        String told = ErrorBody.tell("{\"message\":\"a\\u0000\\n\\u001b[31mb\\u202ec " + "😀".repeat(5000) + "\"}", null, null);

        assertThat(told).startsWith("a [31mb c ").hasSizeLessThan(620);
        assertThat(told.codePointCount(0, told.length())).isEqualTo(301);
    }
}

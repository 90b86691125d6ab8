package io.guestchat.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.guestchat.contract.RequestFailedException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TokenAnswerTest {

    private static AccessToken read(String json) throws RequestFailedException {
        return TokenAnswer.read(json.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void givenAWholeAnswer_whenRead_thenEveryPartIsThere() throws Exception {
        AccessToken token = read("""
                {"access_token":"abc.def","token_type":"Bearer","expires_in":86399,"scope":"a  b a","new":1}""");

        assertThat(token.bearer()).isEqualTo("Bearer abc.def");
        assertThat(token.lifetime()).isEqualTo(Duration.ofSeconds(86399));
        assertThat(token.scopes()).contains(Set.of("a", "b"));
    }

    @Test
    void givenOnlyAToken_whenRead_thenTheRestIsAssumedWithCare() throws Exception {
        AccessToken token = read("{\"access_token\":\"abc\"}");

        assertThat(token.lifetime()).isEqualTo(Duration.ofMinutes(10));
        assertThat(token.scopes()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "", "<html>", "[]", "{}", "{\"access_token\":7}", "{\"access_token\":\"\"}",
        "{\"access_token\":\"SECRET\\r\\nX-Evil: 1\"}", "{\"access_token\":\"SECRET\",\"expires_in\":0}",
        "{\"access_token\":\"SECRET\",\"expires_in\":\"soon\"}", "{\"access_token\":\"SECRET\",\"token_type\":\"mac\"}",
        "{\"access_token\":\"SECRET\"",
    })
    void givenAnUnusableAnswer_whenRead_thenPlatformErrorThatSaysNothingOfIt(String json) {
        assertThatThrownBy(() -> read(json)).isInstanceOfSatisfying(RequestFailedException.class, failed -> {
            assertThat(failed.failure().code()).isEqualTo("platform-error");
            assertThat(failed.toString()).doesNotContain("SECRET");
        });
    }
}

package io.guestchat.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class FailureTest {

    @Test
    void givenALongMessage_whenMade_thenItIsCutToFiveHundredCharacters() {
        assertThat(Failure.of(ErrorCode.PLATFORM_ERROR, "x".repeat(501)).message()).isEqualTo("x".repeat(500));
        assertThat(Failure.of(ErrorCode.PLATFORM_ERROR, "x".repeat(500)).message()).hasSize(500);
        assertThat(Failure.of(ErrorCode.PLATFORM_ERROR, null).message()).isNull();
    }

    @Test
    void givenAPairAtTheCut_whenMade_thenNoHalfOfItIsLeft() {
        assertThat(Failure.of(ErrorCode.PLATFORM_ERROR, "x".repeat(499) + "\ud83d\ude00").message()).isEqualTo("x".repeat(499));
        assertThat(Failure.of(ErrorCode.PLATFORM_ERROR, "x".repeat(498) + "\ud83d\ude00y").message())
                .isEqualTo("x".repeat(498) + "\ud83d\ude00");
    }

    @Test
    void givenAFailure_whenItBecomesAnException_thenItCarriesNoStackTrace() {
        RequestFailedException failed = new RequestFailedException(Failure.of(ErrorCode.NOT_FOUND, "no such session", 404));

        assertThat(failed).hasMessage("not-found: no such session");
        assertThat(failed.getStackTrace()).isEmpty();
        assertThat(failed.failure().status()).isEqualTo(404);
    }

    @Test
    void givenTheCodesOfTheContract_whenListed_thenNoneIsMissingAndNoneIsMore() {
        assertThat(Arrays.stream(ErrorCode.values()).map(ErrorCode::code)).containsExactlyInAnyOrder("invalid-request",
                "message-too-long", "request-too-old", "unknown-chat", "chat-ended", "not-assigned", "backlog-full", "unauthorized",
                "forbidden", "session-refused", "not-found", "rate-limited", "platform-unavailable", "platform-error", "delivery-unknown");
    }
}

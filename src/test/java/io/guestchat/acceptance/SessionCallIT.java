package io.guestchat.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import io.guestchat.harness.BridgeRig;
import io.guestchat.harness.Received;
import io.guestchat.simulator.CallKind;
import io.guestchat.simulator.Fault;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A session call that the platform does not answer well. */
class SessionCallIT {

    private static BridgeRig rig;

    @BeforeAll
    static void startRig() {
        rig = BridgeRig.start(platform -> platform, Map.of("genesys.retry.max-elapsed", "5s"));
    }

    @AfterAll
    static void stopRig() {
        rig.close();
    }

    @AfterEach
    void platformIsWellAgain() {
        rig.platform().clearFaults();
    }

    @Test
    void givenPassingErrors_whenAChatStarts_thenTheSessionCallIsTriedAgain() {
        // given
        rig.platform().refuse(CallKind.SESSION, 1, Fault.refuse(429).header("Retry-After", "1"));
        rig.platform().refuse(CallKind.SESSION, 1, Fault.refuse(503));
        rig.platform().refuse(CallKind.SESSION, 1, Fault.refuse(408));
        rig.platform().refuse(CallKind.SESSION, 1, Fault.cut());

        // when
        TestChat chat = TestChat.requested(rig, "retried");

        // then
        chat.awaitEvent("conversation-assigned");
        assertThat(chat.events("session-created")).hasSize(1);
        assertThat(chat.events("request-failed")).isEmpty();
        assertThat(rig.platform().faultsLeft(CallKind.SESSION)).isZero();
    }

    @ParameterizedTest
    @CsvSource({"500, platform-unavailable", "408, platform-unavailable"})
    void givenErrorsThatDoNotPass_whenTheTimeIsUp_thenTheStartFailsAndLeavesNoChat(int status, String code) {
        // given
        rig.platform().refuse(CallKind.SESSION, 1_000, Fault.refuse(status));
        long began = System.nanoTime();

        // when
        TestChat chat = TestChat.requested(rig, "failed");
        Received failed = chat.awaitAnswer("request-failed", "start");

        // then
        assertThat(Duration.ofNanos(System.nanoTime() - began)).isGreaterThan(Duration.ofMillis(4_900));
        assertThat(failed.text("error.code")).isEqualTo(code);
        assertThat(failed.json().path("error").path("status").asInt()).isEqualTo(status);
        assertThat(chat.outside().awaitDeadLetter(letter -> chat.chatId().equals(letter.key())).header("guestchat.error.code"))
                .isEqualTo(code);
        chat.awaitAnswer("request-failed", chat.guestWrites("anybody?"));
        assertThat(chat.events("request-failed").get(1).text("error.code")).isEqualTo("unknown-chat");
        assertThat(chat.events("chat-ended")).isEmpty();
        assertStartsAnew(chat);
    }

    @Test
    void givenARetryAfterBeyondTheTime_whenAChatStarts_thenItFailsAtOnceAndSaysWhen() {
        // given
        rig.platform().refuse(CallKind.SESSION, 1, Fault.refuse(429).header("Retry-After", "120"));

        // when
        TestChat chat = TestChat.requested(rig, "later");
        Received failed = chat.awaitAnswer("request-failed", "start");

        // then
        assertThat(failed.text("error.code")).isEqualTo("rate-limited");
        assertThat(failed.json().path("error").path("retryAfterSeconds").asInt()).isEqualTo(120);
        assertStartsAnew(chat);
    }

    /** The same chat id, once the platform is well again. */
    private static void assertStartsAnew(TestChat chat) {
        rig.platform().clearFaults();
        chat.outside().start(chat.chatId(), "again");
        chat.awaitAnswer("session-created", "again");
        chat.awaitEvent("conversation-assigned");
    }
}

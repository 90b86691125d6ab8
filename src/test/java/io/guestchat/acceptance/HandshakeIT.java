package io.guestchat.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.guestchat.harness.BridgeRig;
import io.guestchat.harness.Received;
import io.guestchat.simulator.CallKind;
import io.guestchat.simulator.Fault;
import io.guestchat.simulator.SimulatorOptions.Answering;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tokens that expire and handshakes that are refused. */
class HandshakeIT {

    private static BridgeRig rig;

    @BeforeAll
    static void startRig() {
        rig = BridgeRig.start(platform -> platform.answering(Answering.OFF), Map.of());
    }

    @AfterAll
    static void stopRig() {
        rig.close();
    }

    @AfterEach
    void platformIsWellAgain() {
        rig.platform().clearFaults();
        rig.platform().unsilence();
    }

    @Test
    void givenExpiredTokens_whenManySocketsAreLost_thenOneFreshTokenBringsAllBack() {
        // given
        TestChat[] chats = new TestChat[10];
        for (int index = 0; index < chats.length; index++) {
            chats[index] = TestChat.flowing(rig, "token");
        }
        long tokens = rig.platform().counts().of(CallKind.TOKEN);

        // when
        rig.platform().expireTokens();
        for (TestChat chat : chats) {
            chat.drop(1012);
            chat.agentSays("in the gap");
        }

        // then
        for (TestChat chat : chats) {
            chat.assertLossesTold(1);
            chat.assertNothingLostDoubledOrShuffled();
        }
        assertThat(rig.platform().counts().of(CallKind.TOKEN) - tokens).isEqualTo(1);
    }

    @Test
    void givenAnExpiredToken_whenACallIsMade_thenOneFreshTokenIsFetched() {
        // given
        TestChat chat = TestChat.flowing(rig, "call");
        long tokens = rig.platform().counts().of(CallKind.TOKEN);

        // when
        rig.platform().expireTokens();
        chat.request("s", "status");

        // then
        assertThat(chat.awaitAnswer("session-status", "s").json().path("connected").asBoolean()).isTrue();
        assertThat(rig.platform().counts().of(CallKind.TOKEN) - tokens).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource({"401, unauthorized, 2", "403, forbidden, 1"})
    void givenAFirstHandshakeThatIsRefused_whenAFreshTokenDoesNotHelp_thenTheChatEnds(int status, String code, int attempts) {
        // given
        rig.platform().refuse(CallKind.HANDSHAKE, 50, Fault.refuse(status));

        // when
        TestChat chat = TestChat.requested(rig, "refused");

        // then
        Received ended = chat.awaitEvent("chat-ended");
        assertThat(ended.text("reason")).isEqualTo("failed");
        assertThat(ended.text("error.code")).isEqualTo(code);
        assertThat(ended.json().path("error").path("status").asInt()).isEqualTo(status);
        assertThat(rig.platform().faultsLeft(CallKind.HANDSHAKE)).isEqualTo(50 - attempts);
        assertThat(chat.count("session-connected")).isZero();
    }

    @ParameterizedTest
    @ValueSource(ints = {401, 403})
    void givenAChatThatWasConnected_whenItsHandshakesAreRefused_thenItKeepsTrying(int status) {
        // given
        TestChat chat = TestChat.flowing(rig, "keeps");
        rig.platform().refuse(CallKind.HANDSHAKE, 4, Fault.refuse(status));

        // when
        chat.drop(1011);
        chat.agentSays("in the gap");

        // then
        chat.assertLossesTold(1);
        chat.assertNothingLostDoubledOrShuffled();
        assertThat(rig.platform().faultsLeft(CallKind.HANDSHAKE)).isZero();
    }

    @ParameterizedTest
    @ValueSource(ints = {404, 410, 400})
    void givenASessionThatIsGone_whenItsHandshakeIsRefused_thenTheChatHasExpired(int status) {
        // given
        TestChat chat = TestChat.flowing(rig, "gone");
        rig.platform().refuse(CallKind.HANDSHAKE, 1, Fault.refuse(status));

        // when
        chat.drop(1011);

        // then
        assertThat(chat.awaitEvent("chat-ended").text("reason")).isEqualTo("expired");
    }

    @Test
    void givenRetryAfter_whenTheFirstHandshakeIsRefused_thenItIsObeyed() {
        // given
        rig.platform().refuse(CallKind.HANDSHAKE, 1, Fault.refuse(429).header("Retry-After", "3"));
        long began = System.nanoTime();

        // when
        TestChat chat = TestChat.requested(rig, "paced");
        chat.awaitEvent("conversation-assigned");

        // then
        assertThat(Duration.ofNanos(System.nanoTime() - began)).isGreaterThan(Duration.ofSeconds(3));
        assertStartedOnce(chat);
    }

    @Test
    void givenErrorsResetsAndSilence_whenAChatStarts_thenItConnectsAndItsEventsComeOnce() {
        // given
        rig.platform().refuse(CallKind.HANDSHAKE, 2, Fault.refuse(503));
        rig.platform().refuse(CallKind.HANDSHAKE, 1, Fault.cut());
        rig.platform().refuse(CallKind.HANDSHAKE, 1, Fault.slow(Duration.ofSeconds(25)));

        // when
        TestChat chat = TestChat.requested(rig, "silence");
        chat.guestWrites("held meanwhile");

        // then
        await().atMost(Duration.ofSeconds(90)).untilAsserted(() -> assertThat(chat.count("conversation-assigned")).isEqualTo(1));
        assertStartedOnce(chat);
        chat.assertNothingLostDoubledOrShuffled();
        chat.assertEachSentOnce();
    }

    private static void assertStartedOnce(TestChat chat) {
        assertThat(chat.events("session-created")).hasSize(1);
        assertThat(chat.events("session-connected")).hasSize(1);
        assertThat(chat.events("conversation-assigned")).hasSize(1);
        assertThat(chat.events("session-lost")).isEmpty();
        assertThat(rig.platform().sessions().stream().filter(s -> s.displayName().equals(chat.platformName()))).hasSize(1);
    }
}

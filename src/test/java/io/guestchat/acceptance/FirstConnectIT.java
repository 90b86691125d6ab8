package io.guestchat.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import io.guestchat.harness.Received;
import io.guestchat.simulator.CallKind;
import io.guestchat.simulator.Fault;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What a refusal of the session's first socket means to the chat. */
class FirstConnectIT {

    @RegisterExtension
    static final LiveBridge BRIDGE = LiveBridge.withDefaults();

    @AfterEach
    void noFaultsAreLeft() {
        BRIDGE.platform().clearFaults();
    }

    @Test
    void givenAHandshakeThatMeets404_whenItIsTheFirst_thenTheChatHasExpired() {
        // given
        BRIDGE.platform().refuse(CallKind.HANDSHAKE, 1, Fault.refuse(404));

        // when
        BRIDGE.create("gone");

        // then
        assertThat(BRIDGE.outside().awaitEvent("gone", "chat-ended").text("reason")).isEqualTo("expired");
    }

    @Test
    void givenAHandshakeThatMeets403_whenItIsTheFirst_thenTheChatHasFailed() {
        // given
        BRIDGE.platform().refuse(CallKind.HANDSHAKE, 1, Fault.refuse(403));

        // when
        BRIDGE.create("forbidden");

        // then
        Received ended = BRIDGE.outside().awaitEvent("forbidden", "chat-ended");
        assertThat(ended.text("reason")).isEqualTo("failed");
        assertThat(ended.text("error.code")).isEqualTo("forbidden");
        assertThat(ended.text("error.message")).isNotBlank();
        assertThat(ended.text("error.status")).isEqualTo("403");
    }

    @Test
    void givenHandshakesThatMeet401_whenAFreshTokenIsRefusedToo_thenTheChatHasFailed() {
        // given
        BRIDGE.converse("warm-up");
        long tokens = BRIDGE.platform().counts().of(CallKind.TOKEN);
        BRIDGE.platform().refuse(CallKind.HANDSHAKE, 2, Fault.refuse(401));

        // when
        BRIDGE.create("unauthorized");

        // then
        Received ended = BRIDGE.outside().awaitEvent("unauthorized", "chat-ended");
        assertThat(ended.text("reason")).isEqualTo("failed");
        assertThat(ended.text("error.code")).isEqualTo("unauthorized");
        assertThat(BRIDGE.platform().counts().of(CallKind.TOKEN)).isEqualTo(tokens + 1);
    }

    @Test
    void givenAHandshakeThatMeets503_whenItIsTheFirst_thenItIsTriedAgain() {
        // given
        BRIDGE.platform().refuse(CallKind.HANDSHAKE, 2, Fault.refuse(503));

        // when
        BRIDGE.create("patient");

        // then
        BRIDGE.outside().awaitEvent("patient", "session-connected");
    }
}

package io.guestchat.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.guestchat.harness.OutsideSystem;
import io.guestchat.harness.Received;
import io.guestchat.simulator.CallKind;
import io.guestchat.simulator.Fault;
import io.guestchat.simulator.SimulatorOptions.Answering;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** {@code guestchat.sessions}: what outlives the process, and what does not. */
class SessionsTopicIT {

    private static final String SECRET = "a-client-secret-to-look-for";

    @RegisterExtension
    static final LiveBridge BRIDGE = LiveBridge.with(
            platform -> platform.answering(Answering.OFF).clientSecret(SECRET), Map.of());

    @Test
    void givenALiveChat_whenItsStateIsRead_thenItKnowsItsSessionAndNoSecret() {
        // given
        String session = BRIDGE.converse("state");

        // when
        List<Received> states = BRIDGE.states("state");

        // then
        Received last = states.get(states.size() - 1);
        assertThat(last.text("webchatSessionId")).isEqualTo(session);
        assertThat(last.text("conversationId")).isEqualTo(BRIDGE.platform().session(session).conversationId());
        assertThat(states).allSatisfy(state -> assertThat(new String(state.raw().value(), StandardCharsets.UTF_8))
                .doesNotContain(SECRET).doesNotContainIgnoringCase("bearer").doesNotContainIgnoringCase("token"));
    }

    @Test
    void givenAChatThatHasEnded_whenItsRequestsAreCommitted_thenItsStateIsEndedAndThenGone() {
        // given
        BRIDGE.converse("gone");

        // when
        BRIDGE.end("gone");

        // then
        await().atMost(OutsideSystem.PATIENCE).untilAsserted(() -> {
            List<Received> states = BRIDGE.states("gone");
            assertThat(states.get(states.size() - 1).raw().value()).isNull();
            assertThat(states.get(states.size() - 2).text("state")).isEqualTo("ended");
        });
    }

    @Test
    void givenAChatThatThePlatformEnded_whenNoRequestComesAnyMore_thenItsStateGoesToo() {
        // given
        String session = BRIDGE.converse("closed");
        BRIDGE.awaitAllCommitted();

        // when
        BRIDGE.platform().end(session);

        // then
        BRIDGE.outside().awaitEvent("closed", "chat-ended");
        await().atMost(OutsideSystem.PATIENCE).untilAsserted(
                () -> assertThat(BRIDGE.states("closed")).last().satisfies(state -> assertThat(state.raw().value()).isNull()));
    }

    @Test
    void givenARefusedStart_whenItIsOver_thenItsStateGoesToo() {
        // given
        BRIDGE.platform().refuse(CallKind.SESSION, 1, Fault.refuse(400));

        // when
        BRIDGE.outside().start("refused", "r-1");

        // then
        BRIDGE.outside().awaitAnswer("refused", "request-failed", "r-1");
        await().atMost(OutsideSystem.PATIENCE).untilAsserted(
                () -> assertThat(BRIDGE.states("refused")).last().satisfies(state -> assertThat(state.raw().value()).isNull()));
    }

    @Test
    void givenRequestsThatAreRefused_whenThereIsNoChat_thenThereIsNoState() {
        // when
        BRIDGE.outside().message("nobody", "r-1", "Hello?");

        // then
        BRIDGE.outside().awaitAnswer("nobody", "request-failed", "r-1");
        BRIDGE.awaitAllCommitted();
        assertThat(BRIDGE.states("nobody")).isEmpty();
    }
}

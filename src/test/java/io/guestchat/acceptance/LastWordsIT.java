package io.guestchat.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.guestchat.harness.BridgeRig;
import io.guestchat.harness.Received;
import io.guestchat.harness.Tally;
import io.guestchat.simulator.CallKind;
import io.guestchat.simulator.Fault;
import io.guestchat.simulator.Silence;
import io.guestchat.simulator.SimulatorOptions.Answering;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A chat ends while its socket is lost: what the platform's history has is told before the end is. */
class LastWordsIT {

    private static BridgeRig rig;

    @BeforeAll
    static void startRig() {
        rig = BridgeRig.start(platform -> platform.answering(Answering.OFF),
                Map.of("chat.messages-per-second", "50", "genesys.retry.max-elapsed", "2s"));
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
    void givenALostSocket_whenTheAgentSpeaksAndEndsTheChat_thenTheTextsAreToldBeforeTheEnd() {
        // given
        TestChat chat = TestChat.flowing(rig, "gone");
        chat.agentSays("before");
        chat.outside().awaitMessages(chat.chatId(), 1);
        rig.platform().refuse(CallKind.HANDSHAKE, 1_000, Fault.refuse(503));
        chat.drop(1012);
        chat.awaitEvent("session-lost");

        // when
        List.of("goodbye", "goodbye", "and thank you").forEach(chat::agentSays);
        rig.platform().end(chat.platformName());
        rig.platform().clearFaults();

        // then
        assertThat(chat.awaitEvent("chat-ended").text("reason")).isEqualTo("expired");
        chat.outside().awaitMessages(chat.chatId(), 4);
        assertThat(chat.agentTally()).isEqualTo(Tally.CLEAN);
        assertThat(chat.viaHistory()).isEqualTo(3);
    }

    @Test
    void givenAHistoryThatIsBeingRead_whenThePlatformEndsTheChat_thenTheTextsAreToldBeforeTheEnd() {
        // given
        TestChat chat = TestChat.flowing(rig, "reading");
        rig.platform().refuse(CallKind.HISTORY, 1, Fault.slow(Duration.ofSeconds(3)));
        chat.drop(1012);
        await().atMost(TestChat.PATIENCE).until(() -> rig.platform().faultsLeft(CallKind.HISTORY) == 0);

        // when
        chat.agentSays("goodbye");
        rig.platform().end(chat.platformName());

        // then
        assertThat(chat.awaitEvent("chat-ended").text("reason")).isEqualTo("closed-by-platform");
        chat.outside().awaitMessages(chat.chatId(), 1);
        assertThat(chat.agentTally()).isEqualTo(Tally.CLEAN);
    }

    @Test
    void givenAnUnsettledText_whenThePlatformEndsTheChat_thenTheHistoryTellsThatItHasArrived() {
        // given
        TestChat chat = TestChat.flowing(rig, "unsettled");
        rig.platform().silence(Silence.PUSHES, Silence.PINGS);
        String arrived = chat.guestWrites("arrived");
        chat.awaitArrived(1);
        rig.platform().silence(Silence.FRAMES);
        String swallowed = chat.guestWrites("swallowed");
        chat.awaitAnswer("message-sent", swallowed);

        // when
        rig.platform().end(chat.platformName());
        chat.awaitEvent("chat-ended");

        // then
        chat.awaitAnswer("message-acknowledged", arrived);
        assertThat(chat.events("request-failed")).singleElement().satisfies(failed -> {
            assertThat(failed.text("requestId")).isEqualTo(swallowed);
            assertThat(failed.text("error.code")).isEqualTo("delivery-unknown");
        });
    }

    @Test
    void givenAHistoryThatCannotBeRead_whenThePlatformEndsTheChat_thenWhatCameByFramesIsToldAndTheChatEnds() {
        // given
        TestChat chat = TestChat.flowing(rig, "unreadable");
        rig.platform().refuse(CallKind.HISTORY, 1_000, Fault.refuse(500));
        chat.drop(1012);
        await().atMost(TestChat.PATIENCE).until(() -> chat.report().handshakes() == 2);
        chat.agentSays("goodbye");

        // when
        rig.platform().end(chat.platformName());
        chat.awaitEvent("chat-ended");

        // then
        Received told = chat.outside().awaitMessages(chat.chatId(), 1).get(0);
        assertThat(told.text("text")).isEqualTo("goodbye");
        assertThat(told.text("via")).isEqualTo("socket");
    }
}

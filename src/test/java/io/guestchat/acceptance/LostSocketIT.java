package io.guestchat.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.guestchat.harness.BridgeRig;
import io.guestchat.simulator.CallKind;
import io.guestchat.simulator.Fault;
import io.guestchat.simulator.Silence;
import io.guestchat.simulator.SimulatorOptions.Answering;
import io.guestchat.simulator.SimulatorOptions.HistoryOrder;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A chat's socket is lost: what was said, is being said and will be said comes once and in order. */
class LostSocketIT {

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
        rig.platform().reconfigure(options -> options.historyOrder(HistoryOrder.OLDEST_FIRST));
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(ints = {1012, 1011, 4001})
    void givenTextsBothWays_whenTheSocketIsLost_thenEachComesOnceAndInOrder(Integer code) {
        // given
        TestChat chat = TestChat.flowing(rig, "lost");

        // when
        for (int text = 1; text <= 30; text++) {
            chat.guestWrites(text % 3 == 0 ? "yes" : "guest " + text);
            chat.agentSays(text % 3 == 0 ? "one moment" : "agent " + text);
            if (text == 10) {
                chat.awaitArrived(1);
                chat.drop(code);
            }
        }

        // then
        chat.assertLossesTold(1);
        chat.assertNothingLostDoubledOrShuffled();
        chat.assertEachSentOnce();
        assertThat(chat.events("session-lost").get(0).text("closeCode")).isEqualTo(code == null ? null : code.toString());
        assertThat(chat.events("session-resumed").get(0).json().path("recovered").asLong()).isEqualTo(chat.viaHistory());
    }

    @Test
    void givenAPlatformThatRefusesHandshakes_whenTheAgentGoesOn_thenTheGapComesFromTheHistory() {
        // given
        TestChat chat = TestChat.flowing(rig, "gap");
        chat.agentSays("before");
        chat.outside().awaitMessages(chat.chatId(), 1);
        rig.platform().silence(Silence.HANDSHAKES);

        // when
        chat.drop(1012);
        chat.awaitEvent("session-lost");
        List.of("one moment", "one moment", "one moment", "here you are").forEach(chat::agentSays);
        rig.platform().unsilence(Silence.HANDSHAKES);
        rig.platform().refuse(CallKind.HANDSHAKE, 2, Fault.refuse(503));
        chat.awaitEvent("session-resumed");
        chat.agentSays("one moment");

        // then
        chat.assertNothingLostDoubledOrShuffled();
        chat.assertLossesTold(1);
        assertThat(chat.messages().stream().map(message -> message.text("via")).toList())
                .containsExactly("socket", "history", "history", "history", "history", "socket");
        assertThat(chat.events("session-resumed").get(0).json().path("recovered").asInt()).isEqualTo(4);
    }

    @Test
    void givenUnacknowledgedTextsThatArrived_whenTheSocketIsLost_thenTheHistorySettlesThem() {
        // given
        TestChat chat = TestChat.flowing(rig, "arrived");
        rig.platform().silence(Silence.PUSHES, Silence.PINGS);
        List.of("ok", "ok", "ok", "and").forEach(chat::guestWrites);
        chat.awaitArrived(4);
        chat.awaitEvents("message-sent", 4);

        // when
        chat.drop(null);
        rig.platform().unsilence();
        chat.awaitEvent("session-resumed");
        chat.guestWrites("ok");

        // then
        chat.awaitEvents("message-acknowledged", 5);
        chat.assertNothingLostDoubledOrShuffled();
        chat.assertEachSentOnce();
    }

    @Test
    void givenTextsThatWereSwallowed_whenTheSocketIsLost_thenOnlyThoseAreResent() {
        // given
        TestChat chat = TestChat.flowing(rig, "swallowed");
        chat.guestWrites("ok");
        chat.awaitEvents("message-acknowledged", 1);
        rig.platform().silence(Silence.PUSHES, Silence.PINGS);
        chat.guestWrites("ok");
        chat.guestWrites("ok");
        chat.awaitArrived(3);
        rig.platform().silence(Silence.FRAMES);
        chat.guestWrites("ok");
        chat.guestWrites("ok");
        chat.guestWrites("well");
        chat.awaitEvents("message-sent", 6);

        // when
        chat.drop(null);
        rig.platform().unsilence();

        // then
        chat.assertLossesTold(1);
        chat.awaitEvents("message-acknowledged", 6);
        chat.assertNothingLostDoubledOrShuffled();
        chat.assertEachSentOnce();
    }

    @Test
    void givenTheHistoryIsBeingRead_whenTheNewSocketIsLostToo_thenItIsOneLoss() {
        // given
        TestChat chat = TestChat.flowing(rig, "again");
        rig.platform().refuse(CallKind.HISTORY, 1, Fault.slow(Duration.ofSeconds(2)));
        chat.drop(1012);
        await().atMost(TestChat.PATIENCE).until(() -> rig.platform().faultsLeft(CallKind.HISTORY) == 0);
        chat.agentSays("while it is read");
        chat.guestWrites("meanwhile");

        // when
        chat.drop(null);
        chat.agentSays("after that");

        // then
        chat.assertLossesTold(1);
        chat.assertNothingLostDoubledOrShuffled();
        chat.assertEachSentOnce();
    }

    @Test
    void givenTheHistoryIsBeingRead_whenTheAgentSpeaksMeanwhile_thenEachTextComesOnce() {
        // given
        TestChat chat = TestChat.flowing(rig, "meanwhile");
        rig.platform().refuse(CallKind.HISTORY, 2, Fault.slow(Duration.ofSeconds(1)));

        // when
        chat.drop(1012);
        await().atMost(TestChat.PATIENCE).until(() -> chat.report().handshakes() == 2);
        for (int text = 0; text < 20; text++) {
            chat.agentSays("one moment");
        }
        chat.assertLossesTold(1);
        chat.agentSays("one moment");

        // then
        chat.assertNothingLostDoubledOrShuffled();
    }

    @Test
    void givenAHistoryOfSeveralPagesNewestFirst_whenTheSocketIsLost_thenTheGapIsPublishedOldestFirst() {
        // given
        rig.platform().reconfigure(options -> options.historyOrder(HistoryOrder.NEWEST_FIRST));
        TestChat chat = TestChat.flowing(rig, "newest");
        chat.agentSays("agent 0");
        chat.outside().awaitMessages(chat.chatId(), 1);
        rig.platform().silence(Silence.HANDSHAKES);
        chat.drop(1012);
        chat.awaitEvent("session-lost");

        // when
        for (int text = 1; text <= 230; text++) {
            chat.agentSays("agent " + text % 7);
        }
        rig.platform().unsilence();

        // then
        chat.assertLossesTold(1);
        chat.assertNothingLostDoubledOrShuffled();
        assertThat(chat.viaHistory()).isEqualTo(230);
    }

    @Test
    void givenAHistoryThatFailsForAWhile_whenTheSocketIsLost_thenTheChatWaitsAndThenFlows() {
        // given
        TestChat chat = TestChat.flowing(rig, "failing");
        rig.platform().refuse(CallKind.HISTORY, 4, Fault.refuse(500));

        // when
        chat.drop(1012);
        chat.agentSays("in the gap");
        chat.guestWrites("in the gap, too");

        // then
        chat.assertLossesTold(1);
        chat.assertNothingLostDoubledOrShuffled();
        chat.assertEachSentOnce();
    }

    @ParameterizedTest
    @ValueSource(ints = {404, 403})
    void givenAHistoryThatIsRefusedForGood_whenTheSocketIsLost_thenOnlyTextsInDoubtAreUnknown(int status) {
        // given
        TestChat chat = TestChat.flowing(rig, "refused");
        chat.guestWrites("settled");
        chat.awaitEvents("message-acknowledged", 1);
        rig.platform().silence(Silence.PUSHES, Silence.PINGS);
        String doubtful = chat.guestWrites("doubtful");
        chat.awaitAnswer("message-sent", doubtful);
        rig.platform().refuse(CallKind.HISTORY, 1_000, Fault.refuse(status));

        // when
        chat.drop(null);
        rig.platform().unsilence();
        await().atMost(TestChat.PATIENCE).until(() -> chat.report().handshakes() == 2);
        chat.agentSays("kept 1");
        chat.agentSays("kept 2");
        String waiting = chat.guestWrites("waiting");
        chat.awaitEvent("session-resumed");

        // then
        chat.awaitAnswer("message-acknowledged", waiting);
        chat.assertLossesTold(1);
        chat.assertNothingLostDoubledOrShuffled();
        assertThat(chat.events("request-failed")).singleElement().satisfies(failed -> {
            assertThat(failed.text("requestId")).isEqualTo(doubtful);
            assertThat(failed.text("error.code")).isEqualTo("delivery-unknown");
        });
        assertThat(chat.messages()).allSatisfy(message -> assertThat(message.text("via")).isEqualTo("socket"));
    }

    @Test
    void givenAHistoryThatCannotBeUsed_whenTheSocketIsLost_thenTheChatFlowsOnAllTheSame() {
        // given
        TestChat chat = TestChat.flowing(rig, "unusable");
        rig.platform().refuse(CallKind.HISTORY, 1_000, Fault.refuse(200).body("{\"entities\":\"none\"}"));

        // when
        chat.drop(1012);
        await().atMost(TestChat.PATIENCE).until(() -> chat.report().handshakes() == 2);
        chat.agentSays("kept");
        chat.guestWrites("waiting");

        // then
        chat.assertLossesTold(1);
        chat.assertNothingLostDoubledOrShuffled();
        chat.assertEachSentOnce();
    }

    @Test
    void givenAHistoryThatKeepsFailing_whenTheGuestEnds_thenTheChatEndsInBoundedTime() {
        // given
        TestChat chat = TestChat.flowing(rig, "ending");
        rig.platform().refuse(CallKind.HISTORY, 1_000, Fault.refuse(500));
        chat.drop(1012);
        await().atMost(TestChat.PATIENCE).until(() -> chat.report().handshakes() == 2);

        // when
        chat.request("e", "end");

        // then
        assertThat(chat.awaitAnswer("chat-ended", "e").text("reason")).isEqualTo("requested");
    }
}

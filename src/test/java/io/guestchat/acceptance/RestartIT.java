package io.guestchat.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.guestchat.harness.BridgeRig;
import io.guestchat.harness.Received;
import io.guestchat.harness.Tally;
import io.guestchat.simulator.SimulatorOptions.Answering;
import io.guestchat.simulator.SimulatorOptions.Assignment;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The bridge is stopped as an operator stops it, and started again, in the middle of chats. */
class RestartIT {

    private static final int CHATS = 20;

    private BridgeRig rig;

    @BeforeEach
    void startRig() {
        rig = BridgeRig.start(platform -> platform.answering(Answering.OFF),
                Map.of("chat.messages-per-second", "20", "genesys.assignment.poll-after", "500ms"));
    }

    @AfterEach
    void stopRig() {
        rig.close();
    }

    @Test
    void givenLoadBothWays_whenTheBridgeIsStoppedAndStarted_thenNothingIsLostDoubledOrShuffled() throws InterruptedException {
        // given
        List<TestChat> chats = new ArrayList<>();
        for (int index = 0; index < CHATS; index++) {
            chats.add(TestChat.requested(rig, "restart" + index));
        }
        chats.forEach(chat -> chat.awaitEvent("conversation-assigned"));
        AtomicBoolean stop = new AtomicBoolean();
        Thread load = new Thread(() -> load(chats, stop), "load");
        load.start();
        chats.forEach(chat -> chat.awaitArrived(3));

        // when
        rig.stopBridge();
        chats.forEach(chat -> chat.agentSays("nobody is there"));
        rig.startBridge();
        chats.forEach(chat -> chat.awaitEvents("session-resumed", 1));
        stop.set(true);
        load.join();

        // then
        Tally guests = Tally.CLEAN;
        Tally agents = Tally.CLEAN;
        for (TestChat chat : chats) {
            chat.awaitAllThrough();
            guests = guests.plus(chat.guestTally());
            agents = agents.plus(chat.agentTally());
            chat.assertLossesTold(1);
            chat.assertEachSentOnce();
            assertThat(chat.events("session-lost").get(0).text("reason")).isEqualTo("taken-over");
        }
        assertThat(guests).as("guest texts").isEqualTo(Tally.CLEAN);
        assertThat(agents).as("agent texts").isEqualTo(Tally.CLEAN);
        assertThat(chats).allSatisfy(chat -> assertThat(chat.report().status()).isEqualTo("active"));
    }

    /** One text each way and chat a round; equal ones among them. A round takes as long as the broker needs to take it. */
    private void load(List<TestChat> chats, AtomicBoolean stop) {
        for (int round = 1; round <= 200 && !stop.get(); round++) {
            for (TestChat chat : chats) {
                chat.guestWrites(round % 4 == 0 ? "yes" : "guest " + round);
                chat.agentSays(round % 4 == 0 ? "one moment" : "agent " + round);
            }
            rig.outside().flush();
        }
    }

    @Test
    void givenHeldTextsAndEndedChats_whenTheBridgeIsStoppedAndStarted_thenTheFormerGoAndTheLatterStayEnded() {
        // given
        TestChat ended = TestChat.flowing(rig, "ended");
        ended.request("e", "end");
        ended.awaitAnswer("chat-ended", "e");
        TestChat failed = TestChat.flowing(rig, "over");
        rig.platform().end(failed.platformName());
        failed.awaitEvent("chat-ended");
        rig.platform().reconfigure(options -> options.assignment(Assignment.MANUAL));
        TestChat held = TestChat.connected(rig, "held");
        List.of("held", "held", "and held").forEach(held::guestWrites);
        held.request("s1", "status");
        held.awaitAnswer("session-status", "s1");
        int sessions = rig.platform().sessions().size();

        // when
        rig.stopBridge();
        held.guestWrites("written while nobody is there");
        held.request("s2", "status");
        TestChat fresh = TestChat.requested(rig, "fresh");
        rig.platform().assign(held.platformName(), Assignment.BOTH);
        held.agentSays("nobody is there");
        String late = ended.guestWrites("too late");
        rig.startBridge();

        // then
        held.awaitEvent("conversation-assigned");
        held.awaitAnswer("session-status", "s2");
        held.assertLossesTold(1);
        held.assertNothingLostDoubledOrShuffled();
        held.assertEachSentOnce();
        fresh.awaitEvent("session-connected");
        ended.awaitAnswer("request-failed", late);
        assertThat(ended.count("chat-ended")).isEqualTo(1);
        assertThat(failed.count("chat-ended")).isEqualTo(1);
        assertThat(ended.report().handshakes()).isEqualTo(1);
        assertThat(failed.report().handshakes()).isEqualTo(1);
        assertThat(rig.platform().sessions()).hasSize(sessions + 1);
    }

    @Test
    void givenTextsBeforeAnyConversation_whenTheBridgeIsRestartedTwice_thenIdsGoOnWithoutAGap() {
        // given
        rig.platform().reconfigure(options -> options.assignment(Assignment.MANUAL));
        TestChat chat = TestChat.connected(rig, "twice");

        // when
        for (int restart = 1; restart <= 2; restart++) {
            chat.agentSays("system " + restart);
            chat.outside().awaitMessages(chat.chatId(), restart);
            rig.stopBridge();
            rig.startBridge();
            chat.awaitEvents("session-resumed", restart);
        }
        rig.platform().assign(chat.platformName(), Assignment.FRAME);
        chat.awaitEvent("conversation-assigned");
        chat.agentSays("hello");

        // then
        chat.assertLossesTold(2);
        chat.assertNothingLostDoubledOrShuffled();
    }

    /** Before the restart nothing is idle; after it, what was silent for four seconds. */
    @Test
    void givenSilentChats_whenTheBridgeIsStoppedAndStarted_thenTheirSilenceGoesOnUnlessSomethingWasSaidMeanwhile() {
        // given
        TestChat silent = TestChat.flowing(rig, "silent");
        TestChat spokenTo = TestChat.flowing(rig, "spoken-to");
        TestChat older = TestChat.flowing(rig, "older");
        String last = silent.guestWrites("the last word");
        Instant said = at(silent.awaitAnswer("message-sent", last));

        // when
        rig.stopBridge();
        spokenTo.agentSays("nobody is there");
        forgetLastActivity(older);
        rig.configure("chat.idle-timeout", "4s");
        await().atMost(TestChat.PATIENCE).until(() -> Instant.now().isAfter(said.plusSeconds(2)));
        rig.startBridge();

        // then
        Received silentEnd = silent.awaitEvent("chat-ended");
        Received spokenToEnd = spokenTo.awaitEvent("chat-ended");
        Received olderEnd = older.awaitEvent("chat-ended");
        assertThat(List.of(silentEnd, spokenToEnd, olderEnd)).extracting(end -> end.text("reason")).containsOnly("idle");
        Instant resumed = at(silent.awaitEvent("session-resumed"));
        assertThat(at(silentEnd)).as("not before its time, and its time does not begin anew")
                .isBetween(said.plusSeconds(4), resumed.plusSeconds(3));
        assertThat(spokenTo.viaHistory()).isEqualTo(1);
        assertThat(at(spokenToEnd)).as("what the agent has said counts")
                .isAfter(at(spokenTo.awaitEvent("session-lost")).plusSeconds(4));
        assertThat(at(olderEnd)).as("nobody knows when something was last said")
                .isAfter(at(older.awaitEvent("session-lost")).plusSeconds(3));
    }

    /** As an older bridge has left it. */
    private static void forgetLastActivity(TestChat chat) {
        Received last = last(chat.states());
        ObjectNode state = last.json().deepCopy();
        assertThat(state.remove("lastActivity").asLong()).isPositive();
        writeAgain(chat, last, state.toString().getBytes(StandardCharsets.UTF_8));
    }

    private static Instant at(Received event) {
        return Instant.parse(event.text("at"));
    }

    /** A crash between the state and the event that it implies. */
    @Test
    void givenAResumedSessionWhoseEventACrashMaySwallow_whenItIsTakenUp_thenItIsToldAgainAsTheSame() {
        // given
        TestChat chat = TestChat.flowing(rig, "swallowed");
        chat.drop(null);
        Received told = chat.awaitEvent("session-resumed");
        rig.stopBridge();
        Received before = chat.states().stream()
                .filter(state -> state.json().path("untold").toString().contains("session-resumed")).findFirst().orElseThrow();
        writeAgain(chat, before, before.raw().value());

        // when
        rig.startBridge();
        chat.awaitEvent("session-lost");
        await().atMost(TestChat.PATIENCE).until(() -> chat.count("session-resumed") == 2);

        // then
        assertThat(chat.outside().events(chat.chatId())).extracting(Received::type).containsSubsequence("session-lost", "session-resumed", "session-resumed",
                "session-lost", "session-resumed");
        assertThat(chat.events("session-resumed").get(1).text("id")).isEqualTo(told.text("id"));
        assertThat(chat.events("session-resumed").get(1).text("recovered")).isEqualTo(told.text("recovered"));
    }

    /** A crash between the event and the state: the state still says "connected", and the next owner tells of the same loss. */
    @Test
    void givenALossThatNoStateSays_whenTheChatIsTakenUp_thenItIsToldAgainAsTheSame() {
        // given
        TestChat chat = TestChat.flowing(rig, "unsaid");
        await().atMost(TestChat.PATIENCE).until(() -> "connected".equals(last(chat.states()).text("state")));
        Received before = last(chat.states());
        chat.drop(null);
        Received lost = chat.awaitEvent("session-lost");
        chat.awaitEvent("session-resumed");
        rig.stopBridge();
        writeAgain(chat, before, before.raw().value());

        // when
        rig.startBridge();
        await().atMost(TestChat.PATIENCE).until(() -> chat.events("session-resumed").size() == 2);

        // then
        chat.assertLossesTold(1);
        assertThat(chat.events("session-lost")).hasSize(2).allSatisfy(again ->
                assertThat(again.text("id")).isEqualTo(lost.text("id")));
        assertThat(chat.events("session-lost").get(1).text("reason")).isEqualTo("taken-over");
    }

    @Test
    void givenAFirstConnectionThatNoStateSays_whenTheChatIsTakenUp_thenItIsToldAgainAsTheSame() {
        // given
        rig.platform().reconfigure(options -> options.assignment(Assignment.MANUAL));
        TestChat chat = TestChat.connected(rig, "unsaid-too");
        await().atMost(TestChat.PATIENCE).until(() -> "connected".equals(last(chat.states()).text("state")));
        Received before = chat.states().stream().filter(state -> "connecting".equals(state.text("state"))).findFirst().orElseThrow();
        rig.stopBridge();
        writeAgain(chat, before, before.raw().value());

        // when
        rig.startBridge();
        await().atMost(TestChat.PATIENCE).until(() -> chat.events("session-connected").size() == 2);

        // then
        assertThat(chat.events("session-connected").stream().map(event -> event.text("id")).distinct()).hasSize(1);
        assertThat(chat.events("session-lost")).as("of a connection that is news").isEmpty();
    }

    private static Received last(List<Received> states) {
        return states.get(states.size() - 1);
    }

    /** What is on the topic is the state of that moment. */
    private static void writeAgain(TestChat chat, Received state, byte[] value) {
        chat.outside().send(new ProducerRecord<>(state.raw().topic(), state.raw().partition(), state.raw().key(), value));
        chat.outside().flush();
    }
}

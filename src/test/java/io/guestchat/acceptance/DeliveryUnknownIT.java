package io.guestchat.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.guestchat.harness.BridgeRig;
import io.guestchat.harness.Received;
import io.guestchat.simulator.CallKind;
import io.guestchat.simulator.Fault;
import io.guestchat.simulator.Silence;
import io.guestchat.simulator.SimulatorOptions.Answering;
import io.guestchat.simulator.SimulatorOptions.Assignment;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What may have arrived is not sent again where nothing can tell; what cannot have arrived is. */
class DeliveryUnknownIT {

    private BridgeRig rig;

    @BeforeEach
    void startRig() {
        rig = BridgeRig.start(platform -> platform.answering(Answering.OFF),
                Map.of("chat.messages-per-second", "50", "genesys.assignment.poll-after", "300ms"));
    }

    @AfterEach
    void stopRig() {
        rig.close();
    }

    @Test
    void givenATextOfAFormerOwner_whenTheHistoryIsRefusedForGood_thenItIsUnknownAndNotSentAgain() {
        // given
        TestChat chat = TestChat.flowing(rig, "refused");
        String settled = chat.guestWrites("settled");
        chat.awaitAnswer("message-acknowledged", settled);
        rig.platform().silence(Silence.PUSHES, Silence.PINGS);
        String doubtful = chat.guestWrites("doubtful");
        chat.awaitAnswer("message-sent", doubtful);
        rig.platform().refuse(CallKind.HISTORY, 1_000, Fault.refuse(403));

        // when
        rig.stopBridge();
        rig.platform().unsilence();
        rig.startBridge();
        chat.awaitEvent("session-resumed");
        chat.awaitAnswer("request-failed", doubtful);
        String after = chat.guestWrites("after");
        chat.awaitAnswer("message-acknowledged", after);

        // then
        assertThat(chat.report().texts()).containsExactly("settled", "doubtful", "after");
        assertOnlyUnknown(chat, List.of(doubtful));
    }

    @Test
    void givenTextsHeldBeforeAConversation_whenItsHistoryIsRefusedAtTheNextOwner_thenTheyAreSentAsNobodyCanHave() {
        // given
        rig.platform().reconfigure(options -> options.assignment(Assignment.MANUAL));
        TestChat chat = TestChat.connected(rig, "held");
        List.of("one", "one", "two").forEach(chat::guestWrites);
        chat.request("s", "status");
        chat.awaitAnswer("session-status", "s");
        rig.platform().refuse(CallKind.HISTORY, 1_000, Fault.refuse(404));

        // when
        rig.stopBridge();
        rig.platform().assign(chat.platformName(), Assignment.DETAILS);
        rig.startBridge();
        chat.awaitEvent("session-resumed");

        // then
        chat.assertNothingLostDoubledOrShuffled();
        chat.assertEachSentOnce();
    }

    @Test
    void givenAHistoryThatIsCutOff_whenTheSocketIsLost_thenWhatItMayHaveShownIsUnknownAndNoAgentTextComesTwice() {
        // given
        TestChat chat = TestChat.flowing(rig, "cut");
        chat.agentSays("published");
        chat.outside().awaitMessages(chat.chatId(), 1);
        String settled = chat.guestWrites("settled");
        chat.awaitAnswer("message-acknowledged", settled);
        rig.platform().silence(Silence.PUSHES, Silence.PINGS);
        String doubtful = chat.guestWrites("doubtful");
        chat.awaitAnswer("message-sent", doubtful);
        chat.awaitArrived(2);

        // when
        rig.platform().silence(Silence.HANDSHAKES);
        rig.platform().reconfigure(options -> options.historyDepth(3));
        chat.drop(null);
        chat.awaitEvent("session-lost");
        for (int text = 1; text <= 5; text++) {
            chat.agentSays("gap " + text);
        }
        rig.platform().unsilence();
        chat.awaitEvent("session-resumed");

        // then
        chat.awaitAnswer("request-failed", doubtful);
        String after = chat.guestWrites("after");
        chat.awaitAnswer("message-acknowledged", after);
        assertThat(chat.report().texts()).containsExactly("settled", "doubtful", "after");
        assertOnlyUnknown(chat, List.of(doubtful));
        assertThat(chat.agentTexts().values()).containsExactly("published", "gap 3", "gap 4", "gap 5");
        assertThat(rig.get("/observe/metrics").body()).contains("guestchat_gaps_cut_off_total 1.0");
    }

    @Test
    void givenAHistoryThatIsCutOffWithinWhatIsKnown_whenTheSocketIsLost_thenItTellsAllTheSame() {
        // given
        TestChat chat = TestChat.flowing(rig, "known");
        for (int text = 1; text <= 3; text++) {
            chat.agentSays("one moment");
            chat.agentSays("agent " + text);
            String written = chat.guestWrites("guest " + text);
            chat.awaitAnswer("message-acknowledged", written);
        }
        chat.outside().awaitMessages(chat.chatId(), 6);
        rig.platform().silence(Silence.PUSHES, Silence.PINGS);
        String arrived = chat.guestWrites("guest 3");
        chat.awaitAnswer("message-sent", arrived);
        chat.awaitArrived(4);
        rig.platform().silence(Silence.FRAMES);
        String swallowed = chat.guestWrites("guest 3");
        chat.awaitAnswer("message-sent", swallowed);

        // when
        // As many texts of the guest as were settled, but not those: the first is cut off, and one has arrived.
        rig.platform().reconfigure(options -> options.historyDepth(7));
        chat.drop(null);
        rig.platform().unsilence();
        chat.awaitEvent("session-resumed");

        // then
        chat.agentSays("one moment");
        chat.assertNothingLostDoubledOrShuffled();
        chat.assertEachSentOnce();
        await().atMost(TestChat.PATIENCE).untilAsserted(
                () -> assertThat(rig.get("/observe/metrics").body()).contains("guestchat_gaps_cut_off_total 0.0"));
    }

    private static void assertOnlyUnknown(TestChat chat, List<String> requests) {
        List<Received> failed = chat.events("request-failed");
        assertThat(failed).extracting(event -> event.text("requestId")).isEqualTo(requests);
        assertThat(failed).allSatisfy(event -> assertThat(event.text("error.code")).isEqualTo("delivery-unknown"));
    }
}

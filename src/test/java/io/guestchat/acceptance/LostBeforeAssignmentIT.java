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
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A chat's socket is lost before the chat has a conversation, and so a history. */
class LostBeforeAssignmentIT {

    private static BridgeRig rig;

    @BeforeAll
    static void startRig() {
        rig = BridgeRig.start(platform -> platform.answering(Answering.OFF).assignment(Assignment.MANUAL),
                Map.of("chat.messages-per-second", "50", "genesys.assignment.poll-after", "300ms"));
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

    @ParameterizedTest
    @EnumSource(value = Assignment.class, names = {"FRAME", "DETAILS", "BOTH"})
    void givenHeldTexts_whenTheConversationIsAssignedInTheGap_thenAllIsTold(Assignment how) {
        // given
        TestChat chat = TestChat.connected(rig, "assigned");
        List.of("held", "held", "and held").forEach(chat::guestWrites);
        rig.platform().silence(Silence.HANDSHAKES);
        chat.drop(1012);
        chat.awaitEvent("session-lost");

        // when
        rig.platform().assign(chat.platformName(), how);
        chat.agentSays("said in the gap");
        chat.guestWrites("written in the gap");
        rig.platform().unsilence();

        // then
        String source = chat.awaitEvent("conversation-assigned").text("source");
        assertThat(source).isIn(how == Assignment.DETAILS ? List.of("details") : List.of("frame", "details"));
        chat.assertLossesTold(1);
        chat.assertNothingLostDoubledOrShuffled();
        chat.assertEachSentOnce();
    }

    /** Else its next owner would tell that it is connected, not that it has come back. */
    @Test
    void givenAChatThatNoStateSaysIsConnected_whenItsSocketIsLost_thenTheLossIsInTheStateBeforeItIsTold() {
        // given
        TestChat chat = TestChat.connected(rig, "young");

        // when
        chat.drop(null);
        chat.awaitEvent("session-resumed");

        // then
        assertThat(chat.states()).anySatisfy(state -> assertThat(state.json().path("untold").toString()).contains("session-lost"));
    }

    @Test
    void givenASystemsTextSaidInTheGap_whenTheConversationIsAssignedLater_thenItComesFromTheHistory() {
        // given
        TestChat chat = TestChat.connected(rig, "later");
        chat.agentSays("before the loss");
        chat.outside().awaitMessages(chat.chatId(), 1);
        rig.platform().silence(Silence.HANDSHAKES);
        chat.drop(1012);
        chat.awaitEvent("session-lost");
        chat.agentSays("said in the gap");
        rig.platform().unsilence();
        chat.awaitEvent("session-resumed");

        // when
        rig.platform().assign(chat.platformName(), Assignment.BOTH);
        chat.awaitEvent("conversation-assigned");
        chat.guestWrites("hello");
        chat.agentSays("said after that");

        // then
        chat.assertLossesTold(1);
        chat.assertNothingLostDoubledOrShuffled();
        chat.assertEachSentOnce();
    }

    @Test
    void givenTextsWhileTheDetailsAreAskedFor_whenThatSocketIsLostToo_thenTheyAreToldOnceAndTheHistoryDoesNotRepeatThem() {
        // given
        TestChat chat = detailsUnanswered("twice");

        // when
        rig.platform().silence(Silence.HANDSHAKES);
        List.of("please wait", "please wait", "nearly there").forEach(chat::agentSays);
        chat.drop(1012);
        assertThat(chat.outside().awaitMessages(chat.chatId(), 3)).extracting(message -> message.text("text"))
                .containsExactly("please wait", "please wait", "nearly there");
        rig.platform().clearFaults();
        rig.platform().unsilence();
        chat.awaitEvent("session-resumed");
        rig.platform().assign(chat.platformName(), Assignment.BOTH);
        chat.guestWrites("hello");
        chat.agentSays("said after that");

        // then
        chat.assertLossesTold(1);
        chat.assertNothingLostDoubledOrShuffled();
        chat.assertEachSentOnce();
    }

    @Test
    void givenTextsWhileTheDetailsAreAskedFor_whenTheBridgeIsStopped_thenTheyAreToldBeforeItIsGone() {
        // given
        TestChat chat = detailsUnanswered("stopped");
        chat.agentSays("please wait");

        // when
        rig.stopBridge();
        rig.platform().clearFaults();
        List<Received> told = chat.messages();
        rig.startBridge();

        // then
        assertThat(told).extracting(message -> message.text("text")).containsExactly("please wait");
        chat.awaitEvents("session-resumed", 1);
        chat.agentSays("said after that");
        chat.assertNothingLostDoubledOrShuffled();
    }

    /** A chat whose second socket is open, and whose gap stays open: the platform does not tell whether it has a conversation. */
    private static TestChat detailsUnanswered(String name) {
        TestChat chat = TestChat.connected(rig, name);
        rig.platform().refuse(CallKind.DETAILS, 1_000, Fault.refuse(503));
        chat.drop(1012);
        await().atMost(TestChat.PATIENCE).until(() -> chat.report().handshakes() == 2);
        return chat;
    }

    @Test
    void givenNoConversation_whenTheSocketIsLostAgainAndAgain_thenTheChatLivesAndTextsStayHeld() {
        // given
        TestChat chat = TestChat.connected(rig, "thrice");
        chat.guestWrites("held");

        // when
        for (int loss = 1; loss <= 3; loss++) {
            chat.drop(loss == 2 ? null : Integer.valueOf(1011));
            chat.awaitEvents("session-resumed", loss);
            String text = "system " + loss;
            chat.agentSays(text);
            await().atMost(TestChat.PATIENCE).untilAsserted(() -> assertThat(chat.agentTexts()).containsValue(text));
        }
        chat.assertLossesTold(3);
        assertThat(chat.report().texts()).isEmpty();
        rig.platform().assign(chat.platformName(), Assignment.DETAILS);

        // then
        chat.assertNothingLostDoubledOrShuffled();
        chat.assertEachSentOnce();
    }
}

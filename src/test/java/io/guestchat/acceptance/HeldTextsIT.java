package io.guestchat.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.guestchat.harness.OutsideSystem;
import io.guestchat.harness.Received;
import io.guestchat.simulator.SimulatorOptions.Answering;
import io.guestchat.simulator.SimulatorOptions.Assignment;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A chat before its conversation: what waits for it, and what cannot. */
class HeldTextsIT {

    private static final String TWENTY_BYTES = "12345678901234567890";

    @RegisterExtension
    static final LiveBridge BRIDGE = LiveBridge.with(
            platform -> platform.assignment(Assignment.MANUAL).answering(Answering.OFF).openStatus("Wait-listed"),
            Map.of("chat.backlog.max-messages", "3", "chat.max-text-bytes", "20", "chat.backlog.max-bytes", "50"));

    @Test
    void givenTextsBeforeAConversation_whenItIsAssigned_thenTheyAreSentInOrder() {
        // given
        String session = BRIDGE.connect("held");
        for (int i = 1; i <= 3; i++) {
            BRIDGE.outside().message("held", "r-" + i, "text " + i);
        }
        BRIDGE.awaitAllCommitted();
        List<String> before = BRIDGE.platform().session(session).texts();

        // when
        BRIDGE.platform().assign(session);

        // then
        for (int i = 1; i <= 3; i++) {
            BRIDGE.outside().awaitAnswer("held", "message-sent", "r-" + i);
            BRIDGE.outside().awaitAnswer("held", "message-acknowledged", "r-" + i);
        }
        assertThat(before).isEmpty();
        assertThat(BRIDGE.platform().session(session).texts()).containsExactly("text 1", "text 2", "text 3");
        assertThat(BRIDGE.platform().session(session).arrived()).extracting(arrival -> arrival.conversationId())
                .containsOnly(BRIDGE.platform().session(session).conversationId());
    }

    @Test
    void givenAsManyTextsAsMayBeHeld_whenOneMoreComes_thenTheBacklogIsFull() {
        // given
        BRIDGE.connect("many");
        for (int i = 1; i <= 3; i++) {
            BRIDGE.outside().message("many", "r-" + i, "text");
        }

        // when
        BRIDGE.outside().message("many", "r-4", "text");

        // then
        assertThat(BRIDGE.refusal("many", "r-4")).isEqualTo("backlog-full");
    }

    @Test
    void givenAsManyBytesAsMayBeHeld_whenOneTextMoreComes_thenTheBacklogIsFull() {
        // given
        BRIDGE.connect("bytes");
        BRIDGE.outside().message("bytes", "r-1", TWENTY_BYTES);
        BRIDGE.outside().message("bytes", "r-2", TWENTY_BYTES);

        // when
        BRIDGE.outside().message("bytes", "r-3", TWENTY_BYTES);
        BRIDGE.outside().message("bytes", "r-4", "1234567890");

        // then
        assertThat(BRIDGE.refusal("bytes", "r-3")).isEqualTo("backlog-full");
        BRIDGE.outside().request("bytes", "r-5", "status");
        BRIDGE.outside().awaitAnswer("bytes", "session-status", "r-5");
        assertThat(BRIDGE.outside().events("bytes")).filteredOn(event -> event.type().equals("request-failed")).hasSize(1);
    }

    @Test
    void givenHeldTexts_whenTheChatEnds_thenEachIsRefusedBeforeTheEnd() {
        // given
        String session = BRIDGE.connect("never-assigned");
        BRIDGE.outside().message("never-assigned", "r-1", "one");
        BRIDGE.outside().message("never-assigned", "r-2", "two");

        // when
        BRIDGE.end("never-assigned");

        // then
        List<Received> events = BRIDGE.outside().events("never-assigned");
        assertThat(events).extracting(Received::type)
                .containsExactly("session-created", "session-connected", "request-failed", "request-failed", "chat-ended");
        assertThat(events.subList(2, 4)).extracting(event -> event.text("requestId")).containsExactly("r-1", "r-2");
        assertThat(events.subList(2, 4)).extracting(event -> event.text("requestType")).containsOnly("message");
        assertThat(events.subList(2, 4)).extracting(event -> event.text("error.code")).containsOnly("chat-ended");
        assertThat(BRIDGE.platform().session(session).texts()).isEmpty();
    }

    @Test
    void givenNoConversation_whenTheHistoryIsAsked_thenThereIsNoneYet() {
        // given
        BRIDGE.connect("no-history");

        // when
        BRIDGE.outside().request("no-history", "r-1", "history");

        // then
        assertThat(BRIDGE.refusal("no-history", "r-1")).isEqualTo("not-assigned");
    }

    @Test
    void givenNoConversation_whenTheStatusIsAsked_thenItHasNoConversationId() {
        // given
        String session = BRIDGE.connect("open");

        // when
        BRIDGE.outside().request("open", "r-1", "status");

        // then
        Received status = BRIDGE.outside().awaitAnswer("open", "session-status", "r-1");
        assertThat(status.text("webchatSessionId")).isEqualTo(session);
        assertThat(status.text("status")).isEqualTo("Wait-listed");
        assertThat(status.json().has("conversationId")).isFalse();
        assertThat(status.json().path("connected").isBoolean()).isTrue();
        assertThat(status.json().path("connected").booleanValue()).isTrue();
    }

    @Test
    void givenNoConversation_whenTheAgentsSideSpeaks_thenTheMessageHasNoConversationId() {
        // given
        String session = BRIDGE.connect("system");

        // when
        BRIDGE.platform().say(session, "You are number 3 in line.");
        BRIDGE.outside().awaitMessages("system", 1);
        BRIDGE.platform().assign(session);
        BRIDGE.platform().say(session, "Hello, this is Ada.");

        // then
        List<Received> messages = BRIDGE.outside().awaitMessages("system", 2);
        assertThat(messages).extracting(message -> message.text("text"))
                .containsExactly("You are number 3 in line.", "Hello, this is Ada.");
        assertThat(messages.get(0).json().has("conversationId")).isFalse();
        assertThat(messages.get(1).text("conversationId")).isEqualTo(BRIDGE.platform().session(session).conversationId());
        assertThat(messages).extracting(message -> message.json().path("n").asInt()).containsExactly(1, 2);
    }

    @Test
    void givenNoConversation_whenTheGuestTypes_thenThePlatformHearsOfIt() {
        // given
        String session = BRIDGE.connect("typing-early");

        // when
        BRIDGE.outside().request("typing-early", "r-1", "typing");

        // then
        await().atMost(OutsideSystem.PATIENCE).untilAsserted(() -> assertThat(BRIDGE.platform().session(session).arrived())
                .extracting(arrival -> arrival.type()).containsExactly("typing"));
    }

    @Test
    void givenATextThatIsTooLongInBytesOnly_whenItComes_thenItIsTooLong() {
        // given
        BRIDGE.connect("long");

        // when
        BRIDGE.outside().message("long", "r-1", "é".repeat(10));
        BRIDGE.outside().message("long", "r-2", "é".repeat(10) + "!");

        // then
        assertThat(BRIDGE.refusal("long", "r-2")).isEqualTo("message-too-long");
        assertThat(BRIDGE.outside().events("long")).filteredOn(event -> event.type().equals("request-failed")).hasSize(1);
    }
}

package io.guestchat.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.guestchat.harness.OutsideSystem;
import io.guestchat.harness.Received;
import io.guestchat.harness.Sent;
import io.guestchat.simulator.SimulatorOptions.Answering;
import io.guestchat.simulator.SimulatorOptions.Assignment;
import io.guestchat.simulator.SimulatorOptionsBuilder;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What a conversation leaves on {@code guestchat.events} and {@code guestchat.messages}, whatever the platform's habits. */
class ConversationEventsIT {

    private static final UnaryOperator<SimulatorOptionsBuilder> USUAL = platform -> platform.assignment(Assignment.BOTH)
            .answering(Answering.OFF).acks(true).echo(false).messageDirection(true);

    @RegisterExtension
    static final LiveBridge BRIDGE = LiveBridge.with(USUAL, Map.of("genesys.assignment.poll-after", "500ms"));

    @AfterEach
    void thePlatformIsAsUsual() {
        BRIDGE.platform().reconfigure(USUAL);
    }

    @Test
    void givenAStart_whenTheConversationBegins_thenItsEventsAreInOrder() {
        // when
        String session = BRIDGE.converse("order");

        // then
        List<Received> events = BRIDGE.outside().events("order");
        assertThat(events).extracting(Received::type)
                .containsExactly("session-created", "session-connected", "conversation-assigned");
        assertThat(events).extracting(event -> event.text("webchatSessionId")).containsOnly(session);
        assertThat(events.get(2).text("conversationId")).isEqualTo(BRIDGE.platform().session(session).conversationId());
    }

    @Test
    void givenAConversation_whenAllIsSaid_thenTheIdsOfEventsAreDerived() {
        // given
        String session = BRIDGE.converse("ids");

        // when
        BRIDGE.outside().message("ids", "r-2", "Hello");
        BRIDGE.outside().awaitAnswer("ids", "message-acknowledged", "r-2");
        BRIDGE.end("ids");

        // then
        List<Sent> sent = BRIDGE.outside().sent().stream().filter(request -> "ids".equals(request.key())).toList();
        assertThat(BRIDGE.outside().events("ids")).extracting(event -> event.text("id")).containsExactly(
                sent.get(0).position() + "/session-created",
                session + "/session-connected/1",
                session + "/conversation-assigned/1",
                sent.get(1).position() + "/message-sent",
                sent.get(1).position() + "/message-acknowledged",
                session + "/chat-ended/1");
    }

    @Test
    void givenFramesThatNameTheConversation_whenItIsAssigned_thenTheSourceIsAFrame() {
        // given
        BRIDGE.platform().reconfigure(platform -> platform.assignment(Assignment.FRAME));

        // when
        BRIDGE.converse("by-frame");

        // then
        assertThat(BRIDGE.outside().awaitEvent("by-frame", "conversation-assigned").text("source")).isEqualTo("frame");
    }

    @Test
    void givenFramesThatNameNoConversation_whenItIsAssigned_thenTheSourceIsTheDetails() {
        // given
        BRIDGE.platform().reconfigure(platform -> platform.assignment(Assignment.DETAILS));

        // when
        String session = BRIDGE.converse("by-details");

        // then
        Received assigned = BRIDGE.outside().awaitEvent("by-details", "conversation-assigned");
        assertThat(assigned.text("source")).isEqualTo("details");
        assertThat(assigned.text("conversationId")).isEqualTo(BRIDGE.platform().session(session).conversationId());
    }

    @Test
    void givenAConversation_whenTheAgentTypes_thenThatIsTold() {
        // given
        String session = BRIDGE.converse("agent-typing");

        // when
        BRIDGE.platform().type(session);

        // then
        Received typing = BRIDGE.outside().awaitEvent("agent-typing", "agent-typing");
        assertThat(typing.text("conversationId")).isEqualTo(BRIDGE.platform().session(session).conversationId());
        assertThat(typing.text("requestId")).isNull();
    }

    @Test
    void givenAPlatformThatAcknowledges_whenTheGuestWrites_thenTheTextIsSentAndAcknowledged() {
        // given
        String session = BRIDGE.converse("acked");

        // when
        BRIDGE.outside().message("acked", "r-2", "Hello");

        // then
        Received sent = BRIDGE.outside().awaitAnswer("acked", "message-sent", "r-2");
        Received acknowledged = BRIDGE.outside().awaitAnswer("acked", "message-acknowledged", "r-2");
        String conversation = BRIDGE.platform().session(session).conversationId();
        assertThat(sent.text("conversationId")).isEqualTo(conversation);
        assertThat(acknowledged.text("conversationId")).isEqualTo(conversation);
    }

    @Test
    void givenAPlatformThatEchoes_whenTheGuestWrites_thenTheEchoAcknowledgesAndIsNoMessage() {
        // given
        BRIDGE.platform().reconfigure(platform -> platform.acks(false).echo(true));
        String session = BRIDGE.converse("echoed");

        // when
        BRIDGE.outside().message("echoed", "r-2", "Hello");
        BRIDGE.outside().message("echoed", "r-3", "Hello again");

        // then
        BRIDGE.outside().awaitAnswer("echoed", "message-acknowledged", "r-2");
        BRIDGE.outside().awaitAnswer("echoed", "message-acknowledged", "r-3");
        BRIDGE.platform().say(session, "Hi");
        assertThat(BRIDGE.outside().awaitMessages("echoed", 1)).extracting(message -> message.text("text")).containsExactly("Hi");
    }

    @Test
    void givenAPlatformThatEchoesAndAcknowledges_whenTheGuestWrites_thenEachTextIsAcknowledgedOnce() {
        // given
        BRIDGE.platform().reconfigure(platform -> platform.echo(true));
        BRIDGE.converse("both");

        // when
        for (int i = 1; i <= 3; i++) {
            BRIDGE.outside().message("both", "r-" + i, "text " + i);
        }

        // then
        for (int i = 1; i <= 3; i++) {
            BRIDGE.outside().awaitAnswer("both", "message-acknowledged", "r-" + i);
        }
        BRIDGE.end("both");
        assertThat(BRIDGE.outside().events("both")).filteredOn(event -> event.type().equals("message-acknowledged"))
                .extracting(event -> event.text("requestId")).containsExactly("r-1", "r-2", "r-3");
    }

    @Test
    void givenAPlatformThatGivesNoSign_whenTheGuestWrites_thenTheRequestIsStillCarriedOut() {
        // given
        BRIDGE.platform().reconfigure(platform -> platform.acks(false));
        String session = BRIDGE.converse("no-sign");

        // when
        BRIDGE.outside().message("no-sign", "r-2", "Hello");

        // then
        BRIDGE.outside().awaitAnswer("no-sign", "message-sent", "r-2");
        BRIDGE.awaitAllCommitted();
        assertThat(BRIDGE.platform().session(session).texts()).containsExactly("Hello");
        assertThat(BRIDGE.outside().events("no-sign")).extracting(Received::type).doesNotContain("message-acknowledged");
    }

    @Test
    void givenTextsWithoutADirection_whenTheAgentWrites_thenTheyAreMessages() {
        // given
        BRIDGE.platform().reconfigure(platform -> platform.messageDirection(false));
        String session = BRIDGE.converse("no-direction");

        // when
        BRIDGE.platform().say(session, "Hi");

        // then
        assertThat(BRIDGE.outside().awaitMessages("no-direction", 1)).extracting(message -> message.text("text"))
                .containsExactly("Hi");
    }

    @Test
    void givenAConversation_whenTheAgentWritesALot_thenEveryTextIsThereInOrderWithItsNumber() {
        // given
        String session = BRIDGE.converse("many");
        List<String> said = IntStream.rangeClosed(1, 100).mapToObj(i -> "line " + i + " – \"ünï\" 😀\n").toList();

        // when
        said.forEach(text -> BRIDGE.platform().say(session, text));

        // then
        List<Received> messages = BRIDGE.outside().awaitMessages("many", 100);
        assertThat(messages).extracting(message -> message.text("text")).containsExactlyElementsOf(said);
        assertThat(messages).extracting(message -> message.text("via")).containsOnly("socket");
        assertThat(messages).extracting(message -> message.text("id")).first().isEqualTo(session + "/1");
        assertThat(messages).extracting(message -> message.text("conversationId"))
                .containsOnly(BRIDGE.platform().session(session).conversationId());
    }

    @Test
    void givenTwoChats_whenBothAgentsWrite_thenEachCountsFromOne() {
        // given
        String one = BRIDGE.converse("one");
        String other = BRIDGE.converse("other");

        // when
        BRIDGE.platform().say(one, "to one");
        BRIDGE.platform().say(other, "to the other");

        // then
        assertThat(BRIDGE.outside().awaitMessages("one", 1).get(0).text("id")).isEqualTo(one + "/1");
        assertThat(BRIDGE.outside().awaitMessages("other", 1).get(0).text("id")).isEqualTo(other + "/1");
        assertThat(BRIDGE.outside().messages("one")).extracting(message -> message.text("text")).containsExactly("to one");
    }

    @Test
    void givenAConversation_whenTheGuestTypes_thenThePlatformHearsOfItAndNothingIsAnswered() {
        // given
        String session = BRIDGE.converse("guest-typing");

        // when
        BRIDGE.outside().request("guest-typing", "r-2", "typing");

        // then
        await().atMost(OutsideSystem.PATIENCE).untilAsserted(() -> assertThat(BRIDGE.platform().session(session).arrived())
                .extracting(arrival -> arrival.type()).containsExactly("typing"));
        BRIDGE.awaitAllCommitted();
        assertThat(BRIDGE.outside().events("guest-typing")).noneMatch(event -> "r-2".equals(event.text("requestId")));
    }

    @Test
    void givenAConversation_whenTheStatusIsAsked_thenItIsThePlatformsWord() {
        // given
        BRIDGE.platform().reconfigure(platform -> platform.activeStatus("In Progress"));
        String session = BRIDGE.converse("status");

        // when
        BRIDGE.outside().request("status", "r-2", "status");

        // then
        Received status = BRIDGE.outside().awaitAnswer("status", "session-status", "r-2");
        assertThat(status.text("status")).isEqualTo("In Progress");
        assertThat(status.text("webchatSessionId")).isEqualTo(session);
        assertThat(status.text("conversationId")).isEqualTo(BRIDGE.platform().session(session).conversationId());
    }
}

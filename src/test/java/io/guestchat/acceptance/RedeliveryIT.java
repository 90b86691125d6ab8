package io.guestchat.acceptance;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.guestchat.harness.GroupOffsets;
import io.guestchat.harness.OutsideSystem;
import io.guestchat.harness.Received;
import io.guestchat.simulator.Silence;
import io.guestchat.simulator.SimulatorOptions.Answering;
import io.guestchat.simulator.SimulatorOptions.Assignment;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Requests that come again, because the bridge stopped before their offsets were committed or an operator set them back. */
class RedeliveryIT {

    @RegisterExtension
    static final LiveBridge BRIDGE = LiveBridge.with(platform -> platform.answering(Answering.OFF),
            Map.of("kafka.session-timeout", "6s"));

    @Test
    void givenAnEndedChatWhoseRequestsAreNotCommitted_whenTheyComeAgain_thenNothingIsOpened() {
        // given: a text that nothing settles, which holds the partition's commits back
        String waiting = startOn(1, "waiting");
        BRIDGE.outside().awaitEvent("waiting", "conversation-assigned");
        BRIDGE.platform().silence(Silence.FRAMES, Silence.PINGS);
        send(1, "waiting", "{\"type\":\"message\",\"id\":\"r-2\",\"text\":\"Hello\"}");
        BRIDGE.outside().awaitAnswer("waiting", "message-sent", "r-2");
        startOn(1, "ended");
        send(1, "ended", "{\"type\":\"end\",\"id\":\"r-2\"}");
        BRIDGE.outside().awaitAnswer("ended", "chat-ended", "r-2");

        // when
        BRIDGE.rig().stopBridge();
        BRIDGE.platform().unsilence();
        BRIDGE.rig().startBridge();

        // then
        await().atMost(OutsideSystem.PATIENCE)
                .untilAsserted(() -> assertThat(BRIDGE.platform().session(waiting).texts()).containsExactly("Hello"));
        BRIDGE.awaitAllCommitted();
        assertThat(BRIDGE.platform().sessions()).filteredOn(session -> session.displayName().equals("Guest ended")).hasSize(1);
        assertThat(BRIDGE.outside().events("ended")).extracting(Received::type).last().isEqualTo("chat-ended");
    }

    @Test
    void givenALiveChat_whenItsRequestsComeAgain_thenNoneIsCarriedOutTwice() {
        // given
        String session = startOn(2, "live");
        BRIDGE.outside().awaitEvent("live", "conversation-assigned");
        send(2, "live", "{\"type\":\"message\",\"id\":\"r-2\",\"text\":\"Hello\"}");
        BRIDGE.outside().awaitAnswer("live", "message-acknowledged", "r-2");
        BRIDGE.awaitAllCommitted();

        // when
        BRIDGE.rig().stopBridge();
        try (GroupOffsets offsets = BRIDGE.offsets()) {
            offsets.reset(2, 0);
        }
        BRIDGE.rig().startBridge();

        // then
        BRIDGE.outside().awaitEvent("live", "session-resumed");
        BRIDGE.awaitAllCommitted();
        send(2, "live", "{\"type\":\"message\",\"id\":\"r-3\",\"text\":\"Hello again\"}");
        BRIDGE.outside().awaitAnswer("live", "message-acknowledged", "r-3");
        assertThat(BRIDGE.platform().session(session).texts()).containsExactly("Hello", "Hello again");
        assertThat(BRIDGE.platform().sessions()).filteredOn(made -> made.displayName().equals("Guest live")).hasSize(1);
        assertThat(BRIDGE.outside().events("live")).filteredOn(event -> event.type().equals("session-created")).hasSize(1);
        assertThat(BRIDGE.outside().events("live")).filteredOn(event -> event.type().equals("session-lost"))
                .extracting(event -> event.text("reason")).containsExactly("taken-over");
    }

    @Test
    void givenARequestThatWasSentWhileTheBridgeWasAway_whenItStarts_thenItIsCarriedOut() {
        // given
        BRIDGE.rig().stopBridge();
        BRIDGE.outside().start("away", "r-1");

        // when
        BRIDGE.rig().startBridge();

        // then
        BRIDGE.outside().awaitAnswer("away", "session-created", "r-1");
    }

    @Test
    void givenAChatThatIsLiveOverARestart_whenItGoesOn_thenTheSessionLivesOnAndNothingIsMissed() {
        // given
        String session = startOn(0, "restart");
        BRIDGE.outside().awaitEvent("restart", "conversation-assigned");
        BRIDGE.platform().say(session, "before");
        BRIDGE.outside().awaitMessages("restart", 1);

        // when
        BRIDGE.rig().stopBridge();
        BRIDGE.platform().say(session, "meanwhile");
        BRIDGE.rig().startBridge();

        // then
        Received resumed = BRIDGE.outside().awaitEvent("restart", "session-resumed");
        BRIDGE.platform().say(session, "after");
        List<Received> messages = BRIDGE.outside().awaitMessages("restart", 3);
        assertThat(messages).extracting(message -> message.text("text")).containsExactly("before", "meanwhile", "after");
        assertThat(messages).extracting(message -> message.text("via")).containsExactly("socket", "history", "socket");
        assertThat(resumed.json().path("recovered").asInt()).isEqualTo(1);
        assertThat(BRIDGE.platform().session(session).closures()).first()
                .satisfies(closure -> assertThat(closure.received()).isEqualTo(1001));
    }

    @Test
    void givenTextsThatAreHeld_whenTheBridgeIsStartedAgain_thenTheyAreSentOnAssignment() {
        // given
        BRIDGE.platform().reconfigure(platform -> platform.assignment(Assignment.MANUAL));
        String session = BRIDGE.connect("held");
        BRIDGE.platform().reconfigure(platform -> platform.assignment(Assignment.BOTH));
        BRIDGE.outside().message("held", "r-1", "one");
        BRIDGE.outside().message("held", "r-2", "two");
        BRIDGE.awaitAllCommitted();

        // when
        BRIDGE.rig().stopBridge();
        BRIDGE.rig().startBridge();
        await().atMost(OutsideSystem.PATIENCE).until(() -> BRIDGE.platform().session(session).connected());
        BRIDGE.platform().assign(session);

        // then
        BRIDGE.outside().awaitAnswer("held", "message-acknowledged", "r-2");
        assertThat(BRIDGE.platform().session(session).texts()).containsExactly("one", "two");
    }

    private static String startOn(int partition, String chat) {
        send(partition, chat, "{\"type\":\"start\",\"id\":\"r-1\",\"guest\":{\"displayName\":\"Guest " + chat + "\"}}");
        return BRIDGE.outside().awaitAnswer(chat, "session-created", "r-1").text("webchatSessionId");
    }

    private static void send(int partition, String chat, String value) {
        BRIDGE.outside().send(new ProducerRecord<>(BRIDGE.topics().requests(), partition, chat.getBytes(UTF_8),
                value.getBytes(UTF_8)));
    }
}

package io.guestchat.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.guestchat.harness.BridgeRig;
import io.guestchat.harness.OutsideSystem;
import io.guestchat.harness.Received;
import io.guestchat.harness.TopicReader;
import io.guestchat.simulator.SessionReport.Closure;
import io.guestchat.simulator.SimulatorOptions.Answering;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a former owner had on its way to {@code guestchat.sessions} lands there when the partition is another's already. */
class FormerOwnerIT {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    /** Longer than a state is written behind (Timers). */
    private static final Duration QUIET = Duration.ofSeconds(1);

    private BridgeRig rig;
    private OutsideSystem outside;

    @BeforeEach
    void startBridge() {
        rig = BridgeRig.start(platform -> platform.answering(Answering.OFF), Map.of());
        outside = rig.outside();
    }

    @AfterEach
    void closeRig() {
        rig.close();
    }

    @Test
    void givenALiveChat_whenAFormerOwnersStateLandsLate_thenItsOwnIsWrittenAgainAndIsWhatARestartFinds() throws Exception {
        String session = converse("late");
        Received own = states("late").get(states("late").size() - 1);

        ObjectNode stale = state(own);
        stale.put("generation", stale.get("generation").asInt() - 1);
        stale.put("state", "ended").putObject("end").put("reason", "guest").put("at", 1);
        write(own, stale);

        awaitOwnState("late", own.raw().offset() + 1);
        assertThat(rig.get("/observe/metrics").body()).contains("guestchat_states_replaced_total 1.0");
        rig.stopBridge();
        rig.startBridge();
        rig.platform().say(session, "still here?");
        assertThat(outside.awaitMessages("late", 1)).singleElement()
                .satisfies(message -> assertThat(message.text("text")).isEqualTo("still here?"));
        assertThat(outside.events("late")).extracting(Received::type).doesNotContain("chat-ended");
    }

    @Test
    void givenALiveChat_whenAFormerOwnersTombstoneLandsLate_thenItsStateIsWrittenAgain() throws Exception {
        converse("buried");
        Received own = states("buried").get(states("buried").size() - 1);

        write(own, null);

        awaitOwnState("buried", own.raw().offset() + 1);
    }

    @Test
    void givenAChatThatIsNotKnown_whenAFormerOwnersStateLandsLate_thenItIsBuriedAndOpensNothing() throws Exception {
        converse("known");
        Received own = states("known").get(states("known").size() - 1);
        ObjectNode stale = state(own);
        stale.put("generation", 0);
        int sessions = rig.platform().sessions().size();

        outside.send(new ProducerRecord<>(outside.topics().sessions(), own.raw().partition(),
                "ghost".getBytes(StandardCharsets.UTF_8), JSON.writeValueAsBytes(stale))).get();

        await("tombstone").atMost(OutsideSystem.PATIENCE).pollInterval(Duration.ofMillis(200)).untilAsserted(() ->
                assertThat(states("ghost")).hasSize(2).last().satisfies(last -> assertThat(last.raw().value()).isNull()));
        rig.stopBridge();
        rig.startBridge();
        outside.message("ghost", "who", "nobody is there");
        assertThat(outside.awaitAnswer("ghost", "request-failed", "who").text("error.code")).isEqualTo("unknown-chat");
        assertThat(rig.platform().sessions()).hasSize(sessions);
    }

    @Test
    void givenALiveChat_whenANewerOwnersStateLands_thenTheChatIsLetGoOfAtOnceWithoutAWord() throws Exception {
        String session = converse("superseded");
        Received own = states("superseded").get(states("superseded").size() - 1);
        int events = outside.events("superseded").size();
        ObjectNode newer = state(own);
        newer.put("generation", newer.get("generation").asInt() + 1);

        write(own, newer);

        await("socket closed").atMost(OutsideSystem.PATIENCE).pollInterval(Duration.ofMillis(50)).untilAsserted(() ->
                assertThat(rig.platform().session(session).closures()).extracting(Closure::received).containsExactly(1001));
        rig.platform().say(session, "is anybody there?");
        await().during(Duration.ofSeconds(1)).atMost(Duration.ofSeconds(3)).until(() -> outside.messages("superseded").isEmpty()
                && outside.events("superseded").size() == events && states("superseded").size() == 1 + indexOf(newer, "superseded"));
        rig.stopBridge();
        rig.startBridge();
        assertThat(outside.awaitMessages("superseded", 1)).singleElement()
                .satisfies(message -> assertThat(message.text("via")).isEqualTo("history"));
    }

    private int indexOf(ObjectNode state, String chat) throws IOException {
        List<Received> states = states(chat);
        for (int index = 0; index < states.size(); index++) {
            if (state.equals(state(states.get(index)))) {
                return index;
            }
        }
        throw new AssertionError("the state is not there");
    }

    private String converse(String chat) {
        outside.start(chat, "start");
        String session = outside.awaitEvent(chat, "conversation-assigned").text("webchatSessionId");
        // What the start and the assignment had to write is written, and nothing is still to be written behind.
        AtomicInteger written = new AtomicInteger();
        await("state").atMost(OutsideSystem.PATIENCE).during(QUIET).pollInterval(Duration.ofMillis(100)).untilAsserted(() -> {
            List<Received> states = states(chat);
            assertThat(states).last().satisfies(state -> {
                assertThat(state.text("state")).isEqualTo("connected");
                assertThat(state.text("conversationId")).isNotNull();
            });
            assertThat(written.getAndSet(states.size())).isEqualTo(states.size());
        });
        return session;
    }

    private void awaitOwnState(String chat, long after) {
        await("own state").atMost(OutsideSystem.PATIENCE).pollInterval(Duration.ofMillis(100)).untilAsserted(() ->
                assertThat(states(chat)).last().satisfies(state -> {
                    assertThat(state.raw().offset()).isGreaterThan(after);
                    assertThat(state.raw().value()).isNotNull();
                    assertThat(state.text("state")).isEqualTo("connected");
                }));
    }

    private static ObjectNode state(Received stored) throws IOException {
        return (ObjectNode) JSON.readTree(stored.raw().value());
    }

    private void write(Received like, ObjectNode state) throws Exception {
        outside.send(new ProducerRecord<>(outside.topics().sessions(), like.raw().partition(), like.raw().key(),
                state == null ? null : JSON.writeValueAsBytes(state))).get();
    }

    private List<Received> states(String chat) {
        return new TopicReader(rig.kafka().bootstrapServers()).read(outside.topics().sessions(), chat);
    }
}

package io.guestchat.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.guestchat.harness.BridgeRig;
import io.guestchat.simulator.SimulatorOptions.Answering;
import io.guestchat.simulator.SimulatorOptions.Assignment;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The topic of the requests is deleted and made anew while nobody reads it: its offsets begin at 0 again. */
class RequestsMadeAnewIT {

    private BridgeRig rig;

    @BeforeEach
    void startRig() {
        rig = BridgeRig.start(platform -> platform.answering(Answering.OFF).assignment(Assignment.MANUAL),
                Map.of("topics.partitions", "1", "chat.messages-per-second", "50"));
    }

    @AfterEach
    void stopRig() {
        rig.close();
    }

    @Test
    void givenHeldTexts_whenNewRequestsHaveTheirOffsets_thenEachHasItsOneOutcomeAndNoneIsTakenForRedelivered()
            throws ExecutionException, InterruptedException {
        // given: the state of the first chat is behind the offsets that the new topic will have reached.
        TestChat early = TestChat.connected(rig, "early");
        TestChat late = TestChat.connected(rig, "late");
        List.of("held 1", "held 2", "held 3", "held 4").forEach(late::guestWrites);
        late.request("s", "status");
        late.awaitAnswer("session-status", "s");

        // when
        rig.stopBridge();
        makeAnew();
        early.guestWrites("new 1");
        early.guestWrites("new 2");
        late.guestWrites("new 3");
        late.guestWrites("new 4");
        rig.outside().flush();
        rig.startBridge();
        rig.platform().assign(early.platformName(), Assignment.BOTH);
        rig.platform().assign(late.platformName(), Assignment.BOTH);

        // then
        for (TestChat chat : List.of(early, late)) {
            chat.awaitEvent("session-resumed");
            chat.assertNothingLostDoubledOrShuffled();
            List<String> all = IntStream.rangeClosed(1, chat.written().size()).mapToObj(number -> "m" + number).toList();
            await().atMost(TestChat.PATIENCE).untilAsserted(() -> assertThat(chat.events("message-sent"))
                    .extracting(event -> event.text("requestId")).containsExactlyInAnyOrderElementsOf(all));
            assertThat(chat.events("request-failed")).isEmpty();
        }
        String after = late.guestWrites("after");
        late.awaitAnswer("message-acknowledged", after);
        rig.stopBridge();
        rig.startBridge();
        late.awaitEvents("session-resumed", 2);
        late.assertNothingLostDoubledOrShuffled();
    }

    private void makeAnew() throws ExecutionException, InterruptedException {
        String topic = rig.settings().topics().requests();
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", rig.kafka().bootstrapServers()))) {
            admin.deleteTopics(List.of(topic)).all().get();
            await().atMost(TestChat.PATIENCE).until(() -> !admin.listTopics().names().get().contains(topic));
        }
        rig.kafka().createTopic(topic, 1, Map.of());
    }
}

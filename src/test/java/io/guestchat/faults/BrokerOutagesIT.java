package io.guestchat.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.guestchat.broker.EmbeddedKafka;
import io.guestchat.harness.BridgeInstance;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Kafka is not there, with 200 chats under load. What the outside system asks meanwhile waits in its own producer. */
@Tag("faults")
class BrokerOutagesIT {

    private static final Duration OUTAGE = Duration.ofSeconds(60);

    @Test
    void givenTwoHundredChats_whenTheBrokerIsAwayForAMinute_thenTheBridgeSaysSoAndEachTextArrivesOnceInOrder() {
        try (FaultRun run = Scenario.large("broker away for 60 s; from its start on").withOwnKafka().open()) {
            // given
            EmbeddedKafka kafka = run.rig().kafka();
            BridgeInstance bridge = run.start().awaitReady();
            run.converse();

            // when
            kafka.stop();
            await("not ready").pollDelay(OUTAGE).atMost(OUTAGE.multipliedBy(2)).until(() -> bridge.readiness() == 503);
            Fault back = run.fault(kafka::startAgain);
            bridge.awaitReady();
            run.awaitFlow(back);
            run.awaitResumed();

            // then: who was away for so long is in the group anew, and takes its chats over from itself
            run.conclude(0, 2);
        }
    }

    @Test
    void givenNoBroker_whenTheBridgeStarts_thenItWaitsNotReadyAndTakesItsChatsUpOnceThereIsOne() {
        try (FaultRun run = Scenario.large("broker away at the bridge's start; from its start on").withOwnKafka().open()) {
            // given
            EmbeddedKafka kafka = run.rig().kafka();
            BridgeInstance first = run.start().awaitReady();
            run.converse();
            assertThat(first.terminate()).isIn(0, 143);
            kafka.stop();

            // when
            BridgeInstance second = run.start();
            await("says that it is not ready").atMost(FaultRun.PATIENCE).until(() -> second.readiness() == 503);
            await("still not ready").pollDelay(Duration.ofSeconds(15)).atMost(FaultRun.PATIENCE).untilAsserted(() -> {
                assertThat(second.isAlive()).isTrue();
                assertThat(second.readiness()).isEqualTo(503);
            });
            Fault back = run.fault(kafka::startAgain);
            second.awaitReady();
            run.awaitFlow(back);

            // then
            run.conclude(1, 1);
        }
    }
}

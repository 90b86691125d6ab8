package io.guestchat.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.guestchat.harness.BridgeInstance;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** The faults that every build meets; the others are in the profile {@code faults}. */
class CommonFaultsIT {

    @Test
    void givenChatsTalkingBothWays_whenTheBridgeIsKilledAndStartedAgain_thenEachTextArrivesOnceInOrder() {
        try (FaultRun run = Scenario.small("kill -9, started again").open()) {
            // given
            BridgeInstance first = run.start().awaitReady();
            run.converse();

            // when
            Fault kill = run.fault(first::kill);
            run.start().awaitReady();
            run.awaitFlow(kill);

            // then
            run.conclude(1, 1);
        }
    }

    @Test
    void givenChatsTalkingBothWays_whenTheBridgeIsTerminatedAndStartedAgain_thenEachTextArrivesOnceInOrder() {
        try (FaultRun run = Scenario.small("SIGTERM, started again").open()) {
            // given
            BridgeInstance first = run.start().awaitReady();
            run.converse();

            // when
            Fault termination = run.fault(() -> assertThat(first.terminate()).isIn(0, 143));
            run.start().awaitReady();
            run.awaitFlow(termination);

            // then
            run.conclude(1, 1);
        }
    }

    @Test
    void givenChatsTalkingBothWays_whenAllSocketsDrop_thenTheyFlowAgainWithinFiveSeconds() {
        try (FaultRun run = Scenario.small("all sockets dropped").open()) {
            // given
            run.start().awaitReady();
            run.converse();

            // when
            Fault drop = run.fault(() -> assertThat(run.rig().platform().cutAll()).isEqualTo(20));

            // then
            assertThat(run.awaitFlow(drop)).isLessThan(Duration.ofSeconds(5));
            run.conclude(1, 1);
        }
    }

    @Test
    void givenTwoInstances_whenOneIsKilled_thenTheOtherTakesItsChatsUpWhereTheyStood() {
        try (FaultRun run = Scenario.small("one of two instances killed").open()) {
            // given
            BridgeInstance first = run.start().awaitReady();
            run.start().awaitReady();
            run.converse();

            // when
            Fault kill = run.fault(first::kill);
            run.awaitFlow(kill);

            // then
            run.conclude(0, 1);
            assertThat(run.conversations().published().count("session-lost")).isBetween(1L, 19L);
        }
    }

    @Test
    void givenChatsTalkingBothWays_whenTheBrokerStopsAndStarts_thenEachTextArrivesOnceInOrder() {
        try (FaultRun run = Scenario.small("broker stopped and started").withOwnKafka().open()) {
            // given
            run.start().awaitReady();
            run.converse();

            // when
            Fault stop = run.fault(run.rig().kafka()::stop);
            run.conversations().awaitMoreSaidByEach(4);
            run.rig().kafka().startAgain();
            run.awaitFlow(stop);

            // then
            run.conclude(0, 1);
        }
    }
}

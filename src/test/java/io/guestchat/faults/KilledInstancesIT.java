package io.guestchat.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.guestchat.harness.BridgeInstance;
import io.guestchat.harness.GroupMembers;
import java.time.Duration;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Processes that end, with 200 chats under load. */
@Tag("faults")
class KilledInstancesIT {

    private static final int KILLS = 20;
    /** Of five kills one hits a bridge that starts; the others one that is ready: as it takes over, reads histories, or flows. */
    private static final int ONE_STARTS_OF = 5;
    private static final int LONGEST_START_MS = 5_000;
    private static final int LONGEST_READINESS_MS = 12_000;
    /** For the group and for a busy machine. Less than any wait that the bridge might have of its own, such as a second timeout. */
    private static final Duration SLACK = Duration.ofSeconds(2);

    @Test
    void givenTwoHundredChats_whenTheBridgeIsKilledTwentyTimesAtRandomPoints_thenEachTextArrivesOnceInOrder() {
        long seed = Long.getLong("faults.seed", System.nanoTime());
        System.out.println("faults.seed=" + seed);
        Random random = new Random(seed);
        try (FaultRun run = Scenario.large("kill -9, " + KILLS + " times at random points").open()) {
            // given
            BridgeInstance bridge = run.start().awaitReady();
            run.converse();

            // when
            Fault kill = null;
            for (int number = 0; number < KILLS; number++) {
                boolean starting = random.nextInt(ONE_STARTS_OF) == 0;
                if (!starting) {
                    bridge.awaitReady();
                }
                elapse(Duration.ofMillis(random.nextInt(starting ? LONGEST_START_MS : LONGEST_READINESS_MS)));
                kill = run.fault(bridge::kill);
                bridge = run.start();
            }
            bridge.awaitReady();
            run.awaitFlow(kill);

            // then
            run.note("seed " + seed);
            run.conclude(1, KILLS);
        }
    }

    private static void elapse(Duration duration) {
        await().pollDelay(duration).atMost(duration.plusSeconds(10)).until(() -> true);
    }

    @Test
    void givenTwoHundredChats_whenTheBridgeIsTerminatedAndStartedAgain_thenEachTextArrivesOnceInOrder() {
        try (FaultRun run = Scenario.large("SIGTERM, 200 chats, started again").open()) {
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
    void givenTwoInstances_whenOneIsKilled_thenItsChatsFlowAgainWithoutAWaitOfTheBridgesOwn() {
        try (FaultRun run = Scenario.large("one of two instances killed, 200 chats").open();
                GroupMembers members = new GroupMembers(run.rig().kafka().bootstrapServers(),
                        run.rig().settings().kafka().groupId())) {
            // given
            BridgeInstance first = run.start().awaitReady();
            Set<String> alone = members.partitions().keySet();
            run.start().awaitReady();
            run.converse();
            run.conversations().awaitMoreSaidByEach(5);
            Map<String, Set<Integer>> shares = members.partitions();
            int moving = run.conversations().on(shares.get(alone.iterator().next())).size();
            BareClient bareClient = new BareClient(run.rig().simulator());
            bareClient.connectAndRead(20, 10);
            Duration bare = bareClient.connectAndRead(moving, run.conversations().mostSaid());

            // when
            Fault kill = run.fault(first::kill);
            Duration flowing = run.awaitFlow(kill);

            // then
            Duration bar = Scenario.SESSION_TIMEOUT.plus(bare.multipliedBy(2));
            run.note(moving + " chats moved; a bare client connects and reads as many in " + FaultReport.seconds(bare)
                    + ", so the bar is " + FaultReport.seconds(bar));
            run.conclude(0, 1);
            assertThat(run.conversations().count("session-lost")).isEqualTo(moving);
            assertThat(flowing).isLessThan(bar.plus(SLACK));
        }
    }
}

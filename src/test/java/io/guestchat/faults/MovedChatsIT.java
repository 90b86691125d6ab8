package io.guestchat.faults;

import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.guestchat.harness.BridgeInstance;
import io.guestchat.harness.GroupMembers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Chats that move between instances, with 200 of them under load. */
@Tag("faults")
class MovedChatsIT {

    @Test
    void givenThreeInstances_whenEachIsRestartedInTurn_thenEachTextArrivesOnceInOrder() {
        try (FaultRun run = Scenario.large("rolling restart of three instances").open(); GroupMembers group = group(run)) {
            // given
            List<BridgeInstance> bridges = new ArrayList<>();
            for (int number = 0; number < 3; number++) {
                bridges.add(run.start().awaitReady());
            }
            awaitMembers(group, 3);
            run.converse();

            // when
            for (BridgeInstance bridge : bridges) {
                Fault restart = run.fault(() -> assertThat(bridge.terminate()).isIn(0, 143));
                run.start().awaitReady();
                awaitMembers(group, 3);
                run.awaitFlow(restart);
            }

            // then: a chat moves away from the instance that ends, and perhaps once more to the one that starts
            run.conclude(1, 6);
        }
    }

    @Test
    void givenOneInstance_whenTwoJoinAndLeaveAgain_thenOnlyWhatTheyTakeMovesAndEachTextArrivesOnceInOrder() {
        try (FaultRun run = Scenario.large("1 to 3 to 1 instances").open(); GroupMembers group = group(run)) {
            // given
            run.start().awaitReady();
            run.converse();

            // when
            BridgeInstance second = run.start();
            awaitMembers(group, 2);
            second.awaitReady();
            run.awaitFlow(Fault.apply(() -> { }));
            run.awaitResumed();
            Map<String, Set<Integer>> two = group.partitions();
            Map<String, Long> before = losses(run);
            BridgeInstance third = run.start();
            awaitMembers(group, 3);
            third.awaitReady();
            run.awaitFlow(Fault.apply(() -> { }));
            run.awaitResumed();

            // then
            Map<String, Set<Integer>> three = new HashMap<>(group.partitions());
            three.keySet().removeAll(two.keySet());
            Set<String> taken = run.conversations().on(three.values().iterator().next());
            Map<String, Long> after = losses(run);
            Set<String> lost = run.conversations().chats().stream()
                    .filter(chat -> !before.get(chat).equals(after.get(chat))).collect(toSet());
            assertThat(lost).as("chats whose socket was lost as the third joined").isEqualTo(taken);
            run.note(taken.size() + " chats moved to the third instance");

            // when
            for (BridgeInstance leaving : List.of(second, third)) {
                run.awaitFlow(run.fault(() -> assertThat(leaving.terminate()).isIn(0, 143)));
            }

            // then
            run.conclude(0, 4);
        }
    }

    @Test
    void givenTwoInstances_whenOneStandsStillForLongerThanTheSessionTimeout_thenEachTextArrivesOnceInOrder() {
        try (FaultRun run = Scenario.large("SIGSTOP for twice the session timeout, SIGCONT").open();
                GroupMembers group = group(run)) {
            // given
            BridgeInstance first = run.start().awaitReady();
            run.start().awaitReady();
            awaitMembers(group, 2);
            run.converse();

            // when
            Fault pause = run.fault(first::freeze);
            run.awaitFlow(pause);
            await().pollDelay(Scenario.SESSION_TIMEOUT).atMost(FaultRun.PATIENCE).until(() -> true);
            Fault wakes = run.fault(first::thaw);
            awaitMembers(group, 2);
            first.awaitReady();
            run.awaitFlow(wakes);
            run.awaitResumed();

            // then
            run.conclude(0, 2);
        }
    }

    private static Map<String, Long> losses(FaultRun run) {
        Map<String, Long> losses = new HashMap<>();
        PublishedTexts published = run.conversations().published();
        run.conversations().chats().forEach(chat ->
                losses.put(chat, published.events(chat).stream().filter("session-lost"::equals).count()));
        return losses;
    }

    private static GroupMembers group(FaultRun run) {
        return new GroupMembers(run.rig().kafka().bootstrapServers(), run.rig().settings().kafka().groupId());
    }

    /** Waits until so many have equal shares of the twelve partitions: then no more moves are to come. */
    private static void awaitMembers(GroupMembers group, int count) {
        await(count + " members").atMost(FaultRun.PATIENCE).pollInterval(Duration.ofMillis(200))
                .untilAsserted(() -> assertThat(group.partitions().values()).hasSize(count)
                        .allSatisfy(share -> assertThat(share).hasSize(12 / count)));
    }
}

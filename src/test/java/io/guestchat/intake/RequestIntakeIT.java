package io.guestchat.intake;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

import io.guestchat.broker.EmbeddedKafka;
import org.apache.camel.component.kafka.KafkaConsumer;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The requests route on a real broker: order, at-least-once, watermarks, moves and outages. */
class RequestIntakeIT {
    private static final int CHATS = 64;
    private static final String GROUP = "bridge";
    private static final AtomicInteger TOPICS = new AtomicInteger();
    private static EmbeddedKafka kafka;

    @BeforeAll
    static void startBroker() {
        kafka = EmbeddedKafka.start();
    }

    @AfterAll
    static void stopBroker() {
        kafka.close();
    }

    private static TopicOnBroker topic(int partitions) {
        return new TopicOnBroker(kafka, "requests-" + TOPICS.incrementAndGet(), partitions);
    }

    /** A group of its own for each topic, so that no test meets another one's offsets. */
    private static String group(TopicOnBroker topic) {
        return GROUP + "-" + topic.name();
    }

    private static ConditionFactory soon() {
        return await().atMost(Duration.ofSeconds(40)).pollInterval(Duration.ofMillis(50));
    }

    private static List<String> values(int each) {
        return IntStream.range(0, each).mapToObj(Integer::toString).toList();
    }

    @Test
    void givenManyChats_whenTheirRequestsTakeRandomTimes_thenEachChatIsInOrderAndAllIsCommitted() throws Exception {
        try (TopicOnBroker topic = topic(4); SlowChats work = new SlowChats();
                IntakeRig bridge = new IntakeRig(topic, group(topic), IntakeSettings.defaults(), work)) {
            topic.sendInterleaved(CHATS, 0, 40);

            bridge.start();

            soon().untilAsserted(() -> assertThat(work.distinct()).isEqualTo(CHATS * 40));
            assertThat(work.firstExecutions().values()).hasSize(CHATS).allSatisfy(v -> assertThat(v).isEqualTo(values(40)));
            assertThat(work.count()).as("nothing twice").isEqualTo(CHATS * 40);
            assertThat(work.overlapsOfOneChat()).isZero();
            assertThat(work.mostAtOnce()).as("chats at once").isGreaterThan(CHATS / 2);
            soon().untilAsserted(() -> assertThat(topic.committed(group(topic))).isEqualTo(topic.ends()));
            soon().untilAsserted(() -> assertThat(bridge.owner.committed).isEqualTo(topic.ends()));
            assertThat(bridge.assignments.status().joined()).isTrue();
            assertThat(bridge.assignments.status().unfinished()).isZero();
            assertThat(bridge.lanes.inFlight()).isZero();
        }
    }

    @Test
    void givenRequestsInFlight_whenTheContextStopsAndANewOneStarts_thenNothingIsLostAndOrderIsKept() throws Exception {
        try (TopicOnBroker topic = topic(4); SlowChats work = new SlowChats()) {
            topic.sendInterleaved(CHATS, 0, 60);

            try (IntakeRig first = new IntakeRig(topic, group(topic), IntakeRig.settings(500), work).start()) {
                soon().until(() -> work.count() > CHATS * 5);
                first.camel.stop();
                assertThat(first.owner.released).containsExactlyInAnyOrder(0, 1, 2, 3);
                assertThat(first.lanes.inFlight()).as("drained").isZero();
                assertThat(first.assignments.status().partitionsAssigned()).isZero();
                assertThat(first.assignments.status().joined()).isFalse();
            }
            int carriedOutBefore = work.distinct();
            assertThat(carriedOutBefore).as("stopped in the middle").isLessThan(CHATS * 60);
            assertThat(topic.committed(group(topic)).values().stream().mapToLong(o -> o).sum()).isPositive()
                    .isLessThanOrEqualTo(carriedOutBefore);

            try (IntakeRig second = new IntakeRig(topic, group(topic), IntakeRig.settings(500), work).start()) {
                soon().untilAsserted(() -> assertThat(work.distinct()).as("lost").isEqualTo(CHATS * 60));
                assertThat(work.firstExecutions().values()).hasSize(CHATS).allSatisfy(v -> assertThat(v).isEqualTo(values(60)));
                assertThat(work.overlapsOfOneChat()).isZero();
                soon().untilAsserted(() -> assertThat(topic.committed(group(topic))).isEqualTo(topic.ends()));
                assertThat(second.owner.lost).isEmpty();
            }
        }
    }

    @Test
    void givenAStuckChat_whenOthersOfItsPartitionGoOn_thenTheyAreHeldUpOnlyAtTheBound() throws Exception {
        Set<String> carriedOut = ConcurrentHashMap.newKeySet();
        CompletableFuture<Void> unstuck = new CompletableFuture<>();
        RequestWork work = (record, whenFinished) -> {
            String key = new String(record.key(), UTF_8);
            if (key.equals("stuck") && !unstuck.isDone()) {
                unstuck.thenRun(whenFinished);
                return;
            }
            carriedOut.add(key + ":" + new String(record.value(), UTF_8));
            whenFinished.run();
        };
        try (TopicOnBroker topic = topic(1);
                IntakeRig bridge = new IntakeRig(topic, group(topic), IntakeRig.settings(100), work).start()) {
            topic.send("before", "0");
            topic.send("stuck", "0");
            topic.sendInterleaved(20, 0, 30);

            soon().untilAsserted(() -> assertThat(carriedOut).hasSize(1 + 20 * 30));
            soon().untilAsserted(() -> assertThat(topic.committed(group(topic))).isEqualTo(Map.of(0, 1L)));
            assertThat(bridge.assignments.status().unfinished()).isEqualTo(1);
            assertThat(bridge.assignments.status().oldestUnfinishedAge()).isPositive();
            // Told with the next poll: a moment ago the records of the others were too many.
            soon().untilAsserted(() -> assertThat(bridge.assignments.status().partitionsHeldBack()).isZero());

            IntStream.range(0, 150).forEach(i -> topic.send("stuck", "behind-" + i));
            topic.flush();
            soon().until(() -> bridge.assignments.status().partitionsHeldBack() == 1);
            topic.send("after", "0");
            topic.flush();
            await().during(Duration.ofSeconds(1)).atMost(Duration.ofSeconds(2)).until(() -> !carriedOut.contains("after:0"));

            unstuck.complete(null);
            soon().until(() -> carriedOut.contains("after:0") && carriedOut.contains("stuck:behind-149"));
            soon().untilAsserted(() -> assertThat(topic.committed(group(topic))).isEqualTo(topic.ends()));
        }
    }

    @Test
    void givenAnInstanceUnderLoad_whenAnotherJoins_thenSomePartitionsMoveDrainedAndCommittedAndTheRestStays() throws Exception {
        try (TopicOnBroker topic = topic(6); SlowChats work = new SlowChats();
                IntakeRig first = new IntakeRig(topic, group(topic), IntakeRig.settings(500), work).start();
                IntakeRig second = new IntakeRig(topic, group(topic), IntakeRig.settings(500), work)) {
            topic.sendInterleaved(CHATS, 0, 30);
            soon().until(() -> work.count() > CHATS * 3);

            second.start();
            topic.sendInterleaved(CHATS, 30, 30);

            soon().untilAsserted(() -> assertThat(second.owner.assigned).hasSize(3));
            Set<Integer> moved = new HashSet<>(second.owner.assignedPartitions());
            assertThat(first.owner.revoked).containsExactlyInAnyOrderElementsOf(moved);
            assertThat(first.owner.released).containsExactlyInAnyOrderElementsOf(moved);
            assertThat(first.owner.assignedPartitions()).as("what stays is not taken up again")
                    .containsExactlyInAnyOrder(0, 1, 2, 3, 4, 5);
            second.owner.assigned.forEach(a -> {
                assertThat(a.committedOffset()).as("the old owner's last commit").isPositive()
                        .isEqualTo(first.owner.committedAtRelease.get(a.partition()));
                assertThat(a.generation()).isGreaterThan(first.owner.assigned.get(0).generation());
                assertThat(a.endOffset()).isGreaterThanOrEqualTo(a.committedOffset());
            });

            soon().untilAsserted(() -> assertThat(work.distinct()).as("lost").isEqualTo(CHATS * 60));
            assertThat(work.firstExecutions().values()).hasSize(CHATS).allSatisfy(v -> assertThat(v).isEqualTo(values(60)));
            assertThat(work.overlapsOfOneChat()).isZero();
            soon().untilAsserted(() -> assertThat(topic.committed(group(topic))).isEqualTo(topic.ends()));
            assertThat(first.owner.lost).isEmpty();
        }
    }

    @Test
    void givenAnOwnerThatReadsItsState_whenRequestsCome_thenTheyWaitAndOtherPartitionsGoOn() throws Exception {
        Set<String> carriedOut = ConcurrentHashMap.newKeySet();
        CompletableFuture<Void> stateRead = new CompletableFuture<>();
        try (TopicOnBroker topic = topic(2);
                IntakeRig bridge = new IntakeRig(topic, group(topic), IntakeRig.settings(100), (record, whenFinished) -> {
                    carriedOut.add(new String(record.value(), UTF_8));
                    whenFinished.run();
                })) {
            bridge.owner.whenAssigned = partition -> partition == 0 ? stateRead : CompletableFuture.completedFuture(null);
            topic.sendTo(0, "a", "waits");
            topic.sendTo(1, null, "goes on, without a key");
            topic.flush();

            bridge.start();

            soon().until(() -> carriedOut.contains("goes on, without a key"));
            await().during(Duration.ofSeconds(1)).atMost(Duration.ofSeconds(2)).until(() -> !carriedOut.contains("waits"));
            assertThat(bridge.assignments.status().partitionsNotRead()).isEqualTo(1);
            assertThat(bridge.owner.assigned).filteredOn(a -> a.partition() == 0).singleElement().satisfies(a -> {
                assertThat(a.endOffset()).isEqualTo(1);
                assertThat(a.committedOffset()).isEqualTo(-1);
            });

            stateRead.complete(null);
            soon().until(() -> carriedOut.contains("waits"));
            assertThat(bridge.assignments.status().partitionsNotRead()).isZero();
        }
    }

    @Test
    void givenAnOwnerThatFails_whenItIsAskedAgain_thenThePartitionIsTakenUp() throws Exception {
        List<String> carriedOut = new CopyOnWriteArrayList<>();
        AtomicInteger calls = new AtomicInteger();
        try (TopicOnBroker topic = topic(1);
                IntakeRig bridge = new IntakeRig(topic, group(topic), IntakeRig.settings(100), (record, whenFinished) -> {
                    carriedOut.add(new String(record.value(), UTF_8));
                    whenFinished.run();
                })) {
            bridge.owner.whenAssigned = partition -> {
                switch (calls.incrementAndGet()) {
                    case 1:
                        throw new IllegalStateException("not even a stage");
                    case 2:
                        return CompletableFuture.failedFuture(new IllegalStateException("state not readable"));
                    default:
                        return CompletableFuture.completedFuture(null);
                }
            };
            topic.send("a", "one");
            topic.flush();

            bridge.start();

            soon().until(() -> carriedOut.contains("one"));
            assertThat(calls).hasValue(3);
        }
    }

    @Test
    void givenRequestsInFlight_whenTheRouteIsSuspendedAndResumed_thenNoneComesTwice() throws Exception {
        List<String> carriedOut = new CopyOnWriteArrayList<>();
        CompletableFuture<Void> goOn = new CompletableFuture<>();
        try (TopicOnBroker topic = topic(1);
                IntakeRig bridge = new IntakeRig(topic, group(topic), IntakeRig.settings(100), (record, whenFinished) -> {
                    carriedOut.add(new String(record.key(), UTF_8));
                    goOn.thenRun(whenFinished);
                }).start()) {
            topic.sendInterleaved(10, 0, 1);
            soon().until(() -> carriedOut.size() == 10);

            bridge.camel.getRouteController().suspendRoute(IntakeRig.ROUTE);
            KafkaConsumer camels = (KafkaConsumer) bridge.camel.getRoute(IntakeRig.ROUTE).getConsumer();
            soon().until(camels::isKafkaPaused);
            topic.send("later", "0");
            topic.flush();
            await().during(Duration.ofSeconds(1)).atMost(Duration.ofSeconds(2)).until(() -> carriedOut.size() == 10);

            bridge.camel.getRouteController().resumeRoute(IntakeRig.ROUTE);
            soon().until(() -> carriedOut.contains("later"));
            goOn.complete(null);
            soon().untilAsserted(() -> assertThat(topic.committed(group(topic))).isEqualTo(Map.of(0, 11L)));
            assertThat(carriedOut).hasSize(11).doesNotHaveDuplicates();
        }
    }

    @Test
    void givenARequestThatNeverEnds_whenTheContextStops_thenItWaitsNoLongerThanTheDrainTimeoutAndItsOffsetIsNotCommitted()
            throws Exception {
        try (TopicOnBroker topic = topic(1)) {
            IntakeSettings settings = new IntakeSettings(100, Long.MAX_VALUE, Duration.ofSeconds(1), Duration.ofMillis(50));
            Set<String> begun = ConcurrentHashMap.newKeySet();
            try (IntakeRig bridge = new IntakeRig(topic, group(topic), settings, (record, whenFinished) -> {
                begun.add(new String(record.key(), UTF_8));
                if (!begun.contains("endless")) {
                    whenFinished.run();
                }
            }).start()) {
                topic.send("short", "0");
                topic.flush();
                soon().until(() -> begun.contains("short"));
                topic.send("endless", "0");
                topic.flush();
                soon().until(() -> begun.contains("endless"));

                await().atMost(Duration.ofSeconds(15)).untilAsserted(bridge.camel::stop);

                assertThat(bridge.owner.released).containsExactly(0);
                assertThat(topic.committed(group(topic))).isEqualTo(Map.of(0, 1L));
            }
        }
    }

    @Test
    void givenABridgeAtWork_whenTheBrokerStopsAndStartsAgain_thenItGoesOnByItself() throws Exception {
        try (EmbeddedKafka broker = EmbeddedKafka.start();
                TopicOnBroker topic = new TopicOnBroker(broker, "requests", 4); SlowChats work = new SlowChats();
                IntakeRig bridge = new IntakeRig(topic, GROUP, IntakeRig.settings(500), work)) {
            topic.sendInterleaved(CHATS, 0, 40);
            bridge.start();
            soon().until(() -> work.count() > CHATS * 3);

            broker.stop();
            soon().until(() -> !bridge.assignments.status().joined());
            broker.startAgain();

            topic.sendInterleaved(CHATS, 40, 20);
            soon().untilAsserted(() -> assertThat(work.distinct()).as("lost").isEqualTo(CHATS * 60));
            assertThat(work.firstExecutions().values()).hasSize(CHATS).allSatisfy(v -> assertThat(v).isEqualTo(values(60)));
            soon().untilAsserted(() -> assertThat(topic.committed(GROUP)).isEqualTo(topic.ends()));
            assertThat(bridge.assignments.status().joined()).isTrue();
        }
    }
}

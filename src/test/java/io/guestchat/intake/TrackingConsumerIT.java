package io.guestchat.intake;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;

import io.guestchat.broker.EmbeddedKafka;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.RemoveMembersFromConsumerGroupOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The consumer by itself, polled by the test as Camel's loop polls it. */
class TrackingConsumerIT {
    private static final AtomicInteger TOPICS = new AtomicInteger();
    private static EmbeddedKafka kafka;
    private final Assignments assignments = new Assignments(System::nanoTime);
    private final Lease lease = new Lease(Duration.ofSeconds(3), System::nanoTime);
    private final RecordingOwner owner = new RecordingOwner();
    private final ChatLanes lanes = new ChatLanes(Runnable::run, (record, whenFinished) -> whenFinished.run());
    private final CamelsListener camel = new CamelsListener();
    private final List<String> polled = new ArrayList<>();

    /** Stands where Camel's own listener stands; says what it was told. */
    private static final class CamelsListener implements ConsumerRebalanceListener {
        private final List<String> told = new ArrayList<>();

        @Override
        public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
            told.add("assigned " + partitions.size());
        }

        @Override
        public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
            told.add("revoked " + partitions.size());
        }
    }

    @BeforeAll
    static void startBroker() {
        kafka = EmbeddedKafka.start();
    }

    @AfterAll
    static void stopBroker() {
        kafka.close();
    }

    private static TopicOnBroker topic(int partitions) {
        return new TopicOnBroker(kafka, "tracked-" + TOPICS.incrementAndGet(), partitions);
    }

    private TrackingConsumer consumer(String group, Map<String, String> more) {
        Properties properties = new Properties();
        properties.putAll(Map.of("bootstrap.servers", kafka.bootstrapServers(), "group.id", group,
                "auto.offset.reset", "earliest"));
        properties.putAll(more);
        return new TrackingConsumer(properties, assignments, lanes, owner, lease, IntakeRig.settings(100), System::nanoTime);
    }

    private void poll(TrackingConsumer consumer) {
        consumer.poll(Duration.ofMillis(50)).forEach(record -> polled.add(new String(record.value(), UTF_8)));
    }

    private void pollUntil(TrackingConsumer consumer, String value) {
        await().atMost(Duration.ofSeconds(20)).pollInterval(Duration.ofMillis(10)).until(() -> {
            poll(consumer);
            return polled.contains(value);
        });
    }

    @Test
    void givenAPartitionThatGoesBack_whenPolled_thenItsOwnerLosesItAndGetsItAgainAndAllComesAgain() {
        try (TopicOnBroker topic = topic(1); TrackingConsumer consumer = consumer("back", Map.of())) {
            topic.sendInterleaved(1, 0, 5);
            consumer.subscribe(List.of(topic.name()), camel);
            pollUntil(consumer, "4");

            // What Kafka does to the position where a topic was made anew under a running consumer.
            consumer.seekToBeginning(List.of(new TopicPartition(topic.name(), 0)));
            polled.clear();
            pollUntil(consumer, "4");

            assertThat(polled).containsExactly("0", "1", "2", "3", "4");
            assertThat(owner.lost).containsExactly(0);
            assertThat(owner.assignedPartitions()).containsExactly(0, 0);
            assertThat(assignments.status().unfinished()).isEqualTo(5);
        }
    }

    @Test
    void givenRecordsInFlight_whenSomebodySeeks_thenThePositionStays() {
        try (TopicOnBroker topic = topic(1); TrackingConsumer consumer = consumer("seek", Map.of())) {
            topic.sendInterleaved(1, 0, 5);
            consumer.subscribe(List.of(topic.name()), camel);
            pollUntil(consumer, "4");
            TopicPartition partition = new TopicPartition(topic.name(), 0);

            consumer.seek(partition, 0);
            consumer.seek(partition, new OffsetAndMetadata(0));

            assertThat(consumer.position(partition)).isEqualTo(5);
        }
    }

    @Test
    void givenAutoCommitAsked_whenTheConsumerCloses_thenUnfinishedRecordsAreNotCommitted() throws Exception {
        try (TopicOnBroker topic = topic(1)) {
            topic.sendInterleaved(1, 0, 5);
            Map<String, String> autoCommit = Map.of("enable.auto.commit", "true", "auto.commit.interval.ms", "1");
            try (TrackingConsumer consumer = consumer("auto", autoCommit)) {
                consumer.subscribe(List.of(topic.name()), camel);
                pollUntil(consumer, "4");
                assignments.of(0).progress().finish(0);
            }

            assertThat(topic.committed("auto")).isEqualTo(Map.of(0, 1L));
            assertThat(owner.released).containsExactly(0);
            assertThat(owner.lost).isEmpty();
            assertThat(camel.told).containsExactly("assigned 1", "revoked 1");
        }
    }

    @Test
    void givenTheEagerAssignor_whenAnotherConsumerJoins_thenWhatStaysIsRevokedAndAssignedAnewAndNothingIsLost() throws Exception {
        Map<String, String> eager = Map.of("partition.assignment.strategy", "org.apache.kafka.clients.consumer.RangeAssignor",
                "heartbeat.interval.ms", "200");
        try (TopicOnBroker topic = topic(2); TrackingConsumer consumer = consumer("eager", eager)) {
            topic.sendTo(0, "a", "zero");
            topic.sendTo(1, "b", "one");
            topic.flush();
            consumer.subscribe(List.of(topic.name()), camel);
            pollUntil(consumer, "zero");
            pollUntil(consumer, "one");
            assignments.current().forEach(a -> a.progress().finish(0));

            ExecutorService othersThread = Executors.newSingleThreadExecutor();
            AtomicBoolean stop = new AtomicBoolean();
            othersThread.execute(() -> {
                try (KafkaConsumer<byte[], byte[]> other = plainConsumer("eager", eager)) {
                    other.subscribe(List.of(topic.name()));
                    while (!stop.get()) {
                        other.poll(Duration.ofMillis(50));
                    }
                }
            });
            await().atMost(Duration.ofSeconds(20)).pollInterval(Duration.ofMillis(10)).until(() -> {
                poll(consumer);
                return assignments.status().partitionsAssigned() == 1 && owner.assigned.size() == 3;
            });

            assertThat(owner.revoked).containsExactlyInAnyOrder(0, 1);
            assertThat(topic.committed("eager")).isEqualTo(Map.of(0, 1L, 1, 1L));
            int kept = assignments.current().get(0).partition();
            assertThat(owner.assigned.get(2)).satisfies(again -> {
                assertThat(again.partition()).isEqualTo(kept);
                assertThat(again.committedOffset()).isEqualTo(1);
                assertThat(again.generation()).isGreaterThan(owner.assigned.get(0).generation());
            });
            stop.set(true);
            othersThread.shutdown();
            assertThat(othersThread.awaitTermination(20, TimeUnit.SECONDS)).isTrue();
        }
    }

    private static KafkaConsumer<byte[], byte[]> plainConsumer(String group, Map<String, String> more) {
        Properties properties = new Properties();
        properties.putAll(Map.of("bootstrap.servers", kafka.bootstrapServers(), "group.id", group,
                "enable.auto.commit", "false"));
        properties.putAll(more);
        return new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    @Test
    void givenSeveralTopicsOrAPattern_whenSubscribed_thenItIsRefused() {
        try (TrackingConsumer consumer = consumer("several", Map.of())) {
            assertThatIllegalArgumentException().isThrownBy(() -> consumer.subscribe(List.of("one", "two"), camel));
            assertThatThrownBy(() -> consumer.subscribe(Pattern.compile("guest.*"), camel))
                    .isInstanceOf(UnsupportedOperationException.class);
        }
    }

    @Test
    void givenTheFactory_whenAClientOfAnotherGroupIsAsked_thenItIsAPlainOne() {
        LeasedKafkaClients factory = new LeasedKafkaClients("bridge", new Properties(), assignments, lanes, owner, lease,
                IntakeSettings.defaults(), System::nanoTime);
        Map<String, String> plain = new HashMap<>(Map.of("bootstrap.servers", kafka.bootstrapServers(), "group.id", "bridge",
                "key.deserializer", "org.apache.kafka.common.serialization.StringDeserializer",
                "value.deserializer", "org.apache.kafka.common.serialization.StringDeserializer"));
        Properties requests = new Properties();
        requests.putAll(plain);
        Properties others = new Properties();
        others.putAll(plain);
        others.put("group.id", "others");

        try (Consumer<?, ?> tracking = factory.getConsumer(requests); Consumer<?, ?> other = factory.getConsumer(others)) {
            assertThat(tracking).isInstanceOf(TrackingConsumer.class);
            assertThat(other).isNotInstanceOf(TrackingConsumer.class);
        }
    }

    @Test
    void givenATopicWithoutRecords_whenPolled_thenTheLeaseIsHeldAndStaysSoUntilNobodyPolls() {
        try (TopicOnBroker topic = topic(1); TrackingConsumer consumer = consumer("lease", Map.of())) {
            consumer.subscribe(List.of(topic.name()), camel);
            assertThat(lease.isHeld()).isFalse();
            soon(consumer).until(lease::isHeld);

            soon(consumer).during(Duration.ofSeconds(4)).until(lease::isHeld);

            await().atMost(Duration.ofSeconds(10)).until(() -> !lease.isHeld());
            soon(consumer).until(lease::isHeld);
        }
    }

    @Test
    void givenAMemberThatTheGroupGaveUp_whenItPollsAgain_thenItsPartitionsAreLostBeforeTheLeaseIsHeldAgain() throws Exception {
        try (TopicOnBroker topic = topic(1); TrackingConsumer consumer = consumer("given-up", Map.of());
                Admin admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrapServers()))) {
            consumer.subscribe(List.of(topic.name()), camel);
            soon(consumer).until(lease::isHeld);

            admin.removeMembersFromConsumerGroup("given-up", new RemoveMembersFromConsumerGroupOptions()).all().get();
            await().atMost(Duration.ofSeconds(10)).until(() -> !lease.isHeld());

            soon(consumer).until(() -> lease.isHeld() || !owner.lost.isEmpty());
            assertThat(owner.lost).containsExactly(0);
            soon(consumer).until(lease::isHeld);
        }
    }

    private ConditionFactory soon(TrackingConsumer consumer) {
        return await().atMost(Duration.ofSeconds(20)).pollInterval(Duration.ofMillis(10)).pollInSameThread()
                .conditionEvaluationListener(evaluated -> poll(consumer));
    }

    @Test
    void givenTheLease_whenARecordIsSent_thenItGoesOnlyWhileTheLeaseIsHeld() throws Exception {
        Properties properties = new Properties();
        properties.putAll(Map.of("bootstrap.servers", kafka.bootstrapServers(),
                "key.serializer", ByteArraySerializer.class.getName(), "value.serializer", ByteArraySerializer.class.getName()));
        try (TopicOnBroker topic = topic(1); LeasedProducer producer = new LeasedProducer(properties, lease, System::nanoTime)) {
            ProducerRecord<Object, Object> record = new ProducerRecord<>(topic.name(), new byte[] {1});
            List<Exception> told = new ArrayList<>();

            assertThatThrownBy(() -> producer.send(record, (metadata, failure) -> told.add(failure)).get())
                    .hasCauseInstanceOf(RetriableException.class);
            assertThat(told).singleElement().isInstanceOf(RetriableException.class);
            assertThatThrownBy(() -> producer.send(record).get()).hasCauseInstanceOf(RetriableException.class);
            lease.renewed(System.nanoTime());
            RecordMetadata first = producer.send(record).get();

            assertThat(first.offset()).as("the first to arrive").isZero();
        }
    }
}

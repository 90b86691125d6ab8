package io.guestchat.state;

import static org.assertj.core.api.Assertions.assertThat;

import io.guestchat.state.SessionStore.Stored;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.consumer.OffsetResetStrategy;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.junit.jupiter.api.Test;

/** What of a partition counts, whoever else is read beside it. */
class SessionStoreTest {

    private static final String TOPIC = "sessions";

    private final Deque<Runnable> asked = new ArrayDeque<>();
    private final Deque<Runnable> polls = new ArrayDeque<>();
    private final List<MockConsumer<byte[], byte[]>> consumers = new ArrayList<>();
    private final Map<Integer, Long> ends = new HashMap<>(Map.of(0, 0L, 1, 0L, 2, 0L));
    private final Set<Integer> withoutLeader = new HashSet<>();
    private long nanos;
    private final SessionStore store = new SessionStore(this::consumer, TOPIC, asked::add, () -> nanos);

    /** Each poll does the next thing that the test has put down. */
    private MockConsumer<byte[], byte[]> consumer() {
        MockConsumer<byte[], byte[]> consumer = new MockConsumer<>(OffsetResetStrategy.EARLIEST) {
            @Override
            public synchronized ConsumerRecords<byte[], byte[]> poll(Duration timeout) {
                polls.remove().run();
                return super.poll(timeout);
            }

            /** As Kafka's own consumer has it, and its mock has not. */
            @Override
            public synchronized void seekToBeginning(Collection<TopicPartition> partitions) {
                super.seekToBeginning(partitions.isEmpty() ? assignment() : partitions);
            }

            @Override
            public synchronized Map<TopicPartition, Long> endOffsets(Collection<TopicPartition> partitions, Duration timeout) {
                if (partitions.stream().anyMatch(partition -> withoutLeader.contains(partition.partition()))) {
                    throw new TimeoutException("no leader");
                }
                return partitions.stream().collect(Collectors.toMap(Function.identity(), partition -> ends.get(partition.partition())));
            }
        };
        for (int partition : ends.keySet()) {
            consumer.updateBeginningOffsets(Map.of(of(partition), 0L));
        }
        consumers.add(consumer);
        return consumer;
    }

    private static TopicPartition of(int partition) {
        return new TopicPartition(TOPIC, partition);
    }

    private void stored(int partition, long offset, String chatId, byte[] state) {
        consumers.get(consumers.size() - 1).addRecord(new ConsumerRecord<>(TOPIC, partition, offset,
                chatId.getBytes(StandardCharsets.UTF_8), state));
    }

    private static byte[] state(String session) {
        return SessionRecordCodec.write(new SessionRecord(1, 3, "connected", session, "c", 40, null, null, null, 0, 0, null, null,
                null, 0, null, null, 0, null));
    }

    private static Stored now(CompletionStage<Stored> reading) {
        assertThat(reading).isCompleted();
        return reading.toCompletableFuture().join();
    }

    @Test
    void givenManyStatesOfAChat_whenRead_thenTheLastCountsAndWhatIsBehindItNeedNotBeReadable() {
        ends.put(0, 6L);
        CompletionStage<Stored> reading = store.read(0);
        polls.add(() -> {
            stored(0, 0, "a", new byte[] {'{'});
            stored(0, 1, "a", state("old"));
            stored(0, 2, "b", state("gone"));
            stored(0, 3, "a", state("new"));
            stored(0, 4, "b", null);
            stored(0, 5, "c", new byte[] {'{'});
        });

        asked.remove().run();

        assertThat(now(reading).sessions()).as("b is over, c cannot be read").containsOnlyKeys("a");
        assertThat(now(reading).sessions().get("a").webchatSessionId()).isEqualTo("new");
        assertThat(now(reading).end()).isEqualTo(6);
    }

    @Test
    void givenPartitionsThatAreAskedForTogether_whenRead_thenOneConsumerReadsEachOnce() {
        ends.putAll(Map.of(0, 1L, 1, 2L));
        CompletionStage<Stored> first = store.read(0);
        CompletionStage<Stored> second = store.read(1);
        polls.add(() -> {
            stored(0, 0, "a", state("one"));
            stored(1, 0, "b", state("two"));
        });
        polls.add(() -> {
            assertThat(first).as("is not kept waiting for its neighbour").isCompleted();
            assertThat(second).isNotDone();
            assertThat(consumers.get(0).position(of(1))).as("where it was").isEqualTo(1);
            stored(1, 1, "c", state("three"));
        });

        asked.forEach(Runnable::run);

        assertThat(now(first).sessions()).containsOnlyKeys("a");
        assertThat(now(second).sessions()).containsOnlyKeys("b", "c");
        assertThat(consumers).hasSize(1);
    }

    @Test
    void givenAPartitionThatIsBeingRead_whenItIsAskedForAgain_thenItIsReadAgain() {
        ends.put(0, 1L);
        CompletionStage<Stored> first = store.read(0);
        List<CompletionStage<Stored>> again = new ArrayList<>();
        polls.add(() -> {
            again.add(store.read(0));
            again.add(store.read(1));
            stored(0, 0, "a", state("one"));
        });
        polls.add(() -> stored(0, 0, "a", state("one")));

        asked.remove().run();

        assertThat(now(first).sessions()).containsOnlyKeys("a");
        assertThat(now(again.get(0)).sessions()).containsOnlyKeys("a");
        assertThat(now(again.get(1)).sessions()).isEmpty();
    }

    @Test
    void givenAPartitionWithoutALeader_whenReadBesideAnother_thenItIsAskedAgainLaterAndTheOtherDoesNotWait() {
        withoutLeader.add(1);
        CompletionStage<Stored> leaderless = store.read(1);
        CompletionStage<Stored> other = store.read(0);
        polls.add(() -> assertThat(other).isNotDone());
        polls.add(() -> {
            assertThat(other).isCompleted();
            withoutLeader.clear();
        });
        polls.add(() -> {
            assertThat(leaderless).as("asked at most every five seconds").isNotDone();
            nanos = Duration.ofSeconds(6).toNanos();
        });
        polls.add(() -> { });

        asked.remove().run();

        assertThat(now(leaderless).end()).isZero();
    }

    @Test
    void givenAPartitionOfWhichNothingComes_whenAMinuteIsOver_thenItFailsAndItsNeighbourDoesNot() {
        ends.put(0, 5L);
        CompletionStage<Stored> silent = store.read(0);
        CompletionStage<Stored> other = store.read(1);
        polls.add(() -> { });
        polls.add(() -> nanos = Duration.ofSeconds(61).toNanos());

        asked.remove().run();

        assertThat(now(other).sessions()).isEmpty();
        assertThat(silent).isCompletedExceptionally();
        assertThat(silent.handle((stored, failure) -> failure).toCompletableFuture().join()).isInstanceOf(TimeoutException.class);
    }

    @Test
    void givenABrokerThatRefuses_whenRead_thenAllThatWereBeingReadFailAndTheNextAreReadAnew() {
        CompletionStage<Stored> refused = store.read(0);
        polls.add(() -> {
            throw new KafkaException("not for you");
        });
        asked.remove().run();
        CompletionStage<Stored> next = store.read(0);
        polls.add(() -> { });

        asked.remove().run();

        assertThat(refused).isCompletedExceptionally();
        assertThat(now(next).end()).isZero();
        assertThat(consumers).hasSize(2).allMatch(MockConsumer::closed);
    }
}

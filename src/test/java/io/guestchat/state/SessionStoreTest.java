package io.guestchat.state;

import static org.assertj.core.api.Assertions.assertThat;

import io.guestchat.state.SessionStore.Stored;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
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
    private final List<MockConsumer<byte[], byte[]>> consumers = new ArrayList<>();
    private final Deque<Runnable> polls = new ArrayDeque<>();
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
        };
        for (int partition = 0; partition < 3; partition++) {
            consumer.updateBeginningOffsets(Map.of(of(partition), 0L));
            consumer.updateEndOffsets(Map.of(of(partition), 0L));
        }
        consumers.add(consumer);
        return consumer;
    }

    private static TopicPartition of(int partition) {
        return new TopicPartition(TOPIC, partition);
    }

    private void end(int partition, long offset) {
        polls.add(() -> consumers.get(consumers.size() - 1).updateEndOffsets(Map.of(of(partition), offset)));
    }

    private void stored(int partition, long offset, String chatId, byte[] state) {
        Runnable before = polls.pollLast();
        polls.add(() -> {
            if (before != null) {
                before.run();
            }
            consumers.get(consumers.size() - 1).addRecord(new ConsumerRecord<>(TOPIC, partition, offset,
                    chatId.getBytes(StandardCharsets.UTF_8), state));
        });
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
        CompletionStage<Stored> reading = store.read(0);
        end(0, 6);
        stored(0, 0, "a", new byte[] {'{'});
        stored(0, 1, "a", state("old"));
        stored(0, 2, "b", state("gone"));
        stored(0, 3, "a", state("new"));
        stored(0, 4, "b", null);
        stored(0, 5, "c", new byte[] {'{'});

        asked.remove().run();

        assertThat(now(reading).sessions()).as("b is over, c cannot be read").containsOnlyKeys("a");
        assertThat(now(reading).sessions().get("a").webchatSessionId()).isEqualTo("new");
        assertThat(now(reading).end()).isEqualTo(6);
    }

    @Test
    void givenPartitionsThatAreAskedForTogether_whenRead_thenOneConsumerReadsEachOnce() {
        CompletionStage<Stored> first = store.read(0);
        CompletionStage<Stored> second = store.read(1);
        polls.add(() -> {
            consumers.get(0).updateEndOffsets(Map.of(of(0), 1L, of(1), 2L));
            consumers.get(0).addRecord(new ConsumerRecord<>(TOPIC, 0, 0, "a".getBytes(StandardCharsets.UTF_8), state("one")));
            consumers.get(0).addRecord(new ConsumerRecord<>(TOPIC, 1, 0, "b".getBytes(StandardCharsets.UTF_8), state("two")));
        });
        polls.add(() -> {
            assertThat(first).as("is not kept waiting for its neighbour").isCompleted();
            assertThat(second).isNotDone();
            assertThat(consumers.get(0).position(of(1))).as("where it was").isEqualTo(1);
            consumers.get(0).addRecord(new ConsumerRecord<>(TOPIC, 1, 1, "c".getBytes(StandardCharsets.UTF_8), state("three")));
        });

        asked.forEach(Runnable::run);

        assertThat(now(first).sessions()).containsOnlyKeys("a");
        assertThat(now(second).sessions()).containsOnlyKeys("b", "c");
        assertThat(consumers).hasSize(1);
    }

    @Test
    void givenAPartitionThatIsBeingRead_whenItIsAskedForAgain_thenItIsReadAgain() {
        CompletionStage<Stored> first = store.read(0);
        List<CompletionStage<Stored>> again = new ArrayList<>();
        polls.add(() -> {
            again.add(store.read(0));
            again.add(store.read(1));
            consumers.get(0).updateEndOffsets(Map.of(of(0), 1L));
            consumers.get(0).addRecord(new ConsumerRecord<>(TOPIC, 0, 0, "a".getBytes(StandardCharsets.UTF_8), state("one")));
        });
        polls.add(() -> consumers.get(0).addRecord(
                new ConsumerRecord<>(TOPIC, 0, 0, "a".getBytes(StandardCharsets.UTF_8), state("one"))));

        asked.remove().run();

        assertThat(now(first).sessions()).containsOnlyKeys("a");
        assertThat(now(again.get(0)).sessions()).containsOnlyKeys("a");
        assertThat(now(again.get(1)).sessions()).isEmpty();
    }

    @Test
    void givenAPartitionOfWhichNothingComes_whenAMinuteIsOver_thenItFailsAndItsNeighbourDoesNot() {
        CompletionStage<Stored> silent = store.read(0);
        CompletionStage<Stored> other = store.read(1);
        polls.add(() -> consumers.get(0).updateEndOffsets(Map.of(of(0), 5L)));
        polls.add(() -> nanos = Duration.ofSeconds(61).toNanos());

        asked.remove().run();

        assertThat(now(other).sessions()).isEmpty();
        assertThat(silent).isCompletedExceptionally();
        assertThat(silent.handle((stored, failure) -> failure).toCompletableFuture().join())
                .isInstanceOf(TimeoutException.class);
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

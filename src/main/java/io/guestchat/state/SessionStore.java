package io.guestchat.state;

import io.guestchat.contract.ChatId;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads partitions of {@code guestchat.sessions} to their end, with a consumer that belongs to no group: whoever has just been
 * given a partition of the requests wants all of it, whatever anybody read before. Those that are asked for together share the
 * consumer, as the group gives an instance many at once; each is told as soon as it is read.
 *
 * <p>Until the topic is compacted it holds all that was ever said of a chat, some dozens of records. So of each chat, which is the
 * bytes of a key until then, only the last one is decoded.
 */
public final class SessionStore {

    private static final Logger LOG = LoggerFactory.getLogger(SessionStore.class);
    private static final Duration POLL = Duration.ofMillis(200);
    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final Duration ASK = Duration.ofMillis(500);
    private static final Duration ASK_AGAIN = Duration.ofSeconds(5);
    private static final long UNKNOWN = -1;
    private static final int RECORDS = 5_000;
    private static final int PARTITION_BYTES = 4 * 1024 * 1024;

    private final Supplier<Consumer<byte[], byte[]>> consumers;
    private final String topic;
    private final Executor reader;
    private final LongSupplier nanoTime;
    private final Queue<Reading> asked = new ConcurrentLinkedQueue<>();

    /**
     * @param client the Kafka client's settings: brokers, security
     * @param reader one thread, which the reading blocks
     */
    public SessionStore(Properties client, String topic, Executor reader) {
        this(() -> consumer(client), topic, reader, System::nanoTime);
    }

    SessionStore(Supplier<Consumer<byte[], byte[]>> consumers, String topic, Executor reader, LongSupplier nanoTime) {
        this.consumers = consumers;
        this.topic = topic;
        this.reader = reader;
        this.nanoTime = nanoTime;
    }

    /**
     * What a partition holds.
     *
     * @param sessions the last state of each chat, by chat id
     * @param end the offset up to which it was read: later records have it as theirs or a higher one
     */
    public record Stored(Map<String, SessionRecord> sessions, long end) {
    }

    /**
     * The partition as it stands. Fails where Kafka does not let us, and where nothing of the partition has come for a minute.
     * What depends on it runs on the reader's thread.
     */
    public CompletionStage<Stored> read(int partition) {
        Reading reading = new Reading(new TopicPartition(topic, partition));
        asked.add(reading);
        reader.execute(this::readAsked);
        return reading.result;
    }

    private void readAsked() {
        if (asked.isEmpty()) {
            return;
        }
        Map<TopicPartition, Reading> open = new LinkedHashMap<>();
        try (Consumer<byte[], byte[]> consumer = consumers.get()) {
            while (join(consumer, open)) {
                askEnds(consumer, open.values().stream().filter(Reading::isEndToBeAsked).toList());
                consumer.poll(POLL).forEach(stored -> open.get(new TopicPartition(stored.topic(), stored.partition())).add(stored));
                open.values().removeIf(reading -> isOver(consumer, reading));
            }
        } catch (RuntimeException failure) {
            open.values().forEach(reading -> reading.result.completeExceptionally(failure));
        }
    }

    /** Who has asked meanwhile is read as well; not so a partition that is being read: its end may be older than the question. */
    private boolean join(Consumer<byte[], byte[]> consumer, Map<TopicPartition, Reading> open) {
        List<TopicPartition> added = new ArrayList<>();
        for (Iterator<Reading> all = asked.iterator(); all.hasNext();) {
            Reading reading = all.next();
            if (open.putIfAbsent(reading.partition, reading) == null) {
                all.remove();
                added.add(reading.partition);
                reading.lastNanos = nanoTime.getAsLong();
            }
        }
        if (!added.isEmpty() || consumer.assignment().size() != open.size()) {
            consumer.assign(List.copyOf(open.keySet()));
        }
        if (!added.isEmpty()) {
            // Of no partition would mean: of all.
            consumer.seekToBeginning(added);
        }
        return !open.isEmpty();
    }

    /**
     * The end is asked of the broker, and not taken from what it says beside the records: a leader that is new may say less there
     * than its predecessor had acknowledged, but does not answer this question before it knows (KIP-207).
     */
    private void askEnds(Consumer<byte[], byte[]> consumer, List<Reading> some) {
        if (some.isEmpty()) {
            return;
        }
        try {
            Map<TopicPartition, Long> ends = consumer.endOffsets(some.stream().map(reading -> reading.partition).toList(), ASK);
            some.forEach(reading -> reading.end = ends.get(reading.partition));
        } catch (TimeoutException noAnswer) {
            if (some.size() > 1) {
                // One that has no leader keeps the answers of all.
                some.forEach(reading -> askEnds(consumer, List.of(reading)));
            } else {
                some.get(0).askAgainAt = nanoTime.getAsLong() + ASK_AGAIN.toNanos();
            }
        }
    }

    private boolean isOver(Consumer<byte[], byte[]> consumer, Reading reading) {
        long position = position(consumer, reading.partition);
        if (reading.end != UNKNOWN && position >= reading.end) {
            reading.result.complete(new Stored(reading.sessions(), position));
        } else if (nanoTime.getAsLong() - reading.lastNanos > PATIENCE.toNanos()) {
            reading.result.completeExceptionally(new TimeoutException("nothing of " + reading.partition + " for " + PATIENCE));
        }
        return reading.result.isDone();
    }

    /** Does not wait: {@link #UNKNOWN} as long as the broker has not told where the partition begins. */
    private static long position(Consumer<byte[], byte[]> consumer, TopicPartition partition) {
        try {
            return consumer.position(partition, Duration.ZERO);
        } catch (TimeoutException notYet) {
            return UNKNOWN;
        }
    }

    private static Consumer<byte[], byte[]> consumer(Properties client) {
        Properties settings = new Properties();
        settings.putAll(client);
        settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, "false");
        settings.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_uncommitted");
        // The chats wait for it: few large answers, and a socket's buffer as large as the system likes.
        settings.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, RECORDS);
        settings.put(ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG, PARTITION_BYTES);
        settings.put(ConsumerConfig.RECEIVE_BUFFER_CONFIG, -1);
        // What is asked for ahead of the next poll is beyond the end: the broker would wait half a second for it, and close() too.
        settings.put(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, "10");
        return new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    /** A partition that is being read. Reader's thread only. */
    private final class Reading {

        private final TopicPartition partition;
        private final CompletableFuture<Stored> result = new CompletableFuture<>();
        private final Map<ByteBuffer, ConsumerRecord<byte[], byte[]>> last = new HashMap<>();
        private long end = UNKNOWN;
        private long askAgainAt;
        private long lastNanos;

        private Reading(TopicPartition partition) {
            this.partition = partition;
            this.askAgainAt = nanoTime.getAsLong();
        }

        private boolean isEndToBeAsked() {
            return end == UNKNOWN && nanoTime.getAsLong() - askAgainAt >= 0;
        }

        private void add(ConsumerRecord<byte[], byte[]> stored) {
            lastNanos = nanoTime.getAsLong();
            if (stored.key() == null) {
                passOver(stored);
            } else if (stored.value() == null) {
                last.remove(ByteBuffer.wrap(stored.key()));
            } else {
                last.put(ByteBuffer.wrap(stored.key()), stored);
            }
        }

        private void passOver(ConsumerRecord<byte[], byte[]> stored) {
            LOG.error("session state without a chat id is passed over topic={} partition={} offset={}",
                    stored.topic(), stored.partition(), stored.offset());
        }

        /** What an older record said of a chat whose last one is unreadable is out of date, so nothing of it is taken up. */
        private Map<String, SessionRecord> sessions() {
            Map<String, SessionRecord> sessions = new HashMap<>();
            for (ConsumerRecord<byte[], byte[]> stored : last.values()) {
                Optional<String> chatId = ChatId.read(stored.key());
                if (chatId.isEmpty()) {
                    passOver(stored);
                    continue;
                }
                try {
                    sessions.put(chatId.get(), SessionRecordCodec.read(stored.value()));
                } catch (IOException unreadable) {
                    LOG.error("session state cannot be read, the chat is not taken up chatId={} partition={} offset={}",
                            chatId.get(), stored.partition(), stored.offset());
                }
            }
            return sessions;
        }
    }
}

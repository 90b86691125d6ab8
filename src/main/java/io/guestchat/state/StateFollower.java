package io.guestchat.state;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadFactory;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads on in the partitions of {@code guestchat.sessions} that are this instance's, from where they were read when they were
 * taken up: what a former owner had on its way then lands there later. On a thread and with a consumer of its own, that belongs
 * to no group. A broker that is away is waited for, and nothing is passed over.
 */
public final class StateFollower implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(StateFollower.class);
    /** Nobody waits for what is read here, so records are fetched many at a time. */
    private static final int FETCH_BYTES = 64 * 1024;
    private static final int LARGEST_FETCH_BYTES = 4 * 1024 * 1024;
    private static final Duration FETCH_WAIT = Duration.ofSeconds(1);
    private static final Duration PAUSE = Duration.ofSeconds(1);

    private final Properties settings = new Properties();
    private final String topic;
    private final Listener listener;
    private final Thread thread;
    private final Map<TopicPartition, Long> next = new ConcurrentHashMap<>();
    private volatile KafkaConsumer<byte[], byte[]> consumer;
    private volatile boolean closed;
    private boolean failing;

    /** Is told of each record, on the follower's thread, in the partition's order. */
    public interface Listener {

        /** @param value null for a tombstone */
        void stored(int partition, byte[] key, byte[] value);
    }

    /** @param client the Kafka client's settings: brokers, security */
    public StateFollower(Properties client, String topic, Listener listener, ThreadFactory threads) {
        settings.putAll(client);
        settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, "false");
        // A position that is gone: whatever is still there is told.
        settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        settings.put(ConsumerConfig.FETCH_MIN_BYTES_CONFIG, FETCH_BYTES);
        settings.put(ConsumerConfig.FETCH_MAX_BYTES_CONFIG, LARGEST_FETCH_BYTES);
        settings.put(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, (int) FETCH_WAIT.toMillis());
        this.topic = topic;
        this.listener = listener;
        this.thread = threads.newThread(this::run);
        thread.start();
    }

    /** From now on, beginning at that offset. Any thread. */
    public void follow(int partition, long from) {
        next.put(new TopicPartition(topic, partition), from);
        lookAgain();
    }

    /** No longer. Any thread; what has been fetched already may still be told. */
    public void unfollow(int partition) {
        if (next.remove(new TopicPartition(topic, partition)) != null) {
            lookAgain();
        }
    }

    private void lookAgain() {
        synchronized (next) {
            next.notifyAll();
        }
        KafkaConsumer<byte[], byte[]> reading = consumer;
        if (reading != null) {
            reading.wakeup();
        }
    }

    private void run() {
        while (!closed) {
            try (KafkaConsumer<byte[], byte[]> reading =
                    new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
                consumer = reading;
                while (!closed) {
                    read(reading);
                }
            } catch (KafkaException failure) {
                if (!closed && !failing) {
                    failing = true;
                    LOG.warn("session state cannot be followed, trying on topic={} reason={}", topic, failure.toString());
                }
            } finally {
                consumer = null;
            }
            await(PAUSE);
        }
    }

    private void read(KafkaConsumer<byte[], byte[]> reading) {
        try {
            assign(reading);
            if (reading.assignment().isEmpty()) {
                await(null);
                return;
            }
            for (ConsumerRecord<byte[], byte[]> stored : reading.poll(FETCH_WAIT)) {
                tell(stored);
            }
            if (failing) {
                failing = false;
                LOG.info("session state is followed again topic={}", topic);
            }
        } catch (WakeupException changed) {
            LOG.debug("partitions to follow have changed partitions={}", next.keySet());
        }
    }

    private void assign(KafkaConsumer<byte[], byte[]> reading) {
        Set<TopicPartition> wanted = Set.copyOf(next.keySet());
        Set<TopicPartition> added = new HashSet<>(wanted);
        added.removeAll(reading.assignment());
        if (!added.isEmpty() || wanted.size() != reading.assignment().size()) {
            reading.assign(List.copyOf(wanted));
        }
        for (TopicPartition partition : added) {
            Long from = next.get(partition);
            if (from != null) {
                reading.seek(partition, from);
            }
        }
    }

    private void tell(ConsumerRecord<byte[], byte[]> stored) {
        TopicPartition partition = new TopicPartition(stored.topic(), stored.partition());
        if (next.computeIfPresent(partition, (followed, offset) -> Math.max(offset, stored.offset() + 1)) == null) {
            return;
        }
        try {
            listener.stored(stored.partition(), stored.key(), stored.value());
        } catch (RuntimeException failure) {
            LOG.error("a record of the session state could not be looked at partition={} offset={}", partition, stored.offset(), failure);
        }
    }

    /** @param longest null where only a change is worth waking up for */
    private void await(Duration longest) {
        synchronized (next) {
            try {
                if (!closed && (longest != null || next.isEmpty())) {
                    next.wait(longest == null ? 0 : longest.toMillis());
                }
            } catch (InterruptedException stopped) {
                closed = true;
            }
        }
    }

    @Override
    public void close() {
        closed = true;
        lookAgain();
    }
}

package io.guestchat.state;

import io.guestchat.contract.ChatId;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads a partition of {@code guestchat.sessions} to its end, with a consumer of its own that belongs to no group: whoever has
 * just been given the partition of the requests wants all of it, whatever anybody read before.
 */
public final class SessionStore {

    private static final Logger LOG = LoggerFactory.getLogger(SessionStore.class);
    private static final Duration POLL = Duration.ofMillis(200);

    private final Properties client;
    private final String topic;
    private final Executor executor;

    /**
     * @param client the Kafka client's settings: brokers, security
     * @param executor runs the reading, which blocks
     */
    public SessionStore(Properties client, String topic, Executor executor) {
        this.client = client;
        this.topic = topic;
        this.executor = executor;
    }

    /**
     * What a partition holds.
     *
     * @param sessions the last state of each chat, by chat id
     * @param end the offset up to which it was read: later records have it as theirs or a higher one
     */
    public record Stored(Map<String, SessionRecord> sessions, long end) {
    }

    /** The partition as it stands; fails where Kafka does not answer. */
    public CompletionStage<Stored> read(int partition) {
        return CompletableFuture.supplyAsync(() -> readToEnd(partition), executor);
    }

    private Stored readToEnd(int partition) {
        Properties settings = new Properties();
        settings.putAll(client);
        settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, "false");
        settings.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_uncommitted");
        // What is asked for ahead of the next poll is beyond the end: the broker would wait half a second for it, and close() too.
        settings.put(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, "10");
        Map<String, SessionRecord> sessions = new HashMap<>();
        TopicPartition assigned = new TopicPartition(topic, partition);
        try (KafkaConsumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            consumer.assign(List.of(assigned));
            consumer.seekToBeginning(List.of(assigned));
            long end = consumer.endOffsets(List.of(assigned)).get(assigned);
            while (consumer.position(assigned) < end) {
                consumer.poll(POLL).forEach(stored -> apply(stored, sessions));
            }
            return new Stored(sessions, consumer.position(assigned));
        }
    }

    private static void apply(ConsumerRecord<byte[], byte[]> stored, Map<String, SessionRecord> sessions) {
        Optional<String> chatId = ChatId.read(stored.key());
        if (chatId.isEmpty()) {
            LOG.error("session state without a chat id is passed over topic={} partition={} offset={}",
                    stored.topic(), stored.partition(), stored.offset());
            return;
        }
        if (stored.value() == null) {
            sessions.remove(chatId.get());
            return;
        }
        try {
            sessions.put(chatId.get(), SessionRecordCodec.read(stored.value()));
        } catch (IOException unreadable) {
            // What an older record said of the chat is out of date, so nothing of it is taken up.
            sessions.remove(chatId.get());
            LOG.error("session state cannot be read, the chat is not taken up chatId={} partition={} offset={}",
                    chatId.get(), stored.partition(), stored.offset());
        }
    }
}

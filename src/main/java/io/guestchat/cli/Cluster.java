package io.guestchat.cli;

import io.guestchat.config.TopicSettings;
import io.guestchat.config.ToolSettings;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Kafka as a tool uses it: without a group, committing nothing, making no topic, and waiting for an answer no longer than told.
 * For one thread. Whatever Kafka refuses or leaves unanswered comes as a {@code KafkaException}.
 */
final class Cluster implements AutoCloseable {

    private final ToolSettings settings;
    private final Duration timeout;
    private final KafkaConsumer<byte[], byte[]> consumer;

    /** @param timeout for each answer, not for all that is read */
    Cluster(ToolSettings settings, Duration timeout) {
        this.settings = settings;
        this.timeout = timeout;
        this.consumer = consumer();
    }

    TopicSettings topics() {
        return settings.topics();
    }

    /**
     * The topic's partitions in their order.
     *
     * @throws ToolFailure where there is no such topic
     */
    List<TopicPartition> partitions(String topic) {
        List<PartitionInfo> found = consumer.partitionsFor(topic, timeout);
        if (found == null || found.isEmpty()) {
            throw new ToolFailure("no topic " + topic + " at " + settings.kafka().brokers());
        }
        return found.stream().map(PartitionInfo::partition).sorted().map(number -> new TopicPartition(topic, number)).toList();
    }

    /**
     * Reads partitions one after another, each from its beginning to its end as it is now: what comes meanwhile is not read.
     *
     * @param each is told of every record, and whether to read on
     */
    void read(List<TopicPartition> partitions, Predicate<ConsumerRecord<byte[], byte[]>> each) {
        Map<TopicPartition, Long> beginnings = consumer.beginningOffsets(partitions, timeout);
        Map<TopicPartition, Long> ends = consumer.endOffsets(partitions, timeout);
        boolean further = true;
        for (TopicPartition partition : partitions) {
            if (further && beginnings.get(partition) < ends.get(partition)) {
                consumer.assign(List.of(partition));
                consumer.seek(partition, beginnings.get(partition));
                further = readTo(ends.get(partition), partition, each);
            }
        }
    }

    private boolean readTo(long end, TopicPartition partition, Predicate<ConsumerRecord<byte[], byte[]>> each) {
        for (long next = consumer.position(partition, timeout); next < end; next = consumer.position(partition, timeout)) {
            ConsumerRecords<byte[], byte[]> records = consumer.poll(timeout);
            // The markers of transactions move on without a record.
            if (records.isEmpty() && consumer.position(partition, timeout) == next) {
                throw new TimeoutException("no record of " + partition + " after " + next);
            }
            for (ConsumerRecord<byte[], byte[]> found : records) {
                if (found.offset() < end && !each.test(found)) {
                    return false;
                }
            }
        }
        return true;
    }

    /** A consumer of all that comes to a topic from now on; the caller closes it. */
    KafkaConsumer<byte[], byte[]> fromNowOn(String topic) {
        List<TopicPartition> partitions = partitions(topic);
        KafkaConsumer<byte[], byte[]> following = consumer();
        following.assign(partitions);
        // Not seekToEnd: that would look for the end at the first poll, after what the caller is waiting for.
        following.endOffsets(partitions, timeout).forEach(following::seek);
        return following;
    }

    /** In order, acknowledged by all replicas, never doubled by a retry; the caller closes it. */
    KafkaProducer<byte[], byte[]> producer() {
        Properties client = settings.kafka().clientProperties();
        client.put(ProducerConfig.ACKS_CONFIG, "all");
        client.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, "true");
        Stream.of(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG,
                ProducerConfig.MAX_BLOCK_MS_CONFIG).forEach(key -> client.put(key, Math.toIntExact(timeout.toMillis())));
        return new KafkaProducer<>(client, new ByteArraySerializer(), new ByteArraySerializer());
    }

    private KafkaConsumer<byte[], byte[]> consumer() {
        Properties client = settings.kafka().clientProperties();
        client.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, "false");
        client.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, "false");
        client.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        client.put(ConsumerConfig.REQUEST_TIMEOUT_MS_CONFIG, Math.toIntExact(timeout.toMillis()));
        client.put(ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, Math.toIntExact(timeout.toMillis()));
        // What is asked for ahead of the next poll is beyond the end, and close() would wait for it.
        client.put(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, "10");
        return new KafkaConsumer<>(client, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    @Override
    public void close() {
        consumer.close(Duration.ofSeconds(1));
    }
}

package io.guestchat.harness;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Reads a whole topic as it stands now: for what tests look at once, as the sessions' durable state. */
public final class TopicReader {

    private final String brokers;

    public TopicReader(String brokers) {
        this.brokers = brokers;
    }

    /** All records, tombstones too; those of one partition in their order. */
    public List<Received> read(String topic) {
        try (KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(
                // What is asked for ahead of the next poll is beyond the end, and close() would wait half a second for it.
                Map.of("bootstrap.servers", brokers, "enable.auto.commit", "false", "fetch.max.wait.ms", "10"),
                new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            List<TopicPartition> partitions = consumer.partitionsFor(topic).stream()
                    .map(partition -> new TopicPartition(topic, partition.partition())).toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            List<Received> records = new ArrayList<>();
            while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
                consumer.poll(Duration.ofMillis(100)).forEach(record -> records.add(new Received(record)));
            }
            return records;
        }
    }

    /** The chat's records of the topic, in order. */
    public List<Received> read(String topic, String chatId) {
        return read(topic).stream().filter(record -> chatId.equals(record.key())).toList();
    }
}

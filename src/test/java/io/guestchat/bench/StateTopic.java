package io.guestchat.bench;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Reads the whole state topic, as whoever takes chats up has to. */
final class StateTopic {

    private final String brokers;
    private final String topic;

    StateTopic(String brokers, String topic) {
        this.brokers = brokers;
        this.topic = topic;
    }

    /**
     * What stands in it.
     *
     * @param records tombstones among them
     * @param chats of which it has a record, be it a tombstone
     */
    record Content(long records, int chats) {
    }

    Content read() {
        List<TopicPartition> partitions =
                IntStream.range(0, RunTopics.PARTITIONS).mapToObj(number -> new TopicPartition(topic, number)).toList();
        try (KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(Map.of("bootstrap.servers", brokers),
                new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            Set<String> chats = new HashSet<>();
            long records = 0;
            while (!ends.entrySet().stream().allMatch(end -> consumer.position(end.getKey()) >= end.getValue())) {
                for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofMillis(100))) {
                    records++;
                    chats.add(new String(record.key(), StandardCharsets.UTF_8));
                }
            }
            return new Content(records, chats.size());
        }
    }
}

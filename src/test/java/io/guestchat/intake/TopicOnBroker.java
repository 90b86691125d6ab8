package io.guestchat.intake;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;

import io.guestchat.broker.EmbeddedKafka;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** A topic of requests as its producers and an operator see it. */
final class TopicOnBroker implements AutoCloseable {
    private final String bootstrapServers;
    private final String name;
    private final int partitions;
    private final Admin admin;
    private final KafkaProducer<byte[], byte[]> producer;

    TopicOnBroker(EmbeddedKafka kafka, String name, int partitions) {
        this.bootstrapServers = kafka.bootstrapServers();
        this.name = name;
        this.partitions = partitions;
        this.admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers));
        this.producer = new KafkaProducer<>(Map.of("bootstrap.servers", bootstrapServers, "linger.ms", "5"),
                new ByteArraySerializer(), new ByteArraySerializer());
        kafka.createTopic(name, partitions, Map.of());
    }

    String bootstrapServers() {
        return bootstrapServers;
    }

    String name() {
        return name;
    }

    void send(String key, String value) {
        producer.send(new ProducerRecord<>(name, key.getBytes(UTF_8), value.getBytes(UTF_8)));
    }

    void sendTo(int partition, String key, String value) {
        producer.send(new ProducerRecord<>(name, partition, key == null ? null : key.getBytes(UTF_8), value.getBytes(UTF_8)));
    }

    /** For each of {@code keys} chats the values 0 to {@code each - 1}, the chats' records interleaved. */
    void sendInterleaved(int keys, int from, int each) {
        for (int n = from; n < from + each; n++) {
            for (int k = 0; k < keys; k++) {
                send("chat-" + k, Integer.toString(n));
            }
        }
        producer.flush();
    }

    void flush() {
        producer.flush();
    }

    /** The group's committed offsets; partitions without one are absent. */
    Map<Integer, Long> committed(String group) throws ExecutionException, InterruptedException {
        Map<Integer, Long> offsets = new HashMap<>();
        admin.listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata().get().forEach((partition, offset) -> {
            if (offset != null) {
                offsets.put(partition.partition(), offset.offset());
            }
        });
        return offsets;
    }

    /** The end offset of each partition that has a record. */
    Map<Integer, Long> ends() throws ExecutionException, InterruptedException {
        Map<TopicPartition, OffsetSpec> all = new HashMap<>();
        for (int p = 0; p < partitions; p++) {
            all.put(new TopicPartition(name, p), OffsetSpec.latest());
        }
        Map<Integer, Long> ends = new HashMap<>();
        admin.listOffsets(all).all().get().forEach((partition, end) -> {
            if (end.offset() > 0) {
                ends.put(partition.partition(), end.offset());
            }
        });
        return ends;
    }

    @Override
    public void close() {
        producer.close();
        admin.close();
    }
}

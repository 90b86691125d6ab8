package io.guestchat.harness;

import static java.util.stream.Collectors.toMap;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;

/** What a consumer group has committed of a topic, as an operator's tools see it. */
public final class GroupOffsets implements AutoCloseable {

    private final Admin admin;
    private final String group;
    private final String topic;

    public GroupOffsets(String brokers, String group, String topic) {
        this.admin = Admin.create(Map.of("bootstrap.servers", brokers));
        this.group = group;
        this.topic = topic;
    }

    /** Offsets of each partition that the group has not committed; partitions without any are left out. */
    public Map<Integer, Long> lag() {
        Map<TopicPartition, OffsetAndMetadata> committed =
                get(admin.listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata());
        return ends().entrySet().stream().map(end -> {
            OffsetAndMetadata offset = committed.get(end.getKey());
            return Map.entry(end.getKey().partition(), end.getValue() - (offset == null ? 0 : offset.offset()));
        }).filter(lag -> lag.getValue() > 0).collect(toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    /** As {@code kafka-consumer-groups --reset-offsets} does it; the group has no members meanwhile. */
    public void reset(int partition, long offset) {
        get(admin.alterConsumerGroupOffsets(group,
                Map.of(new TopicPartition(topic, partition), new OffsetAndMetadata(offset))).all());
    }

    private Map<TopicPartition, Long> ends() {
        Map<TopicPartition, OffsetSpec> latest = get(admin.describeTopics(List.of(topic)).allTopicNames()).get(topic)
                .partitions().stream().collect(toMap(
                        partition -> new TopicPartition(topic, partition.partition()), partition -> OffsetSpec.latest()));
        return get(admin.listOffsets(latest).all()).entrySet().stream()
                .collect(toMap(Map.Entry::getKey, end -> end.getValue().offset()));
    }

    static <T> T get(KafkaFuture<T> answer) {
        try {
            return answer.get();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(stopped);
        } catch (ExecutionException failed) {
            throw new IllegalStateException(failed.getCause());
        }
    }

    @Override
    public void close() {
        admin.close();
    }
}

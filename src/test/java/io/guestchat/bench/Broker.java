package io.guestchat.bench;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.LogDirDescription;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.TopicConfig;

/** The broker's side of a run: its topics, and how large they have grown. */
final class Broker implements AutoCloseable {

    private final String bootstrapServers;
    private final Admin admin;

    Broker(String bootstrapServers) {
        this.bootstrapServers = bootstrapServers;
        this.admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers));
    }

    String bootstrapServers() {
        return bootstrapServers;
    }

    /** Makes the topics, and waits until all their partitions serve. @param sessions further configuration of the state topic */
    void create(RunTopics topics, Map<String, String> sessions) {
        Map<String, String> compacted = new HashMap<>(sessions);
        compacted.put(TopicConfig.CLEANUP_POLICY_CONFIG, TopicConfig.CLEANUP_POLICY_COMPACT);
        get(admin.createTopics(topics.all().stream().map(name -> new NewTopic(name, RunTopics.PARTITIONS, (short) 1)
                .configs(name.equals(topics.sessions()) ? compacted : Map.of())).toList()).all());
        Map<TopicPartition, OffsetSpec> partitions = new HashMap<>();
        topics.all().forEach(name -> IntStream.range(0, RunTopics.PARTITIONS)
                .forEach(partition -> partitions.put(new TopicPartition(name, partition), OffsetSpec.latest())));
        Patience.untilTrue("topics serve", () -> {
            try {
                admin.listOffsets(partitions).all().get();
                return true;
            } catch (ExecutionException notYet) {
                return false;
            }
        });
    }

    void delete(RunTopics topics) {
        get(admin.deleteTopics(topics.all()).all());
    }

    /** Bytes on the disk. */
    long size(String topic) {
        long size = 0;
        for (Map<String, LogDirDescription> directories : get(admin.describeLogDirs(List.of(1)).allDescriptions()).values()) {
            for (LogDirDescription directory : directories.values()) {
                size += directory.replicaInfos().entrySet().stream().filter(replica -> replica.getKey().topic().equals(topic))
                        .mapToLong(replica -> replica.getValue().size()).sum();
            }
        }
        return size;
    }

    private static <T> T get(KafkaFuture<T> answer) {
        try {
            return answer.get();
        } catch (ExecutionException refused) {
            throw new IllegalStateException(refused.getCause());
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(stopped);
        }
    }

    @Override
    public void close() {
        admin.close();
    }
}

package io.guestchat.harness;

import static java.util.stream.Collectors.toMap;
import static java.util.stream.Collectors.toSet;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ConsumerGroupDescription;
import org.apache.kafka.clients.admin.MemberDescription;
import org.apache.kafka.common.ConsumerGroupState;
import org.apache.kafka.common.TopicPartition;

/** Who has which partitions, as an operator's tools see it. */
public final class GroupMembers implements AutoCloseable {

    private final Admin admin;
    private final String group;

    public GroupMembers(String brokers, String group) {
        this.admin = Admin.create(Map.of("bootstrap.servers", brokers));
        this.group = group;
    }

    /** Partitions by member; empty while the group is about to divide them anew. */
    public Map<String, Set<Integer>> partitions() {
        ConsumerGroupDescription now = GroupOffsets.get(admin.describeConsumerGroups(List.of(group)).all()).get(group);
        return now.state() != ConsumerGroupState.STABLE ? Map.of() : now.members().stream()
                .collect(toMap(MemberDescription::consumerId, member -> member.assignment().topicPartitions().stream()
                        .map(TopicPartition::partition).collect(toSet())));
    }

    @Override
    public void close() {
        admin.close();
    }
}

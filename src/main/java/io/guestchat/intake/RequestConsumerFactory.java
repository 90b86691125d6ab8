package io.guestchat.intake;

import java.util.Objects;
import java.util.Properties;
import java.util.function.LongSupplier;

import org.apache.camel.component.kafka.DefaultKafkaClientFactory;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;

/**
 * Makes Camel's Kafka clients: the tracking consumer for the requests group, plain ones for all else. It tells them apart by
 * the group because Camel autowires a factory that it finds into every Kafka endpoint.
 */
public final class RequestConsumerFactory extends DefaultKafkaClientFactory {
    private final String groupId;
    private final Assignments assignments;
    private final ChatLanes lanes;
    private final PartitionOwner owner;
    private final IntakeSettings settings;
    private final LongSupplier nanoTime;

    /** @param nanoTime a monotonic clock: {@code System::nanoTime}; the one of {@code assignments} */
    public RequestConsumerFactory(String groupId, Assignments assignments, ChatLanes lanes, PartitionOwner owner,
            IntakeSettings settings, LongSupplier nanoTime) {
        this.groupId = Objects.requireNonNull(groupId);
        this.assignments = Objects.requireNonNull(assignments);
        this.lanes = Objects.requireNonNull(lanes);
        this.owner = Objects.requireNonNull(owner);
        this.settings = Objects.requireNonNull(settings);
        this.nanoTime = Objects.requireNonNull(nanoTime);
    }

    @Override
    @SuppressWarnings("rawtypes")
    public Consumer getConsumer(Properties kafkaProps) {
        if (!groupId.equals(kafkaProps.get(ConsumerConfig.GROUP_ID_CONFIG))) {
            return super.getConsumer(kafkaProps);
        }
        return new TrackingConsumer(kafkaProps, assignments, lanes, owner, settings, nanoTime);
    }
}

package io.guestchat.intake;

import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.function.LongSupplier;

import org.apache.camel.component.kafka.DefaultKafkaClientFactory;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.Producer;

/**
 * Makes Camel's Kafka clients: the tracking consumer for the requests group, whose commits renew the lease, and producers that
 * send under it, each for all routes that want the same of it. It tells consumers apart by the group because Camel autowires a
 * factory that it finds into every Kafka endpoint.
 */
public final class LeasedKafkaClients extends DefaultKafkaClientFactory {
    private final String groupId;
    private final Assignments assignments;
    private final ChatLanes lanes;
    private final PartitionOwner owner;
    private final Lease lease;
    private final IntakeSettings settings;
    private final LongSupplier nanoTime;
    private final Properties client;
    private final Map<Properties, LeasedProducer> producers = new HashMap<>();

    /**
     * @param client how the brokers are reached, over what Camel says of it: what is secret stays out of Camel's configuration,
     *        and so out of its endpoints' addresses and MBeans
     * @param nanoTime a monotonic clock: {@code System::nanoTime}; the one of {@code assignments} and {@code lease}
     */
    public LeasedKafkaClients(String groupId, Properties client, Assignments assignments, ChatLanes lanes,
            PartitionOwner owner, Lease lease, IntakeSettings settings, LongSupplier nanoTime) {
        this.groupId = Objects.requireNonNull(groupId);
        this.assignments = Objects.requireNonNull(assignments);
        this.lanes = Objects.requireNonNull(lanes);
        this.owner = Objects.requireNonNull(owner);
        this.lease = Objects.requireNonNull(lease);
        this.settings = Objects.requireNonNull(settings);
        this.nanoTime = Objects.requireNonNull(nanoTime);
        this.client = Objects.requireNonNull(client);
    }

    /**
     * One for all routes whose settings are the same: what they send at a time travels in one request, with one thread, and not
     * in one of each. It closes with the last of its users.
     */
    @Override
    @SuppressWarnings("rawtypes")
    public Producer getProducer(Properties kafkaProps) {
        synchronized (producers) {
            return producers.compute(reaching(kafkaProps), (settings, shared) ->
                    shared == null || !shared.join() ? new LeasedProducer(settings, lease, nanoTime) : shared);
        }
    }

    @Override
    @SuppressWarnings("rawtypes")
    public Consumer getConsumer(Properties kafkaProps) {
        if (!groupId.equals(kafkaProps.get(ConsumerConfig.GROUP_ID_CONFIG))) {
            return super.getConsumer(reaching(kafkaProps));
        }
        return new TrackingConsumer(reaching(kafkaProps), assignments, lanes, owner, lease, settings, nanoTime);
    }

    /** A copy: Camel shows its own in health checks. */
    private Properties reaching(Properties camels) {
        Properties all = new Properties();
        all.putAll(camels);
        all.putAll(client);
        return all;
    }
}

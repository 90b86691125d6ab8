package io.guestchat.intake;

import java.time.Duration;
import java.util.Properties;

import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.common.Metric;

/**
 * Whether a consumer is in its group. A generation alone does not tell: it outlives the broker. So the last heartbeat must not be older
 * than the group's patience with a silent member. Consumer's thread only.
 */
final class GroupMembership {
    private static final String GROUP = "consumer-coordinator-metrics";
    private static final String LAST_HEARTBEAT = "last-heartbeat-seconds-ago";
    private static final long KAFKA_DEFAULT_MILLIS = 45_000;

    private final Consumer<?, ?> consumer;
    private final Duration patience;
    private Metric lastHeartbeat;

    GroupMembership(Consumer<?, ?> consumer, Properties consumerProperties) {
        this.consumer = consumer;
        Object timeout = consumerProperties.get(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG);
        this.patience = Duration.ofMillis(timeout == null ? KAFKA_DEFAULT_MILLIS : Long.parseLong(timeout.toString()));
    }

    boolean isMember() {
        return consumer.groupMetadata().generationId() > 0 && secondsSinceHeartbeat() <= patience.toSeconds();
    }

    /** Negative where none has been sent yet, as in the first seconds of a membership. */
    private double secondsSinceHeartbeat() {
        if (lastHeartbeat == null) {
            lastHeartbeat = consumer.metrics().entrySet().stream()
                    .filter(m -> m.getKey().group().equals(GROUP) && m.getKey().name().equals(LAST_HEARTBEAT))
                    .findFirst().orElseThrow(() -> new IllegalStateException("Kafka's client no longer has the metric " + LAST_HEARTBEAT))
                    .getValue();
        }
        return ((Number) lastHeartbeat.metricValue()).doubleValue();
    }
}

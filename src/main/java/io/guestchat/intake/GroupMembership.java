package io.guestchat.intake;

import java.time.Duration;
import java.util.Properties;
import java.util.function.LongSupplier;

import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.common.Metric;

/**
 * Whether a consumer is in its group. A generation alone does not tell: it outlives the broker. So the last heartbeat must not
 * be older than the group's patience with a silent member. Consumer's thread only.
 */
final class GroupMembership {
    private static final String GROUP = "consumer-coordinator-metrics";
    private static final String LAST_HEARTBEAT = "last-heartbeat-seconds-ago";
    private static final long KAFKA_DEFAULT_MILLIS = 45_000;

    private final Consumer<?, ?> consumer;
    private final Duration patience;
    private final LongSupplier nanoTime;
    private Metric lastHeartbeat;
    private int generation;
    private long generationBegan;

    GroupMembership(Consumer<?, ?> consumer, Properties consumerProperties, LongSupplier nanoTime) {
        this.consumer = consumer;
        this.nanoTime = nanoTime;
        Object timeout = consumerProperties.get(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG);
        this.patience = Duration.ofMillis(timeout == null ? KAFKA_DEFAULT_MILLIS : Long.parseLong(timeout.toString()));
    }

    boolean isMember() {
        int now = consumer.groupMetadata().generationId();
        if (now != generation) {
            generation = now;
            generationBegan = nanoTime.getAsLong();
        }
        return generation > 0 && sinceHeartbeat().compareTo(patience) <= 0;
    }

    private Duration sinceHeartbeat() {
        double seconds = ((Number) lastHeartbeat().metricValue()).doubleValue();
        // Negative where none has been sent yet: then joining was the last sign of life.
        return seconds < 0 ? Duration.ofNanos(nanoTime.getAsLong() - generationBegan) : Duration.ofSeconds((long) seconds);
    }

    private Metric lastHeartbeat() {
        if (lastHeartbeat == null) {
            lastHeartbeat = consumer.metrics().entrySet().stream()
                    .filter(m -> m.getKey().group().equals(GROUP) && m.getKey().name().equals(LAST_HEARTBEAT))
                    .findFirst().orElseThrow(() -> new IllegalStateException("Kafka's client has no metric " + LAST_HEARTBEAT))
                    .getValue();
        }
        return lastHeartbeat;
    }
}

package io.guestchat.intake;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;

import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.RebalanceInProgressException;
import org.apache.kafka.common.errors.WakeupException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Commits the watermarks of one consumer's partitions, and tells the owner what the broker has acknowledged. Consumer's thread
 * only.
 *
 * <p>One asynchronous commit is under way at a time: while a broker is away they would pile up. One that fails is not repeated;
 * the next one says the same or more. Where nothing has advanced, a commit that says the same once more renews the {@link Lease}.
 */
final class WatermarkCommits {
    private static final Logger log = LoggerFactory.getLogger(WatermarkCommits.class);
    /** So many finished offsets are committed at once rather than at the next interval: that many come again after a crash. */
    private static final long MUCH = 1000;
    private static final Duration FINAL_COMMIT_TIMEOUT = Duration.ofSeconds(5);

    private final Consumer<?, ?> consumer;
    private final Assignments assignments;
    private final PartitionOwner owner;
    private final Lease lease;
    private final Duration interval;
    private final LongSupplier nanoTime;
    private boolean underWay;
    private boolean failing;
    private long lastSent;

    WatermarkCommits(Consumer<?, ?> consumer, Assignments assignments, PartitionOwner owner, Lease lease, Duration interval,
            LongSupplier nanoTime) {
        this.consumer = consumer;
        this.assignments = assignments;
        this.owner = owner;
        this.lease = lease;
        this.interval = interval;
        this.nanoTime = nanoTime;
        this.lastSent = nanoTime.getAsLong() - interval.toNanos();
    }

    /** Sends what has advanced, where it is time. */
    void commitAdvanced() {
        if (underWay) {
            return;
        }
        Map<Assignment, Long> due = due();
        long offsets = due.keySet().stream().mapToLong(Assignment::committable).sum();
        long now = nanoTime.getAsLong();
        if (due.isEmpty() || offsets < MUCH && now - lastSent < interval.toNanos()) {
            return;
        }
        underWay = true;
        lastSent = now;
        try {
            consumer.commitAsync(asOffsets(due), (committed, failure) -> answered(due, now, failure));
        } catch (RuntimeException refused) {
            // What the client knows to be refused it throws before it keeps the callback, which then never comes
            // (ConsumerCoordinator.commitOffsetsAsync): waiting for it, nothing would be committed any more.
            underWay = false;
            throw refused;
        }
    }

    private void answered(Map<Assignment, Long> offsets, long sentAt, Exception failure) {
        underWay = false;
        if (failure == null) {
            acknowledged(offsets, sentAt);
        } else {
            failed(failure);
        }
    }

    /** Waits for a commit that renews the lease, where it is due: for a thread that does not poll meanwhile. */
    void renewLease() {
        Map<Assignment, Long> due = due();
        if (due.isEmpty() || !lease.isDue()) {
            return;
        }
        long now = nanoTime.getAsLong();
        try {
            consumer.commitSync(asOffsets(due), lease.renewal());
            acknowledged(due, now);
        } catch (WakeupException stopping) {
            log.debug("lease not renewed: the consumer is being stopped");
        } catch (KafkaException failure) {
            failed(failure);
        }
    }

    /** How often {@link #renewLease()} is to be called. */
    Duration leaseRenewal() {
        return lease.renewal();
    }

    private Map<Assignment, Long> due() {
        List<Assignment> current = assignments.current();
        Map<Assignment, Long> advanced = advanced(current);
        return advanced.isEmpty() && lease.isDue() ? unchanged(current) : advanced;
    }

    /** One will do: what counts is the broker's answer. */
    private static Map<Assignment, Long> unchanged(Collection<Assignment> among) {
        return among.stream().filter(Assignment::isAcknowledged).findFirst()
                .map(assignment -> Map.of(assignment, assignment.acknowledged()))
                .orElse(Map.of());
    }

    /** Commits what leaving partitions have, and waits. Failing that, their next owner gets some records again. */
    void commitFinally(Collection<Assignment> leaving) {
        Map<Assignment, Long> advanced = advanced(leaving);
        if (advanced.isEmpty()) {
            return;
        }
        long now = nanoTime.getAsLong();
        try {
            commitSync(asOffsets(advanced));
            acknowledged(advanced, now);
        } catch (KafkaException failure) {
            log.warn("last commit failed, requests will come again offsets={} reason={}", asOffsets(advanced),
                    failure.toString());
        }
    }

    private void commitSync(Map<TopicPartition, OffsetAndMetadata> offsets) {
        try {
            consumer.commitSync(offsets, FINAL_COMMIT_TIMEOUT);
        } catch (WakeupException stopping) {
            // Camel wakes a consumer that is slow to stop. It is stopping: this is what it waits for.
            consumer.commitSync(offsets, FINAL_COMMIT_TIMEOUT);
        }
    }

    private void acknowledged(Map<Assignment, Long> offsets, long sentAt) {
        lease.renewed(sentAt);
        if (failing) {
            failing = false;
            log.info("commits work again");
        }
        offsets.forEach((assignment, offset) -> {
            if (assignments.isCurrent(assignment) && assignment.acknowledge(offset)) {
                owner.committed(assignment.partition(), offset);
            }
        });
    }

    private void failed(Exception failure) {
        // One line for an outage, not ten a second; and a rebalance is none.
        if (!failing && !(failure instanceof RebalanceInProgressException)) {
            failing = true;
            Throwable reason = failure.getCause() == null ? failure : failure.getCause();
            log.warn("commit failed, going on reason={}", reason.toString());
        }
    }

    private static Map<Assignment, Long> advanced(Collection<Assignment> among) {
        Map<Assignment, Long> advanced = new HashMap<>();
        for (Assignment assignment : among) {
            if (assignment.committable() > 0) {
                assignment.progress().watermark().ifPresent(offset -> advanced.put(assignment, offset));
            }
        }
        return advanced;
    }

    private static Map<TopicPartition, OffsetAndMetadata> asOffsets(Map<Assignment, Long> offsets) {
        Map<TopicPartition, OffsetAndMetadata> converted = new HashMap<>();
        offsets.forEach((assignment, offset) -> converted.put(assignment.topicPartition(), new OffsetAndMetadata(offset)));
        return converted;
    }
}

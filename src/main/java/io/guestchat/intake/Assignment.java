package io.guestchat.intake;

import java.time.Duration;
import java.util.function.LongSupplier;

import org.apache.kafka.common.TopicPartition;

/**
 * One partition for as long as it is this instance's. Each assignment is an object of its own: what a record of a former
 * assignment does late touches that one, and nobody looks at it any more.
 *
 * <p>Its owner's answer may come on any thread; all else belongs to the consumer's thread, but for what is read for status.
 */
final class Assignment {
    private enum Owner { TO_BE_TOLD, READING, READY }

    private static final long NOTHING = -1;

    private final TopicPartition partition;
    private final int generation;
    private final PartitionProgress progress;
    private final LongSupplier nanoTime;
    private Owner owner = Owner.TO_BE_TOLD;
    private long tellAgainAt;
    private int failures;
    private volatile boolean heldBack;
    private long acknowledged = NOTHING;
    private long anewFrom = NOTHING;

    Assignment(TopicPartition partition, int generation, LongSupplier nanoTime) {
        this.partition = partition;
        this.generation = generation;
        this.nanoTime = nanoTime;
        this.progress = new PartitionProgress(nanoTime);
        this.tellAgainAt = nanoTime.getAsLong();
    }

    TopicPartition topicPartition() {
        return partition;
    }

    int partition() {
        return partition.partition();
    }

    int generation() {
        return generation;
    }

    PartitionProgress progress() {
        return progress;
    }

    synchronized boolean isOwnerToBeTold() {
        return owner == Owner.TO_BE_TOLD && nanoTime.getAsLong() - tellAgainAt >= 0;
    }

    /** The topic was made anew while it was ours: what is known of the partition is of the former one. @param offset the first */
    void anewFrom(long offset) {
        anewFrom = offset;
    }

    boolean isAnew() {
        return anewFrom != NOTHING;
    }

    long anewFrom() {
        return anewFrom;
    }

    synchronized boolean isReady() {
        return owner == Owner.READY;
    }

    synchronized void ownerReads() {
        owner = Owner.READING;
    }

    synchronized void ownerIsReady() {
        owner = Owner.READY;
    }

    /** The owner, or the broker before it, failed: tell it again after a pause that doubles. Returns the pause. */
    synchronized Duration ownerFailed(Duration first, Duration longest) {
        Duration pause = first.multipliedBy(1L << Math.min(failures, 10));
        pause = pause.compareTo(longest) > 0 ? longest : pause;
        failures++;
        owner = Owner.TO_BE_TOLD;
        tellAgainAt = nanoTime.getAsLong() + pause.toNanos();
        return pause;
    }

    /** Whether the partition is not to be read now. Between the two bounds it stays as it was, so that it does not flap. */
    boolean mustRest(IntakeSettings settings) {
        int unfinished = progress.unfinished();
        long bytes = progress.unfinishedBytes();
        if (settings.isFull(unfinished, bytes)) {
            heldBack = true;
        } else if (settings.isHalfEmpty(unfinished, bytes)) {
            heldBack = false;
        }
        return heldBack || !isReady();
    }

    boolean isHeldBack() {
        return heldBack;
    }

    /** How many offsets could be committed beyond what the broker has; 0 where none. */
    long committable() {
        long watermark = progress.watermark().orElse(NOTHING);
        if (watermark == NOTHING) {
            return 0;
        }
        // Before the first commit any watermark is news: where it began is not known here.
        return acknowledged == NOTHING ? 1 : watermark - acknowledged;
    }

    /** Whether it is known what the broker has. */
    boolean isAcknowledged() {
        return acknowledged != NOTHING;
    }

    /** What the broker has; only where {@link #isAcknowledged()}. */
    long acknowledged() {
        return acknowledged;
    }

    /** The broker has it; false where it had more already. */
    boolean acknowledge(long offset) {
        if (offset <= acknowledged) {
            return false;
        }
        acknowledged = offset;
        return true;
    }
}

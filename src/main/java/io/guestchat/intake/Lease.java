package io.guestchat.intake;

import java.time.Duration;
import java.util.Objects;
import java.util.function.LongSupplier;

/**
 * How long this instance may act for the partitions that the group has given to it: as long as the group still reckons with it. A
 * process that was stopped, or cut off from Kafka, learns of its loss only when it asks; until then it must not write or publish
 * anything, since its chats may be somebody else's (contract, "What is promised").
 *
 * <p>What renews it is a commit that the broker has acknowledged: it is refused to a member that the group has given up or that
 * belongs to a former generation, and it counts as a sign of life as a heartbeat does (Kafka's OffsetMetadataManager,
 * {@code validateOffsetCommit}). The time counts from when the commit was sent, on a clock that goes on while the process
 * stands, so the lease runs out before the group's patience does. Any thread may ask.
 */
public final class Lease {

    private static final Duration MARGIN = Duration.ofSeconds(1);

    private final Duration term;
    private final LongSupplier nanoTime;
    private volatile Long renewedAt;

    /**
     * A lease that runs out a second before the group's patience does: what was written with it has arrived when the next owner
     * asks the platform what has.
     *
     * @param patience the group's session timeout
     * @param nanoTime a monotonic clock: {@code System::nanoTime}
     */
    public static Lease within(Duration patience, LongSupplier nanoTime) {
        Duration third = patience.dividedBy(3);
        return new Lease(patience.minus(third.compareTo(MARGIN) < 0 ? third : MARGIN), nanoTime);
    }

    /**
     * @param term how long it is held without being renewed
     * @param nanoTime a monotonic clock: {@code System::nanoTime}
     */
    Lease(Duration term, LongSupplier nanoTime) {
        this.term = Objects.requireNonNull(term);
        this.nanoTime = Objects.requireNonNull(nanoTime);
    }

    public boolean isHeld() {
        Long since = renewedAt;
        return since != null && nanoTime.getAsLong() - since < term.toNanos();
    }

    /** Whether it is time to renew it: three more attempts fit in before it runs out. */
    boolean isDue() {
        Long since = renewedAt;
        return since == null || nanoTime.getAsLong() - since >= renewal().toNanos();
    }

    /** @param sentAt the clock's reading before the sign of life was sent, which the broker has acknowledged since */
    void renewed(long sentAt) {
        renewedAt = sentAt;
    }

    /** How old it may grow before it is renewed. */
    Duration renewal() {
        return term.dividedBy(4);
    }
}

package io.guestchat.intake;

import java.time.Duration;

/**
 * How the requests consumer behaves.
 *
 * @param maxUnfinished  a partition with so many unfinished records is not read further until half of them are finished. It
 *                       counts records, not the span of offsets: one slow chat never holds up its partition's other chats
 *                       before as many records wait behind it. One poll may go beyond it by {@code max.poll.records}
 * @param maxUnfinishedBytes the same for the bytes of their keys, values and headers: what bounds the memory
 * @param drainTimeout   how long a rebalance or a stop waits for what is in flight; well below {@code max.poll.interval.ms},
 *                       and below the endpoint's {@code shutdownTimeout}
 * @param commitInterval how often watermarks are committed at most, unless much has been finished
 */
public record IntakeSettings(int maxUnfinished, long maxUnfinishedBytes, Duration drainTimeout, Duration commitInterval) {
    public IntakeSettings {
        if (maxUnfinished < 2) {
            throw new IllegalArgumentException("maxUnfinished is " + maxUnfinished + ", less than 2");
        }
        if (maxUnfinishedBytes < 2) {
            throw new IllegalArgumentException("maxUnfinishedBytes is " + maxUnfinishedBytes + ", less than 2");
        }
        if (drainTimeout.isNegative() || commitInterval.isNegative()) {
            throw new IllegalArgumentException("negative duration");
        }
    }

    /** 20 000 records, 16 MiB, 10 s, 100 ms. */
    public static IntakeSettings defaults() {
        return new IntakeSettings(20_000, 16L << 20, Duration.ofSeconds(10), Duration.ofMillis(100));
    }

    /** With room for one chat's full queue besides: its texts are unfinished for as long as they wait for the socket. */
    public IntakeSettings withQueuesOf(int messages) {
        return new IntakeSettings(maxUnfinished + messages, maxUnfinishedBytes, drainTimeout, commitInterval);
    }

    boolean isFull(int unfinished, long bytes) {
        return unfinished >= maxUnfinished || bytes >= maxUnfinishedBytes;
    }

    boolean isHalfEmpty(int unfinished, long bytes) {
        return unfinished <= maxUnfinished / 2 && bytes <= maxUnfinishedBytes / 2;
    }
}

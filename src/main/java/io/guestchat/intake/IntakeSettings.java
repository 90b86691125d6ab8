package io.guestchat.intake;

import java.time.Duration;

/**
 * How the requests consumer behaves.
 *
 * @param maxUnfinished  a partition with so many unfinished records is not read further until half of them are finished. It
 *                       counts records, not the span of offsets: one slow chat never holds up its partition's other chats
 *                       before as many records wait behind it. One poll may go beyond it by {@code max.poll.records}
 * @param drainTimeout   how long a rebalance or a stop waits for what is in flight; well below {@code max.poll.interval.ms},
 *                       and below the endpoint's {@code shutdownTimeout}
 * @param commitInterval how often watermarks are committed at most, unless much has been finished
 */
public record IntakeSettings(int maxUnfinished, Duration drainTimeout, Duration commitInterval) {
    public IntakeSettings {
        if (maxUnfinished < 2) {
            throw new IllegalArgumentException("maxUnfinished is " + maxUnfinished + ", less than 2");
        }
        if (drainTimeout.isNegative() || commitInterval.isNegative()) {
            throw new IllegalArgumentException("negative duration");
        }
    }

    /** 2000 records, 10 s, 100 ms. */
    public static IntakeSettings defaults() {
        return new IntakeSettings(2000, Duration.ofSeconds(10), Duration.ofMillis(100));
    }

    int resumeAt() {
        return maxUnfinished / 2;
    }
}

package io.guestchat.bench;

import org.HdrHistogram.Histogram;

/**
 * Counts while it is open: the texts that arrive, and how long those were under way that were to be sent meanwhile, reckoned from
 * when they were to be sent. So a driver that is held up makes no text look faster. Safe for all threads.
 */
final class WindowMeter {

    private static final long LONGEST_NANOS = 600_000_000_000L;
    private static final int DIGITS = 3;

    private long from = Long.MAX_VALUE;
    private long to = Long.MAX_VALUE;
    private long arrived;
    private Histogram latency = new Histogram(LONGEST_NANOS, DIGITS);

    synchronized void open(long now) {
        from = now;
        to = Long.MAX_VALUE;
        arrived = 0;
        latency = new Histogram(LONGEST_NANOS, DIGITS);
    }

    /** What is under way will still be counted among the latencies when it arrives. */
    synchronized void close(long now) {
        to = now;
    }

    synchronized void arrived(long intended, long now) {
        if (now >= from && now < to) {
            arrived++;
        }
        if (intended >= from && intended < to) {
            latency.recordValue(Math.min(now - intended, LONGEST_NANOS));
        }
    }

    /** Texts that arrived in the window, whenever they were sent. */
    synchronized long arrived() {
        return arrived;
    }

    /** Milliseconds. */
    synchronized double percentile(double percentile) {
        return latency.getValueAtPercentile(percentile) / 1e6;
    }
}

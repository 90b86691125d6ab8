package io.guestchat.platform;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * Exponential backoff with full jitter: the n-th delay is drawn evenly between nothing and {@code base * 2^(n-1)}, at most
 * {@code cap}. Full jitter spreads callers that failed together the widest. Holds no state but its random source, which has to
 * be safe for several threads.
 */
public final class Backoff {

    private final Duration base;
    private final Duration cap;
    private final RandomGenerator random;

    public Backoff(Duration base, Duration cap, RandomGenerator random) {
        if (base.isNegative() || base.isZero() || cap.compareTo(base) < 0) {
            throw new IllegalArgumentException("base " + base + " has to be positive and not above cap " + cap);
        }
        this.base = base;
        this.cap = cap;
        this.random = random;
    }

    /**
     * @param attempt how many attempts have failed, from 1
     * @param floor never sooner than this; the jitter comes on top, lest all that were told the same second come back in it
     */
    public Duration delay(int attempt, Duration floor) {
        int doublings = Math.min(Math.max(attempt, 1) - 1, 30);
        long window = Math.min(cap.toMillis(), base.toMillis() << doublings);
        return floor.plusMillis(random.nextLong(window + 1));
    }
}

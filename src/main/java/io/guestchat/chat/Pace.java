package io.guestchat.chat;

/**
 * At most so many texts in any second to one chat's socket ({@code chat.messages-per-second}); the rest wait in order. Times are
 * monotonic nanoseconds.
 */
public final class Pace {

    private static final long SECOND = 1_000_000_000L;

    private final long[] sent;
    private int next;
    private int count;

    public Pace(int perSecond) {
        sent = new long[perSecond];
    }

    /** How long the next text has to wait, in nanoseconds; 0 where it may go. */
    public long waitNanos(long now) {
        return count < sent.length ? 0 : Math.max(0, sent[next] + SECOND - now);
    }

    /** A text goes. */
    public void take(long now) {
        sent[next] = now;
        next = (next + 1) % sent.length;
        count = Math.min(count + 1, sent.length);
    }
}

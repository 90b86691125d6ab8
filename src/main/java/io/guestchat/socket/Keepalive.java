package io.guestchat.socket;

/**
 * When to ping one socket, and when its silence is a loss. On the socket's event loop only; times are monotonic nanoseconds.
 *
 * <p>A pong counts when it is read, not when the frames before it have been processed: a slow route is no dead peer. While we
 * do not read the socket, nobody is judged: a pong may lie in the kernel's buffer.
 */
final class Keepalive {

    enum Verdict {
        WAIT, PING, SILENT
    }

    private final long every;
    private final long within;
    private long nextPing;
    private long pongBy;
    private boolean awaiting;
    private boolean paused;

    /**
     * @param firstPing the time of the first ping; different for each socket, so that they don't all ping at once
     */
    Keepalive(SocketOptions options, long firstPing) {
        this.every = options.pingEvery().toNanos();
        this.within = options.pongWithin().toNanos();
        this.nextPing = firstPing;
    }

    /** What to do now. Answers {@link Verdict#PING} only where the ping is then sent. */
    Verdict check(long now) {
        if (paused) {
            return Verdict.WAIT;
        }
        if (awaiting) {
            return now - pongBy >= 0 ? Verdict.SILENT : Verdict.WAIT;
        }
        if (now - nextPing < 0) {
            return Verdict.WAIT;
        }
        nextPing = now + every;
        pongBy = now + within;
        awaiting = true;
        return Verdict.PING;
    }

    void pong() {
        awaiting = false;
    }

    void pause() {
        paused = true;
        awaiting = false;
    }

    void resume() {
        paused = false;
    }
}

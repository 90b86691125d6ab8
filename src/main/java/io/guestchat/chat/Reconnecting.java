package io.guestchat.chat;

/** Where a chat is with opening its socket. Kept from the loss of one to the opening of the next. */
public final class Reconnecting {

    private boolean underWay;
    private int attempts;
    private boolean freshTokenTried;
    private long sinceNanos;
    private boolean down;
    private boolean everDown;

    /**
     * An attempt begins, be it that it waits first.
     *
     * @return whether it may: false where one is under way. What is to come next is its end's to say
     */
    public boolean begin() {
        boolean first = !underWay;
        underWay = true;
        return first;
    }

    /** The attempt has ended: in a socket or in a refusal. */
    public void ended() {
        underWay = false;
    }

    /** There is no socket from now on. Monotonic nanoseconds. */
    public void down(long now) {
        if (!down) {
            down = true;
            everDown = true;
            sinceNanos = now;
        }
    }

    /** The socket is open. */
    public void up() {
        attempts = 0;
        freshTokenTried = false;
        down = false;
    }

    /** @return the number of failed attempts, this one included, from 1 */
    public int failed() {
        return ++attempts;
    }

    /** @return whether a fresh token may be tried at once: true the first time */
    public boolean mayTryFreshToken() {
        boolean first = !freshTokenTried;
        freshTokenTried = true;
        return first;
    }

    /** How long ago the last socket was lost, in nanoseconds, whether there is another one or not; 0 where none was. */
    public long lostFor(long now) {
        return everDown ? now - sinceNanos : 0;
    }

    /** How long there has been no socket, in nanoseconds; 0 where there is one. */
    public long downFor(long now) {
        return down ? now - sinceNanos : 0;
    }
}

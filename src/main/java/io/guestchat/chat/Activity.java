package io.guestchat.chat;

/** When something last went through a chat, either way, in epoch milliseconds. It outlives the owner. Any thread may ask. */
public final class Activity {

    private volatile long last;

    /** Something goes through now. */
    public void seen(long now) {
        last = now;
    }

    /** The chat is a former owner's. @param known what its state says; 0 where that says nothing */
    public void restored(long known) {
        last = known;
    }

    /** The chat is taken up: where nothing is known of it, or a former owner's clock was ahead of ours, time counts from now. */
    public void takenUp(long now) {
        if (last <= 0 || last > now) {
            last = now;
        }
    }

    /** 0 where nothing is known yet. */
    public long lastMillis() {
        return last;
    }
}

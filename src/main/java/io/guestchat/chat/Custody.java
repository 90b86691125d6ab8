package io.guestchat.chat;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * That a chat is ours: since when, and until when; and whether its durable state, which is all that its next owner will know of
 * it, is behind. Any thread may call.
 */
public final class Custody {

    /** As the former owners' end: no former owner can have written a text of the chat. */
    public static final long NOBODY = -1;

    private final int generation;
    private final long formerOwnersEnd;
    private final AtomicBoolean dirty = new AtomicBoolean();
    private final CompletableFuture<Void> left = new CompletableFuture<>();
    private volatile boolean leaving;
    private volatile boolean givenAway;
    private volatile boolean forgotten;

    /**
     * @param generation the group's, at which the partition was taken
     * @param formerOwnersEnd the end of the partition when it was taken: earlier requests may have been worked on by a former
     *        owner; {@link #NOBODY} where none can have written a text
     */
    public Custody(int generation, long formerOwnersEnd) {
        this.generation = generation;
        this.formerOwnersEnd = formerOwnersEnd;
    }

    public int generation() {
        return generation;
    }

    /** Whether a former owner may have written texts of the chat. */
    boolean hadFormerOwner() {
        return formerOwnersEnd != NOBODY;
    }

    /** Whether a former owner may have written that request's text: it came before us, or stood in the state. */
    boolean mayBeFormerOwners(Request request) {
        return hadFormerOwner() && (request.isRestored() || request.offset() < formerOwnersEnd);
    }

    /** The durable state is behind. @return whether it was not before: the caller then sees to it that it is written */
    public boolean markDirty() {
        return dirty.compareAndSet(false, true);
    }

    public boolean isDirty() {
        return dirty.get();
    }

    /** The durable state is about to be written as it stands. */
    public void clean() {
        dirty.set(false);
    }

    /**
     * The chat is about to be given away: nothing new is sent, and a socket that closes is not opened again. What has come in is
     * still worked off.
     *
     * @return completes when its socket is gone and all its frames are worked off
     */
    public CompletionStage<Void> leave() {
        leaving = true;
        return left;
    }

    public boolean isLeaving() {
        return leaving;
    }

    /** Its socket is gone. */
    public void left() {
        left.complete(null);
    }

    /** The chat is somebody else's now: nothing of it is written or published any more. */
    public void giveAway() {
        givenAway = true;
    }

    public boolean isGivenAway() {
        return givenAway;
    }

    /** The chat is nobody's: its state is gone and must not come back. A request that has met it on its way is still answered. */
    public void forget() {
        forgotten = true;
    }

    /** Whether it is given away or forgotten. */
    public boolean isReleased() {
        return givenAway || forgotten;
    }
}

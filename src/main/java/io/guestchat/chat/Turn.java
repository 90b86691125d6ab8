package io.guestchat.chat;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.Executor;

/**
 * Whose turn it is to work on a chat.
 *
 * <p>A chat is worked on by requests, by the frames of its socket and by timers, each on a thread of its own, and a piece of
 * work waits for Kafka in the middle. A lock held by a thread would block that thread all the while; so the turn belongs to the
 * work, not to a thread: it is taken and given back, and who comes meanwhile stands in line, first come, first served, without a
 * thread. Any thread may call.
 */
public final class Turn {

    private final Queue<Runnable> line = new ArrayDeque<>(0);
    private boolean taken;

    /**
     * Takes the turn, or gets in line.
     *
     * @param granted runs, on {@code executor}, when the turn has come; never run where the turn is free at once
     * @return whether the turn was free; the caller then has it and goes on
     */
    public boolean take(Runnable granted) {
        synchronized (line) {
            if (taken) {
                line.add(granted);
                return false;
            }
            taken = true;
            return true;
        }
    }

    /** Whether somebody works on the chat; the answer may be a moment old. */
    public boolean isTaken() {
        synchronized (line) {
            return taken;
        }
    }

    /** Gives the turn to the next in line. */
    public void release(Executor executor) {
        Runnable next;
        synchronized (line) {
            next = line.poll();
            if (next == null) {
                taken = false;
                return;
            }
        }
        executor.execute(next);
    }
}

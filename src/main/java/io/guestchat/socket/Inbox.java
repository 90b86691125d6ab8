package io.guestchat.socket;

import java.util.ArrayDeque;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;

/**
 * Hands the signals of one socket over from its event loop to the worker pool: in order, one at a time.
 *
 * <p>The next signal is handled when the stage of the one before is complete. At most one task of an inbox is with the pool at
 * any time, so the pool's queue is never longer than there are sockets. Full is told to the owner, which stops reading; what
 * was already read when it stopped still comes in, so the bound is {@code high} plus what one read of the connection held.
 */
final class Inbox {

    /** What an inbox needs of its socket. */
    interface Owner {

        /** On a worker. Must not throw. */
        CompletionStage<?> handle(Signal signal);

        /** On the thread that offered. */
        void full();

        /** On a worker. */
        void roomAgain();

        /** The pool takes no more work; what waits is lost. On any thread. */
        void workersGone();
    }

    /** A socket with much to say gives the pool's thread back after this many, so that others come to theirs. */
    private static final int TURN = 32;

    private final Executor workers;
    private final Owner owner;
    private final int high;
    private final int low;
    private final int maxBytes;
    private final ArrayDeque<Signal> waiting = new ArrayDeque<>(1);
    private long bytes;
    private boolean busy;
    private boolean full;

    Inbox(Executor workers, SocketOptions options, Owner owner) {
        this.workers = workers;
        this.owner = owner;
        this.high = options.inboxHigh();
        this.low = options.inboxLow();
        this.maxBytes = options.maxMessageBytes();
    }

    void offer(Signal signal) {
        boolean filled;
        boolean idle;
        synchronized (this) {
            waiting.add(signal);
            bytes += signal.weight();
            filled = !full && (waiting.size() >= high || bytes > maxBytes);
            full |= filled;
            idle = !busy;
            busy = true;
        }
        if (filled) {
            owner.full();
        }
        if (idle) {
            schedule();
        }
    }

    synchronized boolean isFull() {
        return full;
    }

    synchronized int size() {
        return waiting.size();
    }

    private void schedule() {
        try {
            workers.execute(this::turn);
        } catch (RejectedExecutionException e) {
            owner.workersGone();
        }
    }

    private void turn() {
        for (int i = 0; i < TURN; i++) {
            Signal signal;
            boolean emptied;
            synchronized (this) {
                signal = waiting.poll();
                if (signal == null) {
                    busy = false;
                    return;
                }
                bytes -= signal.weight();
                emptied = full && waiting.size() <= low && bytes <= maxBytes;
                full &= !emptied;
            }
            if (emptied) {
                owner.roomAgain();
            }
            CompletableFuture<?> handled = owner.handle(signal).toCompletableFuture();
            if (!handled.isDone()) {
                handled.whenComplete((nothing, failure) -> schedule());
                return;
            }
        }
        schedule();
    }
}

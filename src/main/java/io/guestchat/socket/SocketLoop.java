package io.guestchat.socket;

import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;

import io.vertx.core.http.WebSocketClient;
import io.vertx.core.impl.ContextInternal;

/**
 * One event loop and the sockets that live on it: one timer looks after them all.
 *
 * <p>A timer for each socket would be a task in Netty's queue for each; one sweep over ten thousand idle sockets is some
 * comparisons. The sweep also ends what nothing else would: Vert.x waits for ever for a peer that has sent its close frame and
 * keeps the TCP connection, and for one that no longer reads, so that our close frame is never written out (WebSocketImpl).
 */
final class SocketLoop {

    private static final long SLOWEST_SWEEP_MILLIS = 250;
    private static final double GOLDEN_RATIO = 0.618033988749895;

    private final ContextInternal context;
    private final WebSocketClient client;
    private final SocketOptions options;
    private final Executor workers;
    private final LongSupplier nanos;
    private final Set<SocketLife> sockets = new HashSet<>();
    private final CompletableFuture<Void> emptied = new CompletableFuture<>();
    private long timer;
    private double phase;
    private boolean stopping;
    private final AtomicInteger paused = new AtomicInteger();
    private volatile int watched;

    SocketLoop(ContextInternal context, WebSocketClient client, SocketOptions options, Executor workers, LongSupplier nanos) {
        this.context = context;
        this.client = client;
        this.options = options;
        this.workers = workers;
        this.nanos = nanos;
    }

    void start() {
        long shortest = Math.min(
                Math.min(options.pingEvery().toMillis(), options.pongWithin().toMillis()),
                Math.min(options.handshakeTimeout().toMillis(), options.closingTimeout().toMillis()));
        long period = Math.max(1, Math.min(SLOWEST_SWEEP_MILLIS, shortest / 8));
        execute(() -> timer = context.setPeriodic(period, id -> sweep()));
    }

    /** Closes all of its sockets, and those that still come, with 1001. The stage completes when none is left. */
    CompletableFuture<Void> stop() {
        execute(() -> {
            stopping = true;
            sockets.forEach(SocketLife::goAway);
            sweep();
        });
        return emptied;
    }

    /** Runs on the event loop, after all that was given before. With the loop gone there is no socket left to care for. */
    void execute(Runnable task) {
        try {
            context.runOnContext(nothing -> task.run());
        } catch (RejectedExecutionException e) {
            emptied.complete(null);
        }
    }

    /** On the loop. False where no socket may open any more. */
    boolean watch(SocketLife socket) {
        sockets.add(socket);
        watched = sockets.size();
        return !stopping;
    }

    /**
     * On the loop. A time within the next ping period for a socket's first ping, such that any number of sockets opened together
     * are spread evenly over the period (multiples of the golden ratio, modulo 1).
     */
    long firstPing() {
        phase = (phase + GOLDEN_RATIO) % 1;
        return now() + (long) (options.pingEvery().toNanos() * phase);
    }

    int watched() {
        return watched;
    }

    /** From any thread: a socket of this loop is no longer read, or is read again. */
    void paused(boolean isPaused) {
        paused.addAndGet(isPaused ? 1 : -1);
    }

    int paused() {
        return paused.get();
    }

    long now() {
        return nanos.getAsLong();
    }

    WebSocketClient client() {
        return client;
    }

    SocketOptions options() {
        return options;
    }

    Executor workers() {
        return workers;
    }

    private void sweep() {
        long now = now();
        sockets.removeIf(socket -> socket.sweep(now));
        watched = sockets.size();
        if (stopping && sockets.isEmpty()) {
            context.owner().cancelTimer(timer);
            emptied.complete(null);
        }
    }
}

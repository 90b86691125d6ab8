package io.guestchat.platform;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;

/**
 * Gives turns: never more than N in any 60 seconds, the most urgent first, within a priority first come, first served. A burst
 * of N goes at once; the next turn is free 60 seconds after the one N places before it. While its {@link CallBreaker} is open,
 * everybody waits but the one who probes.
 *
 * <p>It counts turns, not arrivals at the platform: what happens between a turn and its call is up to the caller.
 *
 * <p>No thread waits here, and at most one timer is armed, for the moment when the next turn is free. Safe for any thread. A turn
 * that was not free at once completes on the timer's thread: go on with {@code …Async}. A turn whose future was cancelled
 * meanwhile is not counted.
 */
public final class CallPace implements AutoCloseable {

    private static final long WINDOW_NANOS = Duration.ofSeconds(60).toNanos();

    private final Timer timer;
    private final CallBreaker breaker;
    private final long[] starts;
    private final List<Deque<CompletableFuture<Void>>> waiting = new ArrayList<>();

    /** How many turns were ever given: the ring's next slot, and whether the slot was ever used. */
    private long given;
    private Runnable disarm;
    private long armedFor;
    private boolean closed;

    /**
     * @param name tells this pace from others in the metrics
     * @param perMinute N
     * @param priorities how many priorities there are, from 0, the most urgent
     */
    public CallPace(String name, int perMinute, int priorities, Timer timer, MeterRegistry meters) {
        // Nobody reports to this one, so it never opens.
        this(name, perMinute, priorities, new CallBreaker(name, null, Duration.ZERO, timer, Clock.systemUTC()), timer, meters);
    }

    /** @param breaker told by whoever was given a turn what came of it */
    CallPace(String name, int perMinute, int priorities, CallBreaker breaker, Timer timer, MeterRegistry meters) {
        if (perMinute < 1 || priorities < 1) {
            throw new IllegalArgumentException("a pace of " + perMinute + " a minute in " + priorities + " priorities");
        }
        this.timer = timer;
        this.breaker = breaker;
        this.starts = new long[perMinute];
        for (int priority = 0; priority < priorities; priority++) {
            waiting.add(new ArrayDeque<>());
            int counted = priority;
            Gauge.builder("guestchat.platform.waiting", this, pace -> pace.waiting(counted))
                    .description("Calls that wait for their turn")
                    .tag("pace", name)
                    .tag("priority", Integer.toString(priority))
                    .register(meters);
        }
        breaker.onChange(this::giveTurns);
    }

    /** Takes the reports of those who were given a turn. */
    public CallBreaker breaker() {
        return breaker;
    }

    /** Completes when the caller may go ahead; fails with a {@link RejectedExecutionException} once this is closed. */
    public CompletionStage<Void> turn(int priority) {
        CompletableFuture<Void> turn = new CompletableFuture<>();
        synchronized (this) {
            if (closed) {
                return CompletableFuture.failedFuture(stopping());
            }
            waiting.get(priority).addLast(turn);
        }
        giveTurns();
        return turn;
    }

    /** How many wait in a priority. */
    public synchronized int waiting(int priority) {
        return waiting.get(priority).size();
    }

    /** Nobody waits any more: every turn that was not given fails, and so does each that is asked for later. */
    @Override
    public void close() {
        List<CompletableFuture<Void>> waited = new ArrayList<>();
        synchronized (this) {
            closed = true;
            waiting.forEach(waited::addAll);
            waiting.forEach(Deque::clear);
        }
        waited.forEach(turn -> turn.completeExceptionally(stopping()));
    }

    private static RejectedExecutionException stopping() {
        return new RejectedExecutionException("no more turns are given");
    }

    private void giveTurns() {
        List<CompletableFuture<Void>> free = new ArrayList<>();
        synchronized (this) {
            long now = timer.nanoTime();
            long wait = untilFree(now);
            CompletableFuture<Void> next = peek();
            while (next != null && wait <= 0) {
                take();
                breaker.pass(now);
                starts[(int) (given++ % starts.length)] = now;
                free.add(next);
                wait = untilFree(now);
                next = peek();
            }
            if (next != null) {
                arm(now + wait, wait);
            }
        }
        // Outside the lock: what goes on from here is not ours.
        for (CompletableFuture<Void> turn : free) {
            if (!turn.complete(null)) {
                // Gave up just now.
                breaker.unused();
            }
        }
    }

    private long untilFree(long now) {
        long wait = 0;
        if (given >= starts.length) {
            wait = starts[(int) (given % starts.length)] + WINDOW_NANOS - now;
        }
        return Math.max(wait, breaker.untilFree(now));
    }

    /** The most urgent that still waits; those that gave up are dropped on the way. */
    private CompletableFuture<Void> peek() {
        for (Deque<CompletableFuture<Void>> queue : waiting) {
            while (!queue.isEmpty()) {
                if (!queue.peekFirst().isDone()) {
                    return queue.peekFirst();
                }
                queue.removeFirst();
            }
        }
        return null;
    }

    private void take() {
        for (Deque<CompletableFuture<Void>> queue : waiting) {
            if (!queue.isEmpty()) {
                queue.removeFirst();
                return;
            }
        }
    }

    /** A timer that fires too early, because the breaker has opened, finds no free turn and arms the next. */
    private void arm(long at, long wait) {
        if (disarm != null) {
            if (armedFor - at <= 0) {
                return;
            }
            disarm.run();
        }
        armedFor = at;
        disarm = timer.after(Duration.ofNanos(wait), () -> {
            synchronized (this) {
                if (armedFor == at) {
                    disarm = null;
                }
            }
            giveTurns();
        });
    }
}

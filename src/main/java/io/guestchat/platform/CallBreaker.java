package io.guestchat.platform;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A circuit breaker for one kind of calls. It differs from the usual one in two ways: while it is open, calls are not refused but
 * wait in the line of their {@link CallPace}, so that they go on, in order, the moment the platform is back; and it opens for a
 * 429, too, for as long as the platform asks.
 *
 * <p>Whoever is let through reports what came of it: one of {@link #answered}, {@link #unanswered}, {@link #throttled} and {@link
 * #unused}. A report is not tied to its call: one that comes late, from before the opening, counts as if it were the probe's,
 * which at worst moves the next probe. Safe for any thread.
 */
public final class CallBreaker {

    /** How often a platform that is away is asked whether it is back. */
    static final Duration PROBE_EVERY = Duration.ofSeconds(5);
    /** So many failures in a row, and no answer between them, are no coincidence. */
    static final int FAILURES = 5;
    /** So many different calls have to fail for a newcomer to wait with them: one conversation that fails is no outage. */
    private static final int DIFFERENT_CALLS = 3;
    /** A 429 that does not say for how long. */
    static final Duration SHORTEST_THROTTLE = Duration.ofSeconds(1);
    /** More than any call or handshake takes: who has not reported by then never will. */
    private static final Duration LONGEST_PROBE = Duration.ofSeconds(90);
    /** What was seen so long ago, and not looked at since, is no news: nobody calls, so nobody knows. */
    private static final Duration NEWS = Duration.ofMinutes(1);

    private static final Logger log = LoggerFactory.getLogger(CallBreaker.class);

    /** Why calls are held back. */
    public enum Cause {
        NO_ANSWER, THROTTLED
    }

    private sealed interface State {

        /** Everybody passes. */
        record Closed(int failures) implements State {
        }

        /** Nobody passes until then. Monotonic nanoseconds. */
        record Open(Cause cause, long until) implements State {
        }

        /** One call is on its way to find out; the next one follows if it is not heard of until then. */
        record HalfOpen(Cause cause, long until) implements State {
        }
    }

    private final String name;
    private final Backoff throttle;
    private final Duration longestThrottle;
    private final Timer timer;
    private final Clock clock;

    private State state = new State.Closed(0);
    private Runnable changed = () -> { };
    /** What has failed since the last answer, as far as that matters. */
    private final Set<Object> failing = new HashSet<>();
    private int throttles;
    private long heldBefore;
    private long heldSince;
    private Instant noAnswerSince;
    private long lastFailureAt;

    /**
     * @param name of the pace, for logs and metrics
     * @param throttle the pause after a 429 that does not say for how long; it grows until a call succeeds
     * @param longestThrottle the longest wait that a 429 can ask of all. One beyond what a call is tried for would refuse every
     *        request unseen, by the word of one answer: it is the pause's turn then
     */
    CallBreaker(String name, Backoff throttle, Duration longestThrottle, Timer timer, Clock clock) {
        this.name = name;
        this.throttle = throttle;
        this.longestThrottle = longestThrottle;
        this.timer = timer;
        this.clock = clock;
    }

    CallBreaker measuredBy(MeterRegistry meters) {
        for (Cause cause : Cause.values()) {
            Gauge.builder("guestchat.platform.degraded", this, breaker -> breaker.isDegraded(cause) ? 1 : 0)
                    .description("1 while calls wait for a probe to succeed")
                    .tag("pace", name)
                    .tag("cause", cause == Cause.NO_ANSWER ? "no-answer" : "throttled")
                    .register(meters);
        }
        return this;
    }

    /** The platform has answered: it is there, whatever it said. */
    public void answered() {
        Instant back;
        synchronized (this) {
            boolean heldByThrottle = state instanceof State.Open open && open.cause() == Cause.THROTTLED;
            if (heldByThrottle) {
                // Asked before the 429 came.
                return;
            }
            throttles = 0;
            if (state instanceof State.Closed closed && closed.failures() == 0) {
                return;
            }
            back = noAnswerSince;
            become(new State.Closed(0));
            noAnswerSince = null;
            failing.clear();
        }
        tellBack(back);
        changed.run();
    }

    private void tellBack(Instant since) {
        if (since != null) {
            log.info("platform answers again pace={} away-since={}", name, since);
        }
    }

    /** No answer, or one that says that the platform does not work. */
    public void unanswered() {
        unanswered(new Object());
    }

    /** @param what tells this call from others; the same at each attempt */
    void unanswered(Object what) {
        boolean first = false;
        synchronized (this) {
            if (failing.size() < DIFFERENT_CALLS) {
                failing.add(what);
            }
            lastFailureAt = timer.nanoTime();
            if (state instanceof State.Closed closed && closed.failures() + 1 < FAILURES) {
                state = new State.Closed(closed.failures() + 1);
            } else if (state instanceof State.HalfOpen halfOpen && halfOpen.cause() == Cause.THROTTLED) {
                // No 429 any more; whether it is an outage now is for others to find out.
                become(new State.Closed(1));
            } else if (!(state instanceof State.Open)) {
                become(new State.Open(Cause.NO_ANSWER, lastFailureAt + PROBE_EVERY.toNanos()));
                first = noAnswerSince == null;
                noAnswerSince = first ? clock.instant() : noAnswerSince;
            }
        }
        if (first) {
            // One line an outage, not one a call.
            log.warn("platform does not answer, one call at a time asks whether it is back pace={} every-s={}", name,
                    PROBE_EVERY.toSeconds());
        }
        changed.run();
    }

    /** A call is about to stand in line. Where only one or two others have failed, it is tried: they may be at fault. */
    void newcomer(Object what) {
        synchronized (this) {
            boolean tried = holds().filter(Cause.NO_ANSWER::equals).isPresent() && failing.size() < DIFFERENT_CALLS
                    && !failing.contains(what);
            if (!tried) {
                return;
            }
            become(new State.Closed(FAILURES - 1));
        }
        changed.run();
    }

    /** A 429. @param retryAfter null where it did not say */
    public void throttled(Duration retryAfter) {
        Instant back = null;
        synchronized (this) {
            long now = timer.nanoTime();
            boolean told = retryAfter != null && !retryAfter.isZero() && retryAfter.compareTo(longestThrottle) <= 0;
            if (state instanceof State.Open open && !told) {
                // One of many that were on their way together.
                return;
            }
            Duration hold = told ? retryAfter : throttle.delay(++throttles, SHORTEST_THROTTLE);
            long until = now + hold.toNanos();
            if (state instanceof State.Open open) {
                state = until - open.until() > 0 ? new State.Open(open.cause(), until) : open;
            } else {
                become(new State.Open(Cause.THROTTLED, until));
                back = noAnswerSince;
                noAnswerSince = null;
            }
            log.debug("platform throttles pace={} ms={}", name, hold.toMillis());
        }
        tellBack(back);
        changed.run();
    }

    /** Was let through and made no call after all. */
    public void unused() {
        synchronized (this) {
            if (!(state instanceof State.HalfOpen halfOpen)) {
                return;
            }
            state = new State.Open(halfOpen.cause(), timer.nanoTime());
        }
        changed.run();
    }

    /** Why calls are held back just now; empty while they are not. */
    public synchronized Optional<Cause> holds() {
        return state instanceof State.Open open ? Optional.of(open.cause())
                : state instanceof State.HalfOpen halfOpen ? Optional.of(halfOpen.cause()) : Optional.empty();
    }

    /** Since when the platform has not answered; empty where it does, or where nobody has asked it for a minute. */
    public synchronized Optional<Instant> noAnswerSince() {
        boolean news = timer.nanoTime() - lastFailureAt < PROBE_EVERY.plus(NEWS).toNanos();
        return news ? Optional.ofNullable(noAnswerSince) : Optional.empty();
    }

    /** For the metric: not where the time is over and there was nobody to find out. */
    private synchronized boolean isDegraded(Cause cause) {
        if (cause == Cause.NO_ANSWER) {
            return noAnswerSince().isPresent();
        }
        boolean over = state instanceof State.Open open && open.until() - timer.nanoTime() <= 0;
        return !over && holds().filter(cause::equals).isPresent();
    }

    /** How long calls have been held back, all times together. */
    synchronized long heldNanos() {
        return heldBefore + (state instanceof State.Closed ? 0 : timer.nanoTime() - heldSince);
    }

    /** How long until the next one may pass; not above 0 where it may at once. */
    synchronized long untilFree(long now) {
        return state instanceof State.Open open ? open.until() - now
                : state instanceof State.HalfOpen halfOpen ? halfOpen.until() - now : 0;
    }

    /** One passes, who was free to: see {@link #untilFree}. */
    synchronized void pass(long now) {
        holds().ifPresent(cause -> state = new State.HalfOpen(cause, now + LONGEST_PROBE.toNanos()));
    }

    /** @param told after each change that may let somebody pass, or nobody; on the thread that reports */
    void onChange(Runnable told) {
        changed = told;
    }

    private void become(State next) {
        long now = timer.nanoTime();
        boolean held = !(state instanceof State.Closed);
        boolean holds = !(next instanceof State.Closed);
        if (held && !holds) {
            heldBefore += now - heldSince;
        } else if (!held && holds) {
            heldSince = now;
        }
        state = next;
    }

    @Override
    public synchronized String toString() {
        return "CallBreaker[" + name + ", " + state + "]";
    }
}

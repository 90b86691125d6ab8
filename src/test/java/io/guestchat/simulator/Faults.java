package io.guestchat.simulator;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;

/**
 * The faults that were told and have not happened yet, and the silences that are on. Safe for all threads: of N calls that arrive
 * at once, exactly as many meet a fault as were told.
 */
final class Faults {

    private final Map<CallKind, Deque<Planned>> planned = new EnumMap<>(CallKind.class);
    private volatile boolean any;
    private volatile Set<Silence> silences = EnumSet.noneOf(Silence.class);

    private static final class Planned {
        private final Fault fault;
        private int left;

        Planned(Fault fault, int left) {
            this.fault = fault;
            this.left = left;
        }
    }

    /** The next {@code count} calls of this kind meet the fault, after those that were told before. */
    synchronized void plan(CallKind kind, int count, Fault fault) {
        if (count < 1) {
            throw new IllegalArgumentException("count must be 1 or more");
        }
        planned.computeIfAbsent(kind, k -> new ArrayDeque<>()).add(new Planned(fault, count));
        any = true;
    }

    /** The fault of the call that has just arrived, used up by this; {@link Fault#NONE} where none is planned. */
    Fault take(CallKind kind) {
        // Calls under load must not queue for the lock only to learn that there is no fault at all.
        return any ? takePlanned(kind) : Fault.NONE;
    }

    private synchronized Fault takePlanned(CallKind kind) {
        Deque<Planned> queue = planned.get(kind);
        if (queue == null) {
            return Fault.NONE;
        }
        Planned next = queue.getFirst();
        if (--next.left == 0) {
            queue.removeFirst();
            if (queue.isEmpty()) {
                planned.remove(kind);
                any = !planned.isEmpty();
            }
        }
        return next.fault;
    }

    /** How many calls of this kind will still meet a fault. */
    synchronized int left(CallKind kind) {
        Deque<Planned> queue = planned.get(kind);
        return queue == null ? 0 : queue.stream().mapToInt(p -> p.left).sum();
    }

    synchronized void clear() {
        planned.clear();
        any = false;
    }

    synchronized void silence(Silence silence, boolean on) {
        Set<Silence> changed = EnumSet.copyOf(silences);
        if (on) {
            changed.add(silence);
        } else {
            changed.remove(silence);
        }
        silences = changed;
    }

    boolean silent(Silence silence) {
        return silences.contains(silence);
    }
}

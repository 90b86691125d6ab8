package io.guestchat.simulator;

import java.util.EnumMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/** Counts the calls by kind and status. Safe for all threads. */
public final class CallCounts {

    /** Stands for the status of a call that got no answer. */
    public static final int NO_ANSWER = 0;

    private final Map<CallKind, Map<Integer, LongAdder>> counts = new EnumMap<>(CallKind.class);

    CallCounts() {
        for (CallKind kind : CallKind.values()) {
            counts.put(kind, new ConcurrentHashMap<>());
        }
    }

    void add(CallKind kind, int status) {
        counts.get(kind).computeIfAbsent(status, s -> new LongAdder()).increment();
    }

    /** Calls of this kind, however they were answered. */
    public long of(CallKind kind) {
        return counts.get(kind).values().stream().mapToLong(LongAdder::sum).sum();
    }

    /** Calls of this kind that were answered so; an accepted handshake is 101. */
    public long of(CallKind kind, int status) {
        LongAdder count = counts.get(kind).get(status);
        return count == null ? 0 : count.sum();
    }

    /** All statuses of this kind with their counts. */
    public SortedMap<Integer, Long> byStatus(CallKind kind) {
        SortedMap<Integer, Long> result = new TreeMap<>();
        counts.get(kind).forEach((status, count) -> result.put(status, count.sum()));
        return result;
    }
}

package io.guestchat.intake;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Carries out the records of each chat one after the other, and of many chats at once.
 *
 * <p>The hazard: a lane that looks idle is removed just as another thread appends to it, and the record is never carried out;
 * or two threads each find no lane and run two records of one chat side by side. So every look and every change is under one
 * lock, held for a few map operations and never while work runs.
 *
 * <p>A lane is a (partition, key) pair; the records of a partition that have no key share one. A lane exists only while it has
 * a record. How many records wait is bounded by the consumer ({@link IntakeSettings#maxUnfinished()}), not here. All methods
 * are safe on any thread.
 */
public final class ChatLanes {
    private static final Logger log = LoggerFactory.getLogger(ChatLanes.class);

    private final Executor executor;
    private final RequestWork work;
    private final Object lock = new Object();
    /** Each lane's waiting records; its one record in progress is not among them. */
    private final Map<LaneKey, Deque<RequestRecord>> lanes = new HashMap<>();
    private final Map<Integer, Integer> recordsByPartition = new HashMap<>();
    private final List<Waiter> waiters = new ArrayList<>();
    private int queued;

    private record Waiter(Set<Integer> partitions, CompletableFuture<Void> drained) {
    }

    public ChatLanes(Executor executor, RequestWork work) {
        this.executor = Objects.requireNonNull(executor);
        this.work = Objects.requireNonNull(work);
    }

    /**
     * Takes a record; it is carried out on the executor after the earlier records of its lane. Never runs work on the caller's
     * thread, unless the executor does.
     */
    public void submit(RequestRecord record) {
        LaneKey key = LaneKey.of(record);
        boolean first;
        synchronized (lock) {
            recordsByPartition.merge(record.partition(), 1, Integer::sum);
            Deque<RequestRecord> waiting = lanes.get(key);
            first = waiting == null;
            if (first) {
                lanes.put(key, new ArrayDeque<>(2));
            } else {
                waiting.add(record);
                queued++;
            }
        }
        if (first) {
            start(key, record);
        }
    }

    /**
     * Drops the waiting records of these partitions: they are neither carried out nor done. Those in progress go on, and a
     * lane's next record still waits for its one in progress, should the partition come back meanwhile.
     */
    public void drop(Collection<Integer> partitions) {
        synchronized (lock) {
            lanes.forEach((key, waiting) -> {
                if (partitions.contains(key.partition())) {
                    forget(key.partition(), waiting.size());
                    queued -= waiting.size();
                    waiting.clear();
                }
            });
        }
        completeWaiters();
    }

    /** Completes when no record of these partitions waits or is in progress; on the thread that ends the last, or at once. */
    public CompletionStage<Void> drained(Collection<Integer> partitions) {
        Waiter waiter = new Waiter(new HashSet<>(partitions), new CompletableFuture<>());
        synchronized (lock) {
            waiters.add(waiter);
        }
        completeWaiters();
        return waiter.drained();
    }

    /** How many records wait or are in progress. */
    public int inFlight() {
        synchronized (lock) {
            return queued + lanes.size();
        }
    }

    /** How many records are in progress: one for each lane. */
    public int inProgress() {
        synchronized (lock) {
            return lanes.size();
        }
    }

    private void start(LaneKey key, RequestRecord record) {
        try {
            executor.execute(() -> carryOut(key, record));
        } catch (RejectedExecutionException closed) {
            log.warn("request not carried out, executor is closed record={}", record);
            drop(List.of(key.partition()));
            finished(key, record, false);
        }
    }

    private void carryOut(LaneKey key, RequestRecord record) {
        AtomicBoolean once = new AtomicBoolean();
        try {
            work.carryOut(record, () -> {
                if (once.compareAndSet(false, true)) {
                    finished(key, record, true);
                }
            });
        } catch (RuntimeException failure) {
            // Work answers its own failures. Where it could not, the offset stays unfinished: the next owner gets the record
            // again.
            log.error("request left unfinished record={}", record, failure);
            if (once.compareAndSet(false, true)) {
                finished(key, record, false);
            }
        }
    }

    private void finished(LaneKey key, RequestRecord record, boolean carriedOut) {
        if (carriedOut && !record.isHandedOver()) {
            record.done();
        }
        RequestRecord next;
        synchronized (lock) {
            forget(key.partition(), 1);
            next = lanes.get(key).poll();
            if (next == null) {
                lanes.remove(key);
            } else {
                queued--;
            }
        }
        completeWaiters();
        if (next != null) {
            start(key, next);
        }
    }

    private void forget(int partition, int records) {
        recordsByPartition.computeIfPresent(partition, (p, count) -> count == records ? null : count - records);
    }

    private void completeWaiters() {
        List<Waiter> due = new ArrayList<>();
        synchronized (lock) {
            for (Iterator<Waiter> all = waiters.iterator(); all.hasNext();) {
                Waiter waiter = all.next();
                if (waiter.partitions().stream().noneMatch(recordsByPartition::containsKey)) {
                    all.remove();
                    due.add(waiter);
                }
            }
        }
        due.forEach(waiter -> waiter.drained().complete(null));
    }
}

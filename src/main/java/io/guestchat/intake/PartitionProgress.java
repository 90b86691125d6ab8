package io.guestchat.intake;

import java.time.Duration;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.LongSupplier;

/**
 * How far one partition's records are carried out, in one assignment.
 *
 * <p>The hazard: records are finished out of order, and a committed offset says "everything below is finished". Committing the
 * offset of whatever finished last would lose the older ones in a crash. So what may be committed is the <em>low
 * watermark</em>: the lowest unfinished offset, or, where none is unfinished, the one after the last record seen.
 *
 * <p>Only unfinished offsets are kept. What is finished above the watermark needs no memory, however long an old record keeps the
 * watermark down; and offsets that never come (compaction, transaction markers) are never unfinished, so they stall nothing.
 *
 * <p>Safe on any thread; one lock, held for a map operation.
 */
final class PartitionProgress {
    private static final long NOTHING_SEEN = -1;

    private final LongSupplier nanoTime;
    /** By offset. Offsets only rise, so the order of insertion is the order of offsets and of age. */
    private final Map<Long, Unfinished> unfinished = new LinkedHashMap<>();
    private long unfinishedBytes;
    private long next = NOTHING_SEEN;

    private record Unfinished(long since, int bytes) {
    }

    PartitionProgress(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    /** Where the first record is to come from; the watermark until one has come. */
    synchronized void beginAt(long offset) {
        next = Math.max(next, offset);
    }

    /** Registers a fetched record. Offsets rise from call to call, not necessarily by one. */
    void begin(long offset) {
        begin(offset, 0);
    }

    /** The same with the memory that it takes. */
    synchronized void begin(long offset, int bytes) {
        if (isBehind(offset)) {
            throw new IllegalArgumentException("offset " + offset + " comes after " + (next - 1));
        }
        unfinished.put(offset, new Unfinished(nanoTime.getAsLong(), bytes));
        unfinishedBytes += bytes;
        next = offset + 1;
    }

    /** Whether an offset was passed already, that is, the partition went back. */
    synchronized boolean isBehind(long offset) {
        return offset < next;
    }

    /** Finishes a record; false where it was not unfinished. */
    synchronized boolean finish(long offset) {
        Unfinished finished = unfinished.remove(offset);
        if (finished != null) {
            unfinishedBytes -= finished.bytes();
        }
        return finished != null;
    }

    synchronized boolean isUnfinished(long offset) {
        return unfinished.containsKey(offset);
    }

    /** The next offset to commit; empty as long as it is not known where the records begin. It never falls. */
    synchronized OptionalLong watermark() {
        if (next == NOTHING_SEEN) {
            return OptionalLong.empty();
        }
        Iterator<Long> oldestFirst = unfinished.keySet().iterator();
        return OptionalLong.of(oldestFirst.hasNext() ? oldestFirst.next() : next);
    }

    synchronized int unfinished() {
        return unfinished.size();
    }

    synchronized long unfinishedBytes() {
        return unfinishedBytes;
    }

    /** How long ago the oldest unfinished record came; zero where none is unfinished. */
    synchronized Duration oldestUnfinishedAge() {
        Iterator<Unfinished> oldestFirst = unfinished.values().iterator();
        return oldestFirst.hasNext() ? Duration.ofNanos(nanoTime.getAsLong() - oldestFirst.next().since()) : Duration.ZERO;
    }
}

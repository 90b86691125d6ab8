package io.guestchat.chat;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;

/**
 * The records of a chat that are on their way to Kafka while the chat goes on.
 *
 * <p>Those of one topic go one at a time: a record that Kafka did not take is offered again, and would then come behind later
 * ones that it did take. What the durable state says has been told must have been, so whoever writes it, and whoever tells what
 * has to come behind all that, waits until the outbox is empty. Any thread may call.
 */
public final class Outbox {

    /** So many may be on their way; whoever adds one more is to wait for it, and so do the frames behind his. */
    private static final int MOST = 32;

    /** By topic, where one is on its way: those behind it, null as long as there are none. */
    private final Map<String, Queue<Runnable>> lines = new HashMap<>(4);
    private List<Runnable> waiters = List.of();
    private int size;

    /**
     * Puts a record in its topic's line.
     *
     * @param topic names the line
     * @param offer offers the record; run when those before it are out, at once where there are none. {@link #out} follows it
     * @return whether there was room; where there was none the caller is to wait until his record is out
     */
    public boolean put(String topic, Runnable offer) {
        boolean room;
        synchronized (this) {
            room = size < MOST;
            size++;
            if (lines.containsKey(topic)) {
                lines.computeIfAbsent(topic, second -> new ArrayDeque<>(2)).add(offer);
                return room;
            }
            lines.put(topic, null);
        }
        offer.run();
        return room;
    }

    /** The record that was offered is out, or refused for good. Lets the next one of its line go, on this thread. */
    public void out(String topic) {
        Runnable next;
        List<Runnable> empty = List.of();
        synchronized (this) {
            Queue<Runnable> behind = lines.get(topic);
            next = behind == null ? null : behind.poll();
            if (next == null) {
                lines.remove(topic);
            }
            size--;
            if (size == 0) {
                empty = waiters;
                waiters = List.of();
            }
        }
        if (next != null) {
            next.run();
        }
        empty.forEach(Runnable::run);
    }

    public synchronized boolean isEmpty() {
        return size == 0;
    }

    /**
     * @param empty run once nothing is on its way any more, on the thread that sees the last record out; never where nothing is
     * @return whether nothing is, so that the caller may go on
     */
    public synchronized boolean awaitEmpty(Runnable empty) {
        if (size == 0) {
            return true;
        }
        if (waiters.isEmpty()) {
            waiters = new ArrayList<>(1);
        }
        waiters.add(empty);
        return false;
    }
}

package io.guestchat.chat;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;

/**
 * How far a chat has come with its requests.
 *
 * <p>A request may be finished before an earlier one: an answer to {@code status} while a text still waits for the socket. The
 * durable state has one number to say what has been done, so it may only say what is done without a gap; and a request's offset
 * may only be committed when the state that says so is durable, or a crash in between would carry it out twice.
 *
 * <p>Any thread may call.
 */
public final class ChatProgress {

    private final Deque<Entry> taken = new ArrayDeque<>(0);
    private final List<Request> passed = new ArrayList<>();
    private long lastOffset;

    private static final class Entry {
        private final Request request;
        private boolean finished;
        /** The last offset that is done with it: its own, or that of a request behind it that was refused meanwhile. */
        private long reach;

        private Entry(Request request) {
            this.request = request;
            this.reach = request.offset();
        }
    }

    /** @param from from the durable state, or from a former chat of the same id, whose last requests no state speaks for yet */
    public ChatProgress(Reached from) {
        this.lastOffset = from.lastOffset();
        this.passed.addAll(from.requests());
    }

    /** Whether the request comes again: it was carried out, refused or held, and the state that says so is known. */
    public synchronized boolean isPast(long offset) {
        return offset <= lastOffset;
    }

    /** Takes a request; its offsets come in ascending order. */
    public synchronized void take(Request request) {
        taken.add(new Entry(request));
    }

    /** The request has its outcome, or is about to stand in the durable state. Does nothing for one that was not taken. */
    public synchronized void finish(Request request) {
        for (Entry entry : taken) {
            if (entry.request.isSameRecord(request)) {
                entry.finished = true;
                break;
            }
        }
        pass();
    }

    /**
     * The request's refusal is published: nothing depends on its record any more, and its offset may be committed without the
     * state. It may stand behind texts that wait for the socket for minutes, with thousands of its kind; so nothing of it is kept but how
     * far it reached. Does nothing for one that was not taken.
     */
    public synchronized void refused(Request request) {
        Entry before = null;
        for (Iterator<Entry> entries = taken.iterator(); entries.hasNext();) {
            Entry entry = entries.next();
            if (entry.request.isSameRecord(request)) {
                entries.remove();
                if (before == null) {
                    lastOffset = Math.max(lastOffset, entry.reach);
                } else {
                    before.reach = Math.max(before.reach, entry.reach);
                }
                break;
            }
            before = entry;
        }
        pass();
    }

    private void pass() {
        while (!taken.isEmpty() && taken.peek().finished) {
            Entry done = taken.poll();
            lastOffset = Math.max(lastOffset, done.reach);
            passed.add(done.request);
        }
    }

    /** Every request up to this offset has been carried out, refused or is held; -1 where there was none. */
    public synchronized long lastOffset() {
        return lastOffset;
    }

    /** What a state that is about to be written says. */
    public synchronized Reached reached() {
        List<Request> requests = List.copyOf(passed);
        passed.clear();
        return new Reached(lastOffset, requests);
    }

    /**
     * A point of the progress.
     *
     * @param requests finished up to it, and not yet told to be settled
     */
    public record Reached(long lastOffset, List<Request> requests) {

        /** No request yet. */
        public static final Reached NOTHING = new Reached(-1, List.of());

        /** The state that says this is durable. */
        public void durable() {
            requests.forEach(request -> request.settled().run());
        }
    }

    /** Whether there is a request without its outcome. */
    public synchronized boolean isBusy() {
        return !taken.isEmpty();
    }
}

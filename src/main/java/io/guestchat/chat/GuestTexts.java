package io.guestchat.chat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/**
 * The guest's texts of one chat, in the order of their requests: held before a conversation, waiting for the socket, written and
 * not settled.
 *
 * <p>A text that was written may or may not have arrived; it is <em>settled</em> when something says that it has (contract, "What
 * is promised"). Until then it is kept here, so that it can be written again. What was written on a socket arrives in order, so
 * a sign for one text is a sign for all before it on the same socket.
 */
public final class GuestTexts {

    /** How many of the last settled texts are remembered by hash. */
    private static final int REMEMBERED = 32;
    /** A platform that never acknowledges must not let the line of the unacknowledged grow for ever. */
    private static final int MOST_UNACKNOWLEDGED = 1_000;
    private static final int MOST_ONLY_ACKNOWLEDGED = 32;

    private final Deque<GuestText> waiting = new ArrayDeque<>(0);
    private final Deque<GuestText> written = new ArrayDeque<>(0);
    private final Deque<GuestText> unacknowledged = new ArrayDeque<>(0);
    /** Short hashes of texts that an acknowledgement came for, as long as no echo is known. */
    private final Deque<String> onlyAcknowledged = new ArrayDeque<>(0);
    private final Set<Request> told = Collections.newSetFromMap(new IdentityHashMap<>(1));
    private final Deque<String> lastSettled = new ArrayDeque<>(0);
    private boolean echoes;
    private long settled;
    private int waitingBytes;
    private volatile int unfinished;
    private volatile boolean unsettled;

    public GuestTexts(long settled) {
        this.settled = settled;
    }

    /** How many texts have been settled since the chat began. */
    public long settled() {
        return settled;
    }

    /** How many wait for the socket or a conversation. */
    public int waiting() {
        return waiting.size();
    }

    public int waitingBytes() {
        return waitingBytes;
    }

    public boolean hasWaiting() {
        return !waiting.isEmpty();
    }

    /** Whether a text was written and is not settled. Any thread may ask. */
    public boolean hasUnsettled() {
        return unsettled;
    }

    /** Nothing waits and nothing is unsettled. Any thread may ask. */
    public boolean isQuiet() {
        return unfinished == 0;
    }

    /** Puts a text at the end of the line. @param held whether it stands in the durable state from now on */
    public void add(GuestText text, boolean held) {
        waiting.add(held ? text.held() : text);
        count(1);
        waitingBytes += bytes(text);
    }

    /** The next text to write; it stays in line until {@link #wrote}. Null where none waits. */
    public GuestText next() {
        return waiting.peek();
    }

    /** The first text in line was handed to the socket. @return whether that is to be told: once per request, however often */
    public boolean wrote() {
        GuestText text = waiting.remove();
        waitingBytes -= bytes(text);
        written.add(text);
        unsettled = true;
        unacknowledged.add(text);
        if (unacknowledged.size() > MOST_UNACKNOWLEDGED) {
            unacknowledged.remove();
        }
        return told.add(text.request());
    }

    /**
     * An acknowledgement came, which belongs to the oldest text that has none.
     *
     * @return that text; null where none is outstanding, or where echoes acknowledge on this platform
     */
    public GuestText acknowledged() {
        GuestText text = echoes ? null : acknowledge(unacknowledged.peek());
        if (text != null) {
            onlyAcknowledged.add(AgentTexts.hash(text.text()));
            if (onlyAcknowledged.size() > MOST_ONLY_ACKNOWLEDGED) {
                onlyAcknowledged.remove();
            }
        }
        return text;
    }

    /**
     * The guest's own text came back. From now on echoes acknowledge, and acknowledgements do not. The echo of a text that an
     * acknowledgement came for belongs to that one: taken for a sign of an equal text behind it, it would settle what may never
     * arrive.
     */
    public GuestText echoed(String text) {
        echoes = true;
        if (onlyAcknowledged.removeFirstOccurrence(AgentTexts.hash(text))) {
            return null;
        }
        for (GuestText candidate : unacknowledged) {
            if (candidate.text().equals(text)) {
                return acknowledge(candidate);
            }
        }
        return null;
    }

    private GuestText acknowledge(GuestText text) {
        if (text == null) {
            return null;
        }
        GuestText first;
        do {
            first = unacknowledged.remove();
        } while (first != text);
        return text;
    }

    /** The newest text that was written and is not settled; null where there is none. */
    public GuestText lastWritten() {
        return written.peekLast();
    }

    /** That text, and all that were written before it, have arrived. @return those that were not settled before, in order */
    public List<GuestText> settleUpTo(GuestText text) {
        List<GuestText> arrived = new ArrayList<>();
        if (written.contains(text)) {
            GuestText first;
            do {
                first = written.remove();
                settle(first, arrived);
            } while (first != text);
            unsettled = !written.isEmpty();
        }
        return arrived;
    }

    /** Written by one thread at a time, in the chat's turn. */
    private void count(int change) {
        unfinished = unfinished + change;
    }

    private void settle(GuestText text, List<GuestText> arrived) {
        count(-1);
        told.remove(text.request());
        arrived.add(text);
        settle(text.text());
    }

    private void settle(String text) {
        settled++;
        if (lastSettled.size() == REMEMBERED) {
            lastSettled.remove();
        }
        lastSettled.add(AgentTexts.hash(text));
    }

    /** Hashes of the last texts that were settled one after the other, oldest first; empty where none is remembered. */
    List<String> lastSettled() {
        return List.copyOf(lastSettled);
    }

    /** The socket is gone: what was written on it and is not settled goes back to the head of the line, in order. */
    public void rewind() {
        unacknowledged.clear();
        onlyAcknowledged.clear();
        while (!written.isEmpty()) {
            GuestText text = written.removeLast();
            waiting.addFirst(text);
            waitingBytes += bytes(text);
        }
        unsettled = false;
    }

    /**
     * The texts in line that may have reached the platform already: those that were written, or that a former owner may have.
     *
     * @param former whether a former owner may have written a request's text
     */
    List<GuestText> inDoubt(Predicate<Request> former) {
        List<GuestText> doubtful = new ArrayList<>();
        for (GuestText text : waiting) {
            if (!told.contains(text.request()) && !former.test(text.request())) {
                break;
            }
            doubtful.add(text);
        }
        return doubtful;
    }

    /** The history shows that text: it leaves the line. @return whether {@code message-sent} is still to be told */
    public boolean settleFromHistory(GuestText text) {
        if (!waiting.remove(text)) {
            throw new IllegalStateException(text + " is not in line");
        }
        waitingBytes -= bytes(text);
        boolean untold = told.add(text.request());
        settle(text, new ArrayList<>());
        return untold;
    }

    /** A text of a redelivered request that the history has shown before it came: it never gets in line. */
    void settleUnwritten(String text) {
        settle(text);
    }

    /** Takes a text out of line of which nobody knows whether it has arrived: it may stand behind what is settled, or not. */
    public void drop(GuestText text) {
        if (waiting.remove(text)) {
            lastSettled.clear();
            count(-1);
            waitingBytes -= bytes(text);
            told.remove(text.request());
        }
    }

    /** All texts that are not settled, in order. */
    public List<GuestText> unfinished() {
        List<GuestText> all = new ArrayList<>(written);
        all.addAll(waiting);
        return all;
    }

    /** The chat has ended: no text goes any more. */
    public void clear() {
        written.clear();
        unsettled = false;
        unacknowledged.clear();
        waiting.clear();
        waitingBytes = 0;
        unfinished = 0;
        told.clear();
    }

    /** Those that stand in the durable state, in order. */
    public List<GuestText> durable() {
        List<GuestText> durable = new ArrayList<>();
        written.stream().filter(GuestText::durable).forEach(durable::add);
        waiting.stream().filter(GuestText::durable).forEach(durable::add);
        return durable;
    }

    /** Whether {@code message-sent} has been told for it: it has been on a socket. */
    public boolean isTold(GuestText text) {
        return told.contains(text.request());
    }

    private static int bytes(GuestText text) {
        return text.text().getBytes(StandardCharsets.UTF_8).length;
    }
}

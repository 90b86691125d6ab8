package io.guestchat.chat;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/**
 * The texts of the guest that a former owner of the chat may have written, and what the history has said of them.
 *
 * <p>Their requests come again one by one, some of them long after the history was read, so its answer is kept. The first reading
 * after the takeover decides: what is written later is written by us.
 */
public final class FormerTexts {

    /** What is known of the text of a request. */
    public enum Fate {
        /** It goes into line; where the history has not been read yet, it is in doubt there. */
        NEW,
        /** It has arrived: the history shows it. */
        ARRIVED,
        /** It may have arrived, and nothing can tell. */
        UNKNOWN
    }

    private final Custody custody;
    private final Deque<String> unclaimed = new ArrayDeque<>(0);
    private List<String> visible;
    private boolean read;
    private boolean unreadable;

    FormerTexts(Custody custody) {
        this.custody = custody;
    }

    /** Whether that request's text may have been written before, and the history has not said so or otherwise. */
    public boolean isInDoubt(Request request) {
        return !read && custody.mayBeFormerOwners(request);
    }

    /** Whether there may be such texts at all, of which the history has not spoken yet. */
    public boolean isOpen() {
        return !read && custody.hadFormerOwner();
    }

    /**
     * The fate of a request's text that comes into line now. A text that has arrived is claimed: an equal one is another. What is
     * shown before it belongs to no request that can still come.
     */
    Fate claim(Request request, String text) {
        if (!custody.mayBeFormerOwners(request)) {
            // Requests come in order: none that the history has spoken for can still come.
            unclaimed.clear();
            return Fate.NEW;
        }
        if (!read) {
            return Fate.NEW;
        }
        if (unreadable || visible != null && (visible.isEmpty() || visible.contains(text))) {
            return Fate.UNKNOWN;
        }
        if (!unclaimed.contains(text)) {
            return Fate.NEW;
        }
        String shown;
        do {
            shown = unclaimed.remove();
        } while (!shown.equals(text));
        return Fate.ARRIVED;
    }

    /**
     * The whole history was read, and shows texts that no request in line claims; those of an earlier reading are among them.
     */
    void shown(List<String> texts) {
        read = true;
        unclaimed.clear();
        unclaimed.addAll(texts);
    }

    /**
     * The history was read, and is cut off at its old end: a text that it shows may as well be an older one that equals it.
     *
     * @param texts the guest's texts that it shows; where it shows none, not even the newest is known
     */
    void cutOff(List<String> texts) {
        if (isOpen()) {
            visible = List.copyOf(texts);
        }
        read = true;
    }

    /** No history can be read. */
    void unreadable() {
        if (isOpen()) {
            unreadable = true;
        }
        read = true;
    }

    /** Texts that the history shows and no request has claimed, in order. */
    List<String> unclaimed() {
        return List.copyOf(unclaimed);
    }
}

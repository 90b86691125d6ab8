package io.guestchat.chat;

import io.guestchat.dialect.HistorySlice.Item;
import io.guestchat.dialect.PlatformFrame.AgentText;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.NavigableSet;
import java.util.Set;
import java.util.TreeSet;

/**
 * What was said while there was no socket, from its opening on.
 *
 * <p>The hazard: a text may be in the history and come as a frame too, and nothing in a frame says so. But the platform stores a
 * text before it pushes it, and a pong comes after the frames that were pushed before it. So the history is read, and then a ping
 * is sent. At its pong all frames are here that the history can have too: those that came before the reading began are in it, and
 * those that came meanwhile are in it up to some point, so that the history's end is the frames' beginning. Where only one such
 * point fits, it is known which frames are newer; where several do, because an agent repeats itself, it is read again. The place
 * of the first frame in the history stays the same from reading to reading, so that each leaves fewer places for it.
 *
 * <p>One reading counts at a time, the last that was begun: what an earlier one found may lack a text that came between the two.
 *
 * <p>Any thread may call.
 */
public final class Gap {

    /** Kept where the history may turn out to be unreadable; beyond it the socket is dropped, so that the history has them. */
    private static final int MOST_KEPT = 1_000;
    private static final int MOST_READINGS = 40;

    private final boolean lookBack;
    private final List<AgentText> kept = new ArrayList<>();
    private History history;
    private int reading;
    private int readFrom;
    private List<AgentText> newer = List.of();
    private List<AgentText> lacking = List.of();
    private Set<Integer> beginnings = Set.of();
    private boolean reread;
    private long ping = -1;
    private int failures;

    /** After a loss. */
    Gap() {
        this(false);
    }

    /** @param lookBack whether no socket was lost: an earlier gap had no history, and now there is one */
    Gap(boolean lookBack) {
        this.lookBack = lookBack;
    }

    public boolean isLookBack() {
        return lookBack;
    }

    /** A reading of the history begins. @return its number */
    public synchronized int reading() {
        history = null;
        ping = -1;
        readFrom = kept.size();
        return ++reading;
    }

    /** Whether no later reading has been begun. */
    public synchronized boolean isReading(int number) {
        return number == reading;
    }

    /** The history was read, and a ping has been sent after it. */
    public synchronized void read(History read, long sentPing) {
        history = read;
        ping = sentPing;
    }

    /** A text came as a frame. @return false where there are too many to keep */
    public synchronized boolean textCame(AgentText text) {
        kept.add(text);
        return kept.size() <= MOST_KEPT;
    }

    public synchronized boolean isPong(long pong) {
        return history != null && pong == ping;
    }

    /**
     * At the pong: finds out how many of the frames the history has.
     *
     * @param news the history's agent texts that have not been published, in order
     * @return whether that is known, or has been tried often enough: then what may be newer is taken for newer, so that nothing
     * is lost
     */
    public synchronized boolean closes(List<String> news) {
        List<String> frames = kept.stream().map(AgentText::text).toList();
        NavigableSet<Integer> fits = new TreeSet<>();
        for (int count = Math.min(frames.size(), news.size()); count >= readFrom; count--) {
            if (news.subList(news.size() - count, news.size()).equals(frames.subList(0, count))) {
                fits.add(news.size() - count);
            }
        }
        if (!Collections.disjoint(fits, beginnings)) {
            fits.retainAll(beginnings);
        }
        beginnings = fits;
        if (fits.isEmpty()) {
            tellApart(news);
        } else {
            newer = List.copyOf(kept.subList(news.size() - fits.last(), kept.size()));
            lacking = List.of();
        }
        return fits.size() == 1 || reading >= MOST_READINGS;
    }

    /** The frames and the history contradict each other: a frame is in it where as many of the same text are. */
    private void tellApart(List<String> news) {
        List<String> left = new ArrayList<>(news);
        List<AgentText> missing = new ArrayList<>();
        int older = 0;
        for (int index = 0; index < kept.size(); index++) {
            if (!left.remove(kept.get(index).text())) {
                missing.add(kept.get(index));
                older += index < readFrom ? 1 : 0;
            }
        }
        lacking = missing.subList(0, older);
        newer = missing.subList(older, missing.size());
    }

    /** The frames that are newer than the history. */
    public synchronized List<AgentText> newer() {
        return List.copyOf(newer);
    }

    /** The frames that the history ought to have and lacks: the platform has pushed them, and does not keep them. */
    public synchronized List<AgentText> lacking() {
        return List.copyOf(lacking);
    }

    public synchronized History history() {
        return history;
    }

    /** Whether the history may be read once more for a text that was still on its way: true the first time. */
    public synchronized boolean mayReread() {
        boolean first = !reread;
        reread = true;
        return first;
    }

    /** @return how often in a row the history could not be read */
    public synchronized int failed() {
        return ++failures;
    }

    /** The frames that came since the socket opened. */
    public synchronized List<AgentText> kept() {
        return List.copyOf(kept);
    }

    /**
     * What of a history is new to a chat.
     *
     * @param agentTexts in order
     * @param isComplete false where the history is cut off at its old end, and some before them may be missing
     * @param claims what it says of the guest's texts in doubt
     */
    public record News(List<Item> agentTexts, boolean isComplete, HistoryClaims claims) {

        /** Without the texts. */
        @Override
        public String toString() {
            return "News[" + agentTexts.size() + ", " + isComplete + ", " + claims + "]";
        }
    }
}

package io.guestchat.chat;

import io.guestchat.dialect.HistorySlice.Item;
import io.guestchat.state.SessionRecord.Anchor;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** A conversation's whole history, oldest first, each message once. */
public final class History {

    private final List<Item> items;

    private History(List<Item> items) {
        this.items = List.copyOf(items);
    }

    /**
     * Puts the pages' messages in order. The platform may give the newest first; what shifted from one page to the next while
     * they were read is there twice. Messages of one date keep the platform's order; one without a date stays behind its
     * neighbour.
     */
    public static History of(List<Item> asRead) {
        List<Item> once = new ArrayList<>(asRead.size());
        Set<String> ids = new HashSet<>();
        for (Item item : asRead) {
            if (item.entry().id() == null || ids.add(item.entry().id())) {
                once.add(item);
            }
        }
        List<Long> dates = once.stream().map(Item::at).filter(History::isDate).toList();
        if (!dates.isEmpty() && dates.get(0) > dates.get(dates.size() - 1)) {
            Collections.reverse(once);
        }
        return new History(byDate(once));
    }

    private static List<Item> byDate(List<Item> items) {
        List<Dated> dated = new ArrayList<>(items.size());
        long last = 0;
        for (Item item : items) {
            last = isDate(item.at()) ? item.at() : last;
            dated.add(new Dated(last, item));
        }
        dated.sort(Comparator.comparingLong(Dated::at));
        return dated.stream().map(Dated::item).toList();
    }

    private static boolean isDate(long at) {
        return at != 0;
    }

    private record Dated(long at, Item item) {
    }

    public List<Item> items() {
        return items;
    }

    List<Item> agentTexts() {
        return texts(items, false);
    }

    /** What the guest has written. */
    List<String> guestTexts() {
        return texts(items, true).stream().map(item -> item.entry().text()).toList();
    }

    /**
     * Whether it goes back to where the chat stood in it. A platform may keep a limited number of messages; then it is cut off
     * at its old end, and counts from its beginning say nothing.
     */
    boolean isWhole(Anchor anchor, AgentTexts agent, GuestTexts guest) {
        if (anchor != null) {
            return anchored(anchor) >= 0;
        }
        List<String> written = guestTexts();
        return written.size() >= guest.settled()
                && HistoryClaims.endAlike(written.subList(0, (int) guest.settled()), guest.lastSettled())
                && (!agent.isLastInConversation() || agentTexts().stream().anyMatch(item -> agent.isLast(item.entry().text())));
    }

    /** Where its agent texts begin that have not been published, as far as what is left of it tells. */
    HistoryAlignment.CutOff cutOff(AgentTexts texts) {
        return HistoryAlignment.cutOff(agentTexts().stream().map(item -> item.entry().text()).toList(), texts.recentHashes(),
                texts.published());
    }

    /** The agent texts that have not been published. */
    List<Item> unpublished(AgentTexts texts, Anchor anchor) {
        List<Item> agent = texts(items, false);
        long expected = texts.published();
        int anchored = anchored(anchor);
        if (anchored >= 0) {
            expected = texts(items.subList(0, anchored + 1), false).size() + texts.published() - anchor.publishedTexts();
        }
        List<String> words = agent.stream().map(item -> item.entry().text()).toList();
        return agent.subList(HistoryAlignment.firstUnpublished(words, texts.recentHashes(), expected), agent.size());
    }

    /**
     * The guest's texts beyond those that are settled.
     *
     * @param inDoubt texts that may be among them, in order; they tell where the history is cut off at its old end
     */
    List<String> unsettled(long settled, Anchor anchor, List<GuestText> inDoubt) {
        List<String> guest = texts(items, true).stream().map(item -> item.entry().text()).toList();
        long expected = settled;
        int anchored = anchored(anchor);
        if (anchored >= 0) {
            expected = texts(items.subList(0, anchored + 1), true).size() + settled - anchor.settledTexts();
        }
        if (expected <= guest.size()) {
            return guest.subList((int) expected, guest.size());
        }
        return guest.subList(guest.size() - tail(guest, inDoubt), guest.size());
    }

    /** The longest end of the history that is a beginning of the texts in doubt. */
    private static int tail(List<String> guest, List<GuestText> inDoubt) {
        List<String> words = inDoubt.stream().map(GuestText::text).toList();
        int length = Math.min(guest.size(), words.size());
        while (length > 0 && !guest.subList(guest.size() - length, guest.size()).equals(words.subList(0, length))) {
            length--;
        }
        return length;
    }

    /**
     * Where it stands now, for the next reading; the former anchor where it has no ids.
     *
     * @param published how many agent texts were published up to its end
     * @param settled how many of the guest's texts are settled up to its end
     */
    Anchor anchor(long published, long settled, Anchor former) {
        if (items.isEmpty() || items.get(items.size() - 1).entry().id() == null) {
            return former;
        }
        return new Anchor(items.get(items.size() - 1).entry().id(), published, settled);
    }

    private int anchored(Anchor anchor) {
        if (anchor != null) {
            for (int index = items.size() - 1; index >= 0; index--) {
                if (anchor.lastHistoryId().equals(items.get(index).entry().id())) {
                    return index;
                }
            }
        }
        return -1;
    }

    private static List<Item> texts(List<Item> items, boolean fromGuest) {
        return items.stream()
                .filter(item -> item.fromGuest() == fromGuest && item.entry().text() != null && !item.entry().text().isEmpty())
                .toList();
    }
}

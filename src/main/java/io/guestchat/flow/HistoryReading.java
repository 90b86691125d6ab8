package io.guestchat.flow;

import io.guestchat.chat.History;
import io.guestchat.contract.HistoryPage.Entry;
import io.guestchat.dialect.HistorySlice;
import io.guestchat.dialect.PlatformCall;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** A conversation's history while it is read, page by page. One exchange uses it. */
final class HistoryReading {

    /** A history that never ends is a fault of the platform, not a reason to read for ever: 100,000 messages at 100 a page. */
    private static final int MOST_PAGES = 1_000;
    /** Pages in a row that hold nothing, or nothing but what was there before: the platform leads us in a circle. */
    private static final int MOST_IDLE_PAGES = 3;

    private final PlatformCall.Kind kind;
    private final String conversationId;
    private final int pageSize;
    private final List<HistorySlice.Item> items = new ArrayList<>();
    private Integer next = 1;
    private final Set<Entry> seen = new HashSet<>();
    private int read;
    private int idle;

    HistoryReading(PlatformCall.Kind kind, String conversationId, int pageSize) {
        this.kind = kind;
        this.conversationId = conversationId;
        this.pageSize = pageSize;
    }

    PlatformCall.Kind kind() {
        return kind;
    }

    String conversationId() {
        return conversationId;
    }

    int pageSize() {
        return pageSize;
    }

    /** The number of the next page; null when all are read. */
    Integer next() {
        return next;
    }

    /** @return false where it does not end */
    boolean add(HistorySlice page) {
        boolean news = false;
        for (HistorySlice.Item item : page.items()) {
            news |= seen.add(item.entry());
        }
        idle = news ? 0 : idle + 1;
        items.addAll(page.items());
        next = page.nextPage();
        read++;
        return next == null || read < MOST_PAGES && idle < MOST_IDLE_PAGES;
    }

    History history() {
        return History.of(items);
    }
}

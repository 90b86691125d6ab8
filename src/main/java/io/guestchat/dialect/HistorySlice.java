package io.guestchat.dialect;

import io.guestchat.contract.HistoryPage.Entry;
import java.util.List;

/**
 * One page of a conversation's history as the platform gave it, in the platform's order.
 *
 * @param nextPage the number of the next page; null on the last one
 */
public record HistorySlice(List<Item> items, Integer nextPage) {

    public HistorySlice {
        items = List.copyOf(items);
    }

    /**
     * One message of the history.
     *
     * @param at epoch milliseconds of its date; 0 where the date cannot be read
     * @param fromGuest whether the guest wrote it
     */
    public record Item(Entry entry, long at, boolean fromGuest) {
    }
}

package io.guestchat.chat;

import java.util.ArrayList;
import java.util.List;

/**
 * Which of the texts in doubt the history shows.
 *
 * @param shown those that it shows, in order
 * @param unclaimed texts that it shows behind them, in order
 */
public record HistoryClaims(List<GuestText> shown, List<String> unclaimed) {

    /**
     * Texts are written in order, so they are in the history in order: each is looked for behind the one before. Equal texts are
     * thereby told apart by their number. What it shows before a text in doubt and no text claims belongs to no request that can
     * still come: they come in order, too.
     *
     * @param texts the guest's texts of the history that are not settled yet
     */
    public static HistoryClaims match(List<String> texts, List<GuestText> inDoubt) {
        List<GuestText> shown = new ArrayList<>();
        List<String> unclaimed = new ArrayList<>(texts);
        int from = 0;
        for (GuestText text : inDoubt) {
            int found = unclaimed.subList(from, unclaimed.size()).indexOf(text.text());
            if (found >= 0) {
                from += found;
                unclaimed.remove(from);
                shown.add(text);
            }
        }
        return new HistoryClaims(shown, unclaimed.subList(from, unclaimed.size()));
    }

    /** Without the texts. */
    @Override
    public String toString() {
        return "HistoryClaims[" + shown.size() + ", " + unclaimed.size() + "]";
    }
}

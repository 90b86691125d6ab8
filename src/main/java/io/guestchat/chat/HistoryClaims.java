package io.guestchat.chat;

import java.util.ArrayList;
import java.util.List;

/**
 * Which of the texts in doubt the history shows.
 *
 * @param shown those that it shows, in order
 * @param unknown those of which it cannot tell, behind them in order
 * @param unclaimed texts that it shows behind them, in order; where it is cut off, all that it shows
 * @param isCutOff whether the history is cut off at its old end
 */
public record HistoryClaims(List<GuestText> shown, List<GuestText> unknown, List<String> unclaimed, boolean isCutOff) {

    /**
     * Texts are written in order, so they are in the history in order: each is looked for behind the one before. Equal texts are
     * thereby told apart by their number. What it shows before a text in doubt and no text claims belongs to no request that can
     * still come: they come in order, too.
     *
     * @param texts the guest's texts of the history that are not settled yet
     */
    static HistoryClaims match(List<String> texts, List<GuestText> inDoubt) {
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
        return new HistoryClaims(shown, List.of(), unclaimed.subList(from, unclaimed.size()), false);
    }

    /**
     * The same where the history is cut off at its old end, so that counts say nothing. Texts arrive in order, so the newest that
     * it shows tell how many of those in doubt are there: as many as make its end what it is. Where several numbers do, those
     * between are unknown; where it shows none of the guest's texts, all are.
     *
     * @param texts all of the guest's texts in the history
     * @param lastSettled hashes of the last settled texts, as far as they are remembered
     */
    static HistoryClaims cutOff(List<String> texts, List<String> lastSettled, List<GuestText> inDoubt) {
        List<String> sent = new ArrayList<>(lastSettled);
        inDoubt.forEach(text -> sent.add(AgentTexts.hash(text.text())));
        int least = 0;
        int most = -1;
        for (int arrived = 0; arrived <= inDoubt.size(); arrived++) {
            if (endAlike(texts, sent.subList(0, lastSettled.size() + arrived))) {
                least = most < 0 ? arrived : least;
                most = arrived;
            }
        }
        // Texts of which we know nothing: a former owner's, whose requests have not come yet.
        most = most < 0 ? inDoubt.size() : most;
        return new HistoryClaims(inDoubt.subList(0, least), inDoubt.subList(least, most), texts, true);
    }

    /** Whether both end alike, as far back as both go. */
    static boolean endAlike(List<String> texts, List<String> hashes) {
        int length = Math.min(texts.size(), hashes.size());
        return texts.subList(texts.size() - length, texts.size()).stream().map(AgentTexts::hash).toList()
                .equals(hashes.subList(hashes.size() - length, hashes.size()));
    }

    /** Without the texts. */
    @Override
    public String toString() {
        return "HistoryClaims[" + shown.size() + ", " + unknown.size() + ", " + unclaimed.size() + "]";
    }
}

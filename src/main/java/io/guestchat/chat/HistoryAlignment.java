package io.guestchat.chat;

import java.util.List;

/**
 * Finds where, in a history, the texts end that have been published.
 *
 * <p>Counting alone fails where the history lacks what was said before the conversation, or is cut off at its old end; the texts
 * alone fail where an agent says "one moment" three times. So both are asked: the history can't hold more published texts than
 * were published, so the place is the one by count, or, where texts are missing, the next one before it that no remembered text
 * contradicts. Taking a place that is too far would lose texts; too near only tells them again.
 *
 * <p>Where every place is contradicted, the platform does not tell the socket and the history the same: then it is the place
 * where most of the remembered texts fit, and of equal fits the one nearest to the count.
 */
final class HistoryAlignment {

    private HistoryAlignment() {
    }

    /**
     * The index of the first text that has not been published.
     *
     * @param texts the agent texts of the history, oldest first
     * @param recentHashes of the last published texts, oldest first
     * @param expected the index by count
     */
    static int firstUnpublished(List<String> texts, List<String> recentHashes, long expected) {
        if (recentHashes.isEmpty()) {
            return 0;
        }
        List<String> hashes = texts.stream().map(AgentTexts::hash).toList();
        for (int end = (int) Math.min(expected, hashes.size()); end > 0; end--) {
            if (fit(hashes, end, recentHashes) == Math.min(end, recentHashes.size())) {
                return end;
            }
        }
        return bestFit(hashes, recentHashes, expected);
    }

    /**
     * The same in a history that is cut off at its old end: the published texts that it shows are its first ones, so that a place
     * that anything contradicts is none. Of several the farthest is taken, so that nothing is published twice.
     *
     * @param published how many texts have been published
     */
    static CutOff cutOff(List<String> texts, List<String> recentHashes, long published) {
        List<String> hashes = texts.stream().map(AgentTexts::hash).toList();
        int places = 0;
        int farthest = 0;
        for (int end = 1; end <= Math.min(published, hashes.size()); end++) {
            if (fit(hashes, end, recentHashes) == Math.min(end, recentHashes.size())) {
                places++;
                farthest = end;
            }
        }
        return new CutOff(farthest, places == 1);
    }

    /**
     * @param firstUnpublished the index of the first text that has not been published
     * @param isSure false where the history shows no text that was published, so that some between may be missing, or where it
     *        is not clear which it shows
     */
    record CutOff(int firstUnpublished, boolean isSure) {
    }

    private static int bestFit(List<String> hashes, List<String> recentHashes, long expected) {
        int best = 0;
        int bestFit = 0;
        for (int end = 1; end <= hashes.size(); end++) {
            int fit = fit(hashes, end, recentHashes);
            boolean nearer = Math.abs(end - expected) < Math.abs(best - expected);
            if (fit > bestFit || fit == bestFit && fit > 0 && nearer) {
                best = end;
                bestFit = fit;
            }
        }
        return best;
    }

    /** How many of the remembered texts, from the newest back, stand just before that place. */
    private static int fit(List<String> hashes, int end, List<String> recent) {
        int fit = 0;
        while (fit < recent.size() && fit < end
                && hashes.get(end - 1 - fit).equals(recent.get(recent.size() - 1 - fit))) {
            fit++;
        }
        return fit;
    }
}

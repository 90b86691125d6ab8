package io.guestchat.config;

import java.util.Arrays;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** Finds the key that an operator who wrote an unknown one most likely meant. */
final class NearestKey {

    /** Two letters in the wrong order are two changes. */
    private static final int SWAP = 2;

    private NearestKey() {
    }

    /** The nearest key, where at most a fifth of the letters differ, or two; dots, dashes and case do not count. */
    static Optional<String> to(String unknown) {
        String written = letters(unknown);
        return Arrays.stream(Key.values())
                .map(Key::key)
                .min(Comparator.comparingInt(key -> distance(written, letters(key))))
                .filter(key -> distance(written, letters(key)) <= Math.max(SWAP, written.length() / 5));
    }

    private static String letters(String key) {
        return key.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]", "");
    }

    /** The Levenshtein distance, row by row. */
    private static int distance(String from, String to) {
        int[] row = new int[to.length() + 1];
        Arrays.setAll(row, i -> i);
        for (int i = 1; i <= from.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= to.length(); j++) {
                int change = diagonal + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(change, 1 + Math.min(row[j], row[j - 1]));
            }
        }
        return row[to.length()];
    }
}

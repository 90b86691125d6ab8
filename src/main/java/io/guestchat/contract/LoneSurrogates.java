package io.guestchat.contract;

/**
 * Halves of surrogate pairs: JSON can write one ({@code "\ud83d"}), UTF-8 cannot (RFC 3629, 3), so nothing that is published can
 * hold one. Without a stream: every name and text that comes in is looked at.
 */
public final class LoneSurrogates {

    private static final char REPLACEMENT = '\uFFFD';

    private LoneSurrogates() {
    }

    public static boolean isOne(int codePoint) {
        return codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE;
    }

    static boolean areIn(String text) {
        return firstIn(text) < text.length();
    }

    /** Each becomes U+FFFD. */
    public static String replacedIn(String text) {
        int first = firstIn(text);
        if (first == text.length()) {
            return text;
        }
        StringBuilder whole = new StringBuilder(text.length()).append(text, 0, first);
        text.substring(first).codePoints().map(point -> isOne(point) ? REPLACEMENT : point).forEach(whole::appendCodePoint);
        return whole.toString();
    }

    /** The text's length where it has none. */
    private static int firstIn(String text) {
        int at = 0;
        while (at < text.length() && !isOne(text.codePointAt(at))) {
            at += Character.charCount(text.codePointAt(at));
        }
        return at;
    }
}

package io.guestchat.contract;

/** The beginning of a text that is too long for where it has to go. */
public final class CutText {

    private static final String MARK = "…";
    private static final int MARK_BYTES = 3;
    private static final int ESCAPED = 6;

    private CutText() {
    }

    /**
     * The text, or its longest beginning that fits with a mark after it, cut between code points.
     *
     * @param room bytes of UTF-8 that it may take as JSON, where a quote or a control character takes more
     */
    public static String toFit(String text, int room) {
        int bytes = 0;
        int end = 0;
        for (int index = 0; index < text.length(); ) {
            int point = text.codePointAt(index);
            bytes += bytes(point);
            index += Character.charCount(point);
            if (bytes + MARK_BYTES <= room) {
                end = index;
            } else if (bytes > room) {
                return text.substring(0, end) + MARK;
            }
        }
        return text;
    }

    private static int bytes(int point) {
        if (point < ' ') {
            return ESCAPED;
        }
        if (point < 0x80) {
            return point == '"' || point == '\\' ? 2 : 1;
        }
        return point < 0x800 ? 2 : point < 0x10000 ? 3 : 4;
    }
}

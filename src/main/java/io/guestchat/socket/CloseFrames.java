package io.guestchat.socket;

import java.nio.charset.StandardCharsets;

/** What a close frame can carry (RFC 6455, 5.5.1 and 7.4). */
final class CloseFrames {

    private static final int ROOM_FOR_REASON = 123;

    private CloseFrames() {
    }

    static void check(int code) {
        boolean onlyLocal = code == 1004 || code == 1005 || code == 1006 || code == 1015;
        if (code < 1000 || code > 4999 || onlyLocal) {
            throw new IllegalArgumentException("no close code for a frame: " + code);
        }
    }

    /** The longest beginning of a reason that fits, cut between code points. */
    static String cut(String reason) {
        if (reason == null) {
            return null;
        }
        int bytes = 0;
        int end = 0;
        while (end < reason.length()) {
            int codePoint = reason.codePointAt(end);
            bytes += Character.toString(codePoint).getBytes(StandardCharsets.UTF_8).length;
            if (bytes > ROOM_FOR_REASON) {
                return reason.substring(0, end);
            }
            end += Character.charCount(codePoint);
        }
        return reason;
    }
}

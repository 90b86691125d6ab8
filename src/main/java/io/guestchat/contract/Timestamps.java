package io.guestchat.contract;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/** The one form of a time in the contract's records: ISO 8601 in UTC with milliseconds. */
public final class Timestamps {

    private static final DateTimeFormatter MILLISECONDS =
            DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

    /** Several of the same millisecond follow each other: a record's, its header's, those of other chats. */
    private static volatile Formatted last = new Formatted(-1, "");

    private Timestamps() {
    }

    private static final class Formatted {
        private final long millis;
        private final String text;

        private Formatted(long millis, String text) {
            this.millis = millis;
            this.text = text;
        }
    }

    public static String iso(Instant at) {
        long millis = at.toEpochMilli();
        Formatted known = last;
        if (known.millis != millis) {
            known = new Formatted(millis, MILLISECONDS.format(at));
            last = known;
        }
        return known.text;
    }
}

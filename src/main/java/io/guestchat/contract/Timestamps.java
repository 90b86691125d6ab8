package io.guestchat.contract;

import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;

/** The one form of a time in the contract's records: ISO 8601 in UTC with milliseconds. */
public final class Timestamps {

    /** Not a pattern: its fraction goes through a BigDecimal, and each record has two times. */
    private static final DateTimeFormatter MILLISECONDS = new DateTimeFormatterBuilder().appendInstant(3).toFormatter();

    private Timestamps() {
    }

    public static String iso(Instant at) {
        return MILLISECONDS.format(at);
    }
}

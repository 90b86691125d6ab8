package io.guestchat.cli;

import java.util.Locale;

/** What a record of {@code topics.sessions} says of its chat, under the names that it has there. */
enum ChatState {
    STARTING,
    CONNECTING,
    CONNECTED,
    LOST,
    /** Over; it is kept until no request before its end can come again. */
    ENDED,
    /** This version cannot read the record, so the bridge does not take the chat up. */
    UNREADABLE;

    static ChatState of(String durableName) {
        return valueOf(durableName.toUpperCase(Locale.ROOT));
    }

    /** Whether an {@code end} makes sense. */
    boolean isLive() {
        return this != ENDED && this != UNREADABLE;
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}

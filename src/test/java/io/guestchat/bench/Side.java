package io.guestchat.bench;

import java.util.Locale;

/** Who carries the chats in a run. */
enum Side {
    BRIDGE("session-connected"),
    BARE("session-created"),
    STOCK("session-created");

    private final String connected;

    Side(String connected) {
        this.connected = connected;
    }

    /** The event that says that a chat's socket is open. */
    String connected() {
        return connected;
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}

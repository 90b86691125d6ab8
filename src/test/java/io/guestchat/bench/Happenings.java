package io.guestchat.bench;

import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;

/** Which chats have been told which events. Safe for all threads. */
final class Happenings {

    private static final class Kind {
        private final BitSet chats = new BitSet();
        private long last;
    }

    private final Map<String, Kind> kinds = new HashMap<>();

    /** @param now on the clock of {@link System#nanoTime()} */
    synchronized void happened(String type, int chat, long now) {
        Kind kind = kinds.computeIfAbsent(type, first -> new Kind());
        if (!kind.chats.get(chat)) {
            kind.chats.set(chat);
            kind.last = now;
        }
    }

    /** How many chats have been told it. */
    synchronized int chats(String type) {
        return kinds.containsKey(type) ? kinds.get(type).chats.cardinality() : 0;
    }

    /** When it was told to a chat that had not been told before, for the last time. */
    synchronized long last(String type) {
        return kinds.get(type).last;
    }

    /** As if it had never been told. */
    synchronized void forget(String type) {
        kinds.remove(type);
    }
}

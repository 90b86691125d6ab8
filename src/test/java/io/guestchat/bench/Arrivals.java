package io.guestchat.bench;

import io.guestchat.harness.Tally;
import java.util.Arrays;
import java.util.BitSet;
import java.util.stream.IntStream;

/**
 * What became of the texts of a run, by their numbers: a {@link Tally} of millions. A text that comes again under its id is the
 * same one, as the contract says; without an id, or under another, it is doubled. Safe for all threads.
 */
final class Arrivals {

    /** For a record that has no id. */
    static final long NO_ID = -1;

    private final Chat[] chats;

    /** @param most chats that there will ever be */
    Arrivals(int most) {
        chats = IntStream.range(0, most).mapToObj(number -> new Chat()).toArray(Chat[]::new);
    }

    private static final class Chat {
        private int sent;
        private int highest = -1;
        private int doubled;
        private int outOfOrder;
        private int again;
        private final BitSet seen = new BitSet();
        private long[] ids = {};

        synchronized int next() {
            return sent++;
        }

        synchronized boolean arrived(int number, long id) {
            if (seen.get(number)) {
                if (id != NO_ID && ids[number] == id) {
                    again++;
                } else {
                    doubled++;
                }
                return false;
            }
            seen.set(number);
            if (number >= ids.length) {
                ids = Arrays.copyOf(ids, Math.max(16, 2 * (number + 1)));
            }
            ids[number] = id;
            // An earlier one that comes later is the one that is out of its order.
            if (number < highest) {
                outOfOrder++;
            }
            highest = Math.max(highest, number);
            return true;
        }

        synchronized Tally tally() {
            return new Tally(sent - seen.cardinality(), doubled, outOfOrder);
        }

        synchronized int sent() {
            return sent;
        }

        synchronized int again() {
            return again;
        }
    }

    /** The number of the chat's next text, which is sent now. */
    int next(int chat) {
        return chats[chat].next();
    }

    /**
     * A text has come.
     *
     * @param id what tells its record from others of the chat
     * @return whether it came for the first time
     */
    boolean arrived(int chat, int number, long id) {
        return chats[chat].arrived(number, id);
    }

    Tally tally() {
        return Arrays.stream(chats).map(Chat::tally).reduce(Tally.CLEAN, Tally::plus);
    }

    long sent() {
        return Arrays.stream(chats).mapToLong(Chat::sent).sum();
    }

    long again() {
        return Arrays.stream(chats).mapToLong(Chat::again).sum();
    }
}

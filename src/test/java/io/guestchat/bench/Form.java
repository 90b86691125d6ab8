package io.guestchat.bench;

import java.time.Duration;
import java.util.List;

/**
 * How large the benchmark's work is.
 *
 * @param name as the report's head says it
 * @param runs of each side, in turns
 * @param ended chats that are started and ended before the state topic is looked at
 * @param stock chats of the stock routes
 */
record Form(String name, int runs, Talking talking, Starting starting, Losing losing, Idling idling, int ended, int stock) {

    /**
     * Chats that say something.
     *
     * @param chats how many talk
     * @param warmUpTexts so many go there and back before anything is measured; as many for each side, however fast it is
     * @param warmUp how long they may take for that
     * @param window how long is measured
     * @param rates texts a second, open loop
     */
    record Talking(int chats, int warmUpTexts, Duration warmUp, Duration window, List<Integer> rates) {
    }

    /**
     * Chats that are started at once.
     *
     * @param chats how many
     * @param warmUpChats as many are started and ended at once before that, or before memory is looked at
     * @param warmUpRounds and so often
     */
    record Starting(int chats, int warmUpChats, int warmUpRounds) {
    }

    /**
     * Chats that lose all their sockets at once.
     *
     * @param chats how many, also of an instance that is killed
     * @param warmUpDrops how often they are dropped before that is measured
     * @param drops how often they are dropped then
     * @param warmUpTakeovers how often an instance is killed before that is measured
     */
    record Losing(int chats, int warmUpDrops, int drops, int warmUpTakeovers) {
    }

    /**
     * Chats that say nothing.
     *
     * @param chats their numbers, ascending
     * @param chatsOverTls the number over TLS
     * @param chatsInSmallHeap as many a bridge with {@code -Xmx256m} has to hold
     * @param window how long their CPU is measured
     * @param settle from the last start until they have been looked at for the last time
     */
    record Idling(List<Integer> chats, int chatsOverTls, int chatsInSmallHeap, Duration window, Duration settle) {

        int most() {
            return chats.get(chats.size() - 1);
        }
    }

    /** The numbers that the bars are about. */
    static Form full() {
        return new Form("full", 3,
                new Talking(1_000, 600_000, Duration.ofSeconds(150), Duration.ofSeconds(30), List.of(500, 2_000)),
                new Starting(5_000, 1_000, 8),
                new Losing(5_000, 60, 7, 2),
                new Idling(List.of(1_000, 5_000, 10_000), 1_000, 10_000, Duration.ofSeconds(60), Duration.ofSeconds(12)),
                100_000, 1_000);
    }

    /** Twenty minutes on two cores. Smaller numbers: bars for thousands of chats are only hinted at. */
    static Form brief() {
        return new Form("short", 3,
                new Talking(1_000, 150_000, Duration.ofSeconds(40), Duration.ofSeconds(5), List.of(500, 2_000)),
                new Starting(1_000, 200, 8),
                new Losing(1_000, 30, 5, 1),
                new Idling(List.of(500, 1_000), 300, 2_000, Duration.ofSeconds(15), Duration.ofSeconds(2)),
                2_000, 300);
    }

    /** For whoever works on the benchmark: its figures mean nothing. */
    static Form trial() {
        return new Form("trial", 2,
                new Talking(40, 1_000, Duration.ofSeconds(1), Duration.ofSeconds(2), List.of(50, 100)),
                new Starting(40, 20, 1),
                new Losing(60, 1, 3, 1),
                new Idling(List.of(20, 60), 20, 60, Duration.ofSeconds(2), Duration.ofMillis(500)),
                120, 20);
    }
}

package io.guestchat.bench;

import java.time.Duration;
import java.util.List;

/**
 * How large the benchmark's work is.
 *
 * @param name as the report's head says it
 * @param runs of each side, in turns
 * @param talking chats of the figures with texts
 * @param warmUpTexts so many go there and back before anything is measured; as many for each side, however fast it is
 * @param warmUp how long they may take for that
 * @param window how long is measured
 * @param rates texts a second, open loop
 * @param starts chats that are started at once
 * @param warmUpStarts chats that are started at once before anything is measured
 * @param warmUpRounds how often as many more are started and ended before starts are measured
 * @param warmUpDrops how often all sockets are dropped before that is measured
 * @param drops how often they are dropped then
 * @param warmUpTakeovers how often an instance is killed before that is measured
 * @param idle numbers of idle chats whose memory is looked at, ascending
 * @param idleTls the number over TLS
 * @param idleInSmallHeap chats that a bridge with {@code -Xmx256m} has to hold
 * @param idleWindow how long the CPU of idle chats is measured
 * @param settle from the last start until idle chats are looked at
 * @param dropped chats whose sockets are dropped at once
 * @param takenOver chats of an instance that is killed
 * @param ended chats that are started and ended before the state topic is looked at
 * @param stock chats of the stock routes
 */
record Form(String name, int runs, int talking, int warmUpTexts, Duration warmUp, Duration window, List<Integer> rates, int starts,
        int warmUpStarts, int warmUpRounds, int warmUpDrops, int drops, int warmUpTakeovers, List<Integer> idle, int idleTls,
        int idleInSmallHeap, Duration idleWindow, Duration settle, int dropped, int takenOver, int ended, int stock) {

    /** The numbers that the bars are about. */
    static Form full() {
        return new Form("full", 3, 1_000, 600_000, Duration.ofSeconds(150), Duration.ofSeconds(30), List.of(500, 2_000), 5_000, 1_000, 8,
                60, 7, 2, List.of(1_000, 5_000, 10_000), 1_000, 10_000, Duration.ofSeconds(60), Duration.ofSeconds(20), 5_000, 5_000,
                100_000, 1_000);
    }

    /** Ends within about a quarter of an hour on two cores. Smaller numbers: bars for thousands of chats are only hinted at. */
    static Form brief() {
        return new Form("short", 3, 1_000, 150_000, Duration.ofSeconds(40), Duration.ofSeconds(5), List.of(500, 2_000), 1_000, 200, 8,
                30, 5, 1, List.of(500, 1_000), 300, 2_000, Duration.ofSeconds(15), Duration.ofSeconds(2), 1_000, 1_000, 2_000, 300);
    }

    /** For whoever works on the benchmark: its figures mean nothing. */
    static Form trial() {
        return new Form("trial", 2, 40, 1_000, Duration.ofSeconds(1), Duration.ofSeconds(2), List.of(50, 100), 40, 20, 1, 1, 3, 1, List.of(20, 60),
                20, 60, Duration.ofSeconds(2), Duration.ofMillis(500), 60, 60, 120, 20);
    }
}

package io.guestchat.bench;

import java.time.Duration;

/** Chats that have said something, so that there is a history, and then lose all their sockets at once. */
final class LostSockets {

    static final String RESUMED = "session-resumed";
    private static final int TEXTS = 2;
    private static final int TEXTS_A_SECOND = 2_000;

    private LostSockets() {
    }

    static void converse(BenchRun run, int from, int to) {
        Talk talk = new Talk(run, to);
        for (int text = 0; text < TEXTS; text++) {
            talk.oneTextEach(from, to, TEXTS_A_SECOND);
        }
    }

    /** Drops them so many times, and sees them flow. */
    static void warmUp(BenchRun run, int chats, int rounds) {
        for (int round = 0; round < rounds; round++) {
            drop(run, chats);
        }
        prove(run, chats);
    }

    /** @return from the drop until the last chat's socket is open again and its history is read */
    static Duration drop(BenchRun run, int chats) {
        run.happenings().forget(RESUMED);
        long began = System.nanoTime();
        run.platform().control().dropAll();
        run.await(RESUMED, chats);
        return Duration.ofNanos(run.happenings().last(RESUMED) - began);
    }

    /** They flow: one text each goes there and back. */
    static void prove(BenchRun run, int chats) {
        new Talk(run, chats).oneTextEach(0, chats, TEXTS_A_SECOND);
    }
}

package io.guestchat.demo;

import io.guestchat.harness.Received;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** What has come from the bridge, in order, for one who waits for it. Safe for all threads. */
final class Mailbox {

    private final List<Received> received = new ArrayList<>();

    synchronized void put(Received record) {
        received.add(record);
        notifyAll();
    }

    /** The position of the next record. */
    synchronized int size() {
        return received.size();
    }

    /** The first wanted record from a position on, as soon as it is here; empty where it is not within the limit. */
    synchronized Optional<Received> await(int from, Predicate<Received> wanted, Duration limit) {
        long deadline = System.nanoTime() + limit.toNanos();
        int next = from;
        while (true) {
            for (; next < received.size(); next++) {
                if (wanted.test(received.get(next))) {
                    return Optional.of(received.get(next));
                }
            }
            long millis = (deadline - System.nanoTime()) / 1_000_000;
            if (millis <= 0) {
                return Optional.empty();
            }
            try {
                wait(millis);
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
                return Optional.empty();
            }
        }
    }
}

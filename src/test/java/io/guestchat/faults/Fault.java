package io.guestchat.faults;

import java.time.Duration;
import java.time.Instant;

/**
 * What was done to the bridge.
 *
 * @param began when; the time until all flows again counts from here
 * @param done when it was complete: what was said before may still have passed by the old way, what is said after has not
 */
record Fault(Instant began, Instant done) {

    static Fault apply(Runnable action) {
        Instant began = Instant.now();
        action.run();
        return new Fault(began, Instant.now());
    }

    Duration until(Instant moment) {
        return Duration.between(began, moment);
    }
}

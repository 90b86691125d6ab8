package io.guestchat.bench;

import java.time.Duration;
import java.util.concurrent.Callable;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;

/** Waiting, with an end. */
final class Patience {

    private static final Duration LIMIT = Duration.ofMinutes(5);
    private static final Duration LOOKS = Duration.ofMillis(20);

    private Patience() {
    }

    /** Waits until it is no longer null. */
    static <T> T until(String what, Callable<T> look) {
        return Awaitility.await(what).atMost(LIMIT).pollDelay(Duration.ZERO).pollInterval(LOOKS)
                .until(look, found -> found != null);
    }

    static void untilTrue(String what, Callable<Boolean> look) {
        until(what, () -> look.call() ? Boolean.TRUE : null);
    }

    /** @return whether it came true in that time */
    static boolean within(Duration limit, Callable<Boolean> look) {
        try {
            Awaitility.await().atMost(limit).pollDelay(Duration.ZERO).pollInterval(LOOKS).until(look);
            return true;
        } catch (ConditionTimeoutException notInTime) {
            return false;
        }
    }

    /** Lets time pass. */
    static void pass(Duration time) {
        Awaitility.await().atMost(time.plusMinutes(1)).pollDelay(time).pollInterval(LOOKS).until(() -> true);
    }
}

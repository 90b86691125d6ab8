package io.guestchat;

import java.util.concurrent.atomic.AtomicReference;

/** Why the bridge will not go on, found out after Camel has started: the process then ends with status 1. Any thread may call. */
final class StartRefusal {

    private final AtomicReference<String> reason = new AtomicReference<>();
    private volatile Runnable end = () -> { };

    /** @param ends the process, once it is refused; must return at once */
    void whenRefused(Runnable ends) {
        end = ends;
        if (reason.get() != null) {
            ends.run();
        }
    }

    /** The first reason counts. */
    void refuse(String why) {
        if (reason.compareAndSet(null, why)) {
            end.run();
        }
    }

    /** Null where there was none. */
    String reason() {
        return reason.get();
    }
}

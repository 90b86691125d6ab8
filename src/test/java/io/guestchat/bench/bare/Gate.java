package io.guestchat.bench.bare;

import io.vertx.core.Future;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Supplier;

/** So many at once; the others wait in line without a thread. A server's queue for new connections is short. */
final class Gate {

    private int free;
    private final Deque<Runnable> waiting = new ArrayDeque<>();

    Gate(int atOnce) {
        free = atOnce;
    }

    void pass(Supplier<Future<?>> work) {
        Runnable begin = () -> work.get().onComplete(done -> leave());
        synchronized (this) {
            if (free == 0) {
                waiting.add(begin);
                return;
            }
            free--;
        }
        begin.run();
    }

    private void leave() {
        Runnable next;
        synchronized (this) {
            next = waiting.poll();
            if (next == null) {
                free++;
                return;
            }
        }
        next.run();
    }
}

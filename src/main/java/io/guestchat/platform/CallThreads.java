package io.guestchat.platform;

import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The threads that block in camel-http, and on which the routes go on after a wait. Its queue has no bound of its own: the pace
 * bounds what enters it.
 */
final class CallThreads extends ThreadPoolExecutor {

    CallThreads(int threads) {
        super(threads, threads, 30, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), named(),
                // Also after the shutdown: an exchange whose callback is lost never ends.
                (task, pool) -> task.run());
        allowCoreThreadTimeOut(true);
    }

    private static ThreadFactory named() {
        AtomicInteger number = new AtomicInteger();
        return task -> {
            Thread thread = new Thread(task, "platform-call-" + number.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        };
    }
}

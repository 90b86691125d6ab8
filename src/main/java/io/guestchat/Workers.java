package io.guestchat;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ForkJoinPool.ForkJoinWorkerThreadFactory;
import java.util.concurrent.ForkJoinWorkerThread;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The threads that routes work on, wherever they do not wait for Kafka, a socket or the platform. What a worker hands on it
 * mostly goes on with itself, from a queue of its own: a pool with one queue for all wakes another thread for each piece of work,
 * and a text has a dozen of them.
 */
final class Workers {

    /** None of them blocks, but for a class that is loaded or a line that is logged: more would only take turns. */
    private static final int FEWEST = 4;

    private Workers() {
    }

    /** Daemon threads. Work is begun in the order in which a thread has been given it, and none after a shutdown. */
    static ExecutorService pool() {
        AtomicInteger number = new AtomicInteger();
        ForkJoinWorkerThreadFactory threads = pool -> {
            ForkJoinWorkerThread thread = ForkJoinPool.defaultForkJoinWorkerThreadFactory.newThread(pool);
            thread.setName("guestchat-worker-" + number.incrementAndGet());
            return thread;
        };
        int count = Math.max(FEWEST, 2 * Runtime.getRuntime().availableProcessors());
        // Asynchronous: first in, first out.
        return new ForkJoinPool(count, threads, null, true);
    }
}

package io.guestchat.platform;

import java.time.Duration;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** The machine's time: one daemon thread that sleeps until the next task is due. */
public final class SystemTimer implements Timer, AutoCloseable {

    private final ScheduledThreadPoolExecutor executor;

    public SystemTimer(String threadName) {
        executor = new ScheduledThreadPoolExecutor(1, task -> {
            Thread thread = new Thread(task, threadName);
            thread.setDaemon(true);
            return thread;
        }, new ScheduledThreadPoolExecutor.DiscardPolicy());
        // Most deadlines are cancelled long before they are due; they would pile up with what they hold.
        executor.setRemoveOnCancelPolicy(true);
    }

    @Override
    public long nanoTime() {
        return System.nanoTime();
    }

    @Override
    public Runnable after(Duration delay, Runnable task) {
        ScheduledFuture<?> scheduled = executor.schedule(task, Math.max(0, delay.toNanos()), TimeUnit.NANOSECONDS);
        return () -> scheduled.cancel(false);
    }

    /** What has not begun never will. */
    @Override
    public void close() {
        executor.shutdownNow();
    }
}

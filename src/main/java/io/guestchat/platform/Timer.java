package io.guestchat.platform;

import java.time.Duration;

/** Monotonic time and single-shot delays, so that a test can turn the hands itself. */
public interface Timer {

    /** Like {@link System#nanoTime()}: only differences mean something. */
    long nanoTime();

    /**
     * Runs a task once, after a delay, on the timer's own thread: the task has to be short.
     *
     * @return cancels the task, where it has not begun
     */
    Runnable after(Duration delay, Runnable task);
}

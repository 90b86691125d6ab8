package io.guestchat.platform;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** A timer whose hands the test turns; tasks run in the test's thread. */
public final class FakeTimer implements Timer {

    private record Task(long due, Runnable work) {
    }

    // Near the end of the range: what compares nano times wrongly fails here.
    private long now = Long.MAX_VALUE - Duration.ofSeconds(90).toNanos();
    private final List<Task> tasks = new ArrayList<>();

    @Override
    public long nanoTime() {
        return now;
    }

    @Override
    public Runnable after(Duration delay, Runnable work) {
        Task task = new Task(now + delay.toNanos(), work);
        tasks.add(task);
        return () -> tasks.remove(task);
    }

    int armed() {
        return tasks.size();
    }

    public void advance(Duration by) {
        long end = now + by.toNanos();
        while (true) {
            Task next = tasks.stream().filter(task -> task.due() - end <= 0)
                    .min(Comparator.comparingLong(task -> task.due() - end)).orElse(null);
            if (next == null) {
                now = end;
                return;
            }
            tasks.remove(next);
            now = next.due() - now > 0 ? next.due() : now;
            next.work().run();
        }
    }
}

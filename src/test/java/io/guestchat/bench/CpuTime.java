package io.guestchat.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** How much of the processors a process has used (Linux). */
final class CpuTime {

    /** Of {@code /proc}: a user's clock runs with a hundred ticks a second on every Linux. */
    private static final double TICKS = 100;
    private static final int UTIME_AFTER_NAME = 11;

    private CpuTime() {
    }

    /** Seconds since its start, of all its threads, in the user's mode and in the kernel's. */
    static double seconds(long pid) {
        try {
            return seconds(Files.readString(Path.of("/proc", Long.toString(pid), "stat")));
        } catch (IOException gone) {
            throw new UncheckedIOException(gone);
        }
    }

    /** @param stat the line in {@code /proc/<pid>/stat}; the name in it may have blanks and brackets of its own */
    static double seconds(String stat) {
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
        return (Long.parseLong(fields[UTIME_AFTER_NAME]) + Long.parseLong(fields[UTIME_AFTER_NAME + 1])) / TICKS;
    }
}

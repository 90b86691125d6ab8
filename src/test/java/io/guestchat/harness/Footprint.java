package io.guestchat.harness;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What a JVM holds of the machine (Linux).
 *
 * @param heapBytes in use after a full collection
 * @param descriptors open files, sockets among them
 */
public record Footprint(long heapBytes, int threads, int descriptors) {

    private static final Pattern HEAP = Pattern.compile("(?:heap|generation)\\s+total \\d+K, used (\\d+)K");

    /** Of the JVM with this process id, once it has collected its garbage. */
    public static Footprint of(long pid) {
        Path process = Path.of("/proc", Long.toString(pid));
        try (Stream<Path> descriptors = Files.list(process.resolve("fd"));
                Stream<Path> threads = Files.list(process.resolve("task"))) {
            return new Footprint(heap(pid), (int) threads.count(), (int) descriptors.count());
        } catch (IOException gone) {
            throw new UncheckedIOException(gone);
        }
    }

    private static long heap(long pid) {
        Jcmd.run(pid, "GC.run");
        String told = Jcmd.run(pid, "GC.heap_info");
        long kilobytes = 0;
        // One line of G1, two of the serial collector: young and old.
        Matcher used = HEAP.matcher(told);
        while (used.find()) {
            kilobytes += Long.parseLong(used.group(1));
        }
        if (kilobytes == 0) {
            throw new IllegalStateException("unknown heap: " + told);
        }
        return kilobytes << 10;
    }

    @Override
    public String toString() {
        return (heapBytes >> 20) + " MiB heap, " + threads + " threads, " + descriptors + " descriptors";
    }
}

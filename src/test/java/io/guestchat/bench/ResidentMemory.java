package io.guestchat.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What of a process stands in the machine's memory (Linux). */
final class ResidentMemory {

    private static final Pattern RESIDENT = Pattern.compile("^VmRSS:\\s+(\\d+) kB$", Pattern.MULTILINE);

    private ResidentMemory() {
    }

    static long bytes(long pid) {
        try {
            return bytes(Files.readString(Path.of("/proc", Long.toString(pid), "status")));
        } catch (IOException gone) {
            throw new UncheckedIOException(gone);
        }
    }

    /** @param status the text in {@code /proc/<pid>/status} */
    static long bytes(String status) {
        Matcher resident = RESIDENT.matcher(status);
        if (!resident.find()) {
            throw new IllegalArgumentException("no VmRSS: the process has ended");
        }
        return Long.parseLong(resident.group(1)) << 10;
    }
}

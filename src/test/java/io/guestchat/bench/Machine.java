package io.guestchat.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Where the figures come from: a figure without it is none. */
record Machine(String processor, String memory, String system, String java, String load, String commit) {

    static Machine here(Path home) {
        String processor = first(Path.of("/proc/cpuinfo"), "model name\\s*:\\s*(.+)") + ", "
                + Runtime.getRuntime().availableProcessors() + " processors";
        long kib = Long.parseLong(first(Path.of("/proc/meminfo"), "MemTotal:\\s+(\\d+)"));
        String changed = said(home, "git", "status", "--porcelain").isEmpty() ? "" : ", with changes";
        return new Machine(processor, (kib >> 20) + " GiB", System.getProperty("os.name") + " " + System.getProperty("os.version"),
                System.getProperty("java.vm.name") + " " + Runtime.version(), first(Path.of("/proc/loadavg"), "(\\S+)"),
                said(home, "git", "rev-parse", "--short", "HEAD") + changed);
    }

    /** Whether others keep half of it busy, or more. */
    boolean busy() {
        return Double.parseDouble(load) > Runtime.getRuntime().availableProcessors() / 2.0;
    }

    private static String first(Path file, String pattern) {
        try {
            Matcher matcher = Pattern.compile(pattern).matcher(Files.readString(file));
            return matcher.find() ? matcher.group(1) : "0";
        } catch (IOException none) {
            return "0";
        }
    }

    /** What a command prints; nothing where there is no such command. */
    private static String said(Path home, String... command) {
        try {
            Process process = new ProcessBuilder(command).directory(home.toFile())
                    .redirectError(ProcessBuilder.Redirect.DISCARD).start();
            return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        } catch (IOException none) {
            return "";
        }
    }
}

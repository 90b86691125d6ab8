package io.guestchat.security;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The addresses on which a process accepts TCP connections, as Linux tells them. */
final class Listeners {

    private static final Pattern SOCKET = Pattern.compile("socket:\\[(\\d+)]");
    private static final String LISTEN = "0A";

    private Listeners() {
    }

    /** @return {@code 127.0.0.1:9876} for loopback, the kernel's own words for any other */
    static List<String> of(long pid) throws IOException {
        Path process = Path.of("/proc", Long.toString(pid));
        assumeTrue(Files.isDirectory(process), "a Linux");
        Set<String> sockets = new TreeSet<>();
        try (Stream<Path> descriptors = Files.list(process.resolve("fd"))) {
            for (Path descriptor : descriptors.toList()) {
                Matcher socket = SOCKET.matcher(target(descriptor));
                if (socket.matches()) {
                    sockets.add(socket.group(1));
                }
            }
        }
        List<String> listeners = new ArrayList<>();
        for (String table : List.of("net/tcp", "net/tcp6")) {
            for (String line : Files.readAllLines(process.resolve(table))) {
                String[] fields = line.strip().split("\\s+");
                if (LISTEN.equals(fields[3]) && sockets.contains(fields[9])) {
                    listeners.add(address(fields[1]));
                }
            }
        }
        return listeners;
    }

    private static String address(String kernels) {
        String[] parts = kernels.split(":");
        boolean loopback = parts[0].equals("0100007F") || parts[0].equals("0000000000000000FFFF00000100007F");
        return (loopback ? "127.0.0.1" : parts[0]) + ":" + Integer.parseInt(parts[1], 16);
    }

    private static String target(Path descriptor) {
        try {
            return Files.readSymbolicLink(descriptor).toString();
        } catch (IOException closedMeanwhile) {
            return "";
        }
    }
}

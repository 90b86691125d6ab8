package io.guestchat.harness;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** The JDK's {@code jcmd}. */
public final class Jcmd {

    private Jcmd() {
    }

    /** @return what the JVM with this process id answers */
    public static String run(long pid, String command) {
        try {
            Process jcmd = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(),
                    Long.toString(pid), command).redirectErrorStream(true).start();
            return new String(jcmd.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException noCommand) {
            throw new UncheckedIOException(noCommand);
        }
    }
}

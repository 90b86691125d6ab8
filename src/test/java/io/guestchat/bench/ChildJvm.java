package io.guestchat.bench;

import io.guestchat.harness.Footprint;
import io.guestchat.harness.Jcmd;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A JVM of its own, whose end is ours. */
final class ChildJvm implements AutoCloseable {

    /** Of what a person has set for the real platform, nothing reaches a process of the benchmark. */
    private static final Pattern CONFIGURING =
            Pattern.compile("(GENESYS|KAFKA|TOPICS|REQUESTS|GUEST|CHAT|LOG|CAMEL|SIMULATOR)_.*");
    private static final int PATIENCE_SECONDS = 120;

    private final String name;
    private final Process process;
    private final Path log;

    private ChildJvm(String name, Process process, Path log) {
        this.name = name;
        this.process = process;
        this.log = log;
    }

    /**
     * @param home where it runs
     * @param log takes all that it prints
     * @param arguments of {@code java}
     */
    static ChildJvm start(String name, Path home, Path log, Map<String, String> environment, List<String> arguments) {
        ProcessBuilder builder = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        builder.command().addAll(arguments);
        builder.directory(home.toFile()).redirectErrorStream(true).redirectOutput(log.toFile());
        builder.environment().keySet().removeIf(CONFIGURING.asMatchPredicate());
        builder.environment().putAll(environment);
        try {
            return new ChildJvm(name, builder.start(), log);
        } catch (IOException noJava) {
            throw new UncheckedIOException(noJava);
        }
    }

    String name() {
        return name;
    }

    long pid() {
        return process.pid();
    }

    double cpuSeconds() {
        return CpuTime.seconds(pid());
    }

    /** After a full collection. */
    Footprint footprint() {
        return Footprint.of(pid());
    }

    /** Once the allocator has given back what it keeps of freed memory. */
    long residentBytes() {
        Jcmd.run(pid(), "System.trim_native_heap");
        return ResidentMemory.bytes(pid());
    }

    /** Waits until it has printed what matches. */
    Matcher untilPrinted(Pattern pattern) {
        return Patience.until(name + " prints " + pattern, () -> {
            checkAlive();
            Matcher matcher = pattern.matcher(Files.readString(log));
            return matcher.find() ? matcher : null;
        });
    }

    void checkAlive() {
        if (!process.isAlive()) {
            throw new IllegalStateException(name + " has ended with " + process.exitValue() + "; see " + log);
        }
    }

    /** SIGTERM, and waits for its end. */
    void terminate() {
        process.destroy();
        awaitEnd();
    }

    /** SIGKILL, and waits for its end. */
    @Override
    public void close() {
        process.destroyForcibly();
        awaitEnd();
    }

    private void awaitEnd() {
        try {
            if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            process.destroyForcibly();
        }
    }
}

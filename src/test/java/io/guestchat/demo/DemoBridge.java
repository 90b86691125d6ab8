package io.guestchat.demo;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.IntConsumer;

/** The packaged bridge as a process of its own, as an operator runs it. Closing sends SIGTERM and waits until it has drained. */
final class DemoBridge implements AutoCloseable {

    static final Path JAR = Path.of("target", "guestchat-bridge.jar");

    /** Variables that would reach the bridge's configuration: what a person has set for the real platform is not for the demo. */
    private static final String CONFIGURING = "(KAFKA|GENESYS|TOPICS|REQUESTS|GUEST|CHAT|LOG|CAMEL)_.*";
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(100);
    /** More than the bridge's own default for draining. */
    private static final Duration DRAIN_LIMIT = Duration.ofSeconds(35);
    private static final int TAIL = 15;

    private final Process process;
    private final Path log;

    private DemoBridge(Process process, Path log) {
        this.process = process;
        this.log = log;
    }

    /**
     * Starts it.
     *
     * @param home holds {@code application.properties}, {@code routes/} and {@link #JAR}
     * @param environment all that is configured beside the properties
     * @param log gets all that it prints; made anew
     */
    static DemoBridge start(Path home, Map<String, String> environment, Path log) {
        ProcessBuilder java = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-jar", JAR.toString());
        java.directory(home.toFile()).redirectErrorStream(true).redirectOutput(log.toFile());
        java.environment().keySet().removeIf(name -> name.matches(CONFIGURING));
        java.environment().putAll(environment);
        try {
            Process process = java.start();
            process.getOutputStream().close();
            return new DemoBridge(process, log);
        } catch (IOException noJava) {
            throw new UncheckedIOException(noJava);
        }
    }

    /**
     * Returns once the bridge says that it is ready.
     *
     * @throws DemoFailure where it ends instead, or says something else for too long
     */
    void awaitReady(URI ready, Duration limit) {
        long deadline = System.nanoTime() + limit.toNanos();
        HttpClient http = HttpClient.newHttpClient();
        String last = "no answer";
        while (System.nanoTime() < deadline) {
            try {
                if (process.waitFor(BETWEEN_LOOKS.toMillis(), TimeUnit.MILLISECONDS)) {
                    throw new DemoFailure("the bridge ended with status " + process.exitValue() + " before it was ready");
                }
                HttpRequest question = HttpRequest.newBuilder(ready).timeout(Duration.ofSeconds(5)).build();
                var answer = http.send(question, BodyHandlers.ofString());
                if (answer.statusCode() == 200) {
                    return;
                }
                last = answer.body();
            } catch (IOException notYet) {
                // It does not listen yet.
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
                throw new DemoFailure("interrupted");
            }
        }
        throw new DemoFailure("the bridge was not ready within " + limit.toSeconds() + " s; " + ready + " says: " + last);
    }

    /** Hears the status once the process has ended, on a thread of the JVM's. */
    void whenEnded(IntConsumer status) {
        process.onExit().thenAccept(ended -> status.accept(ended.exitValue()));
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** The last lines that it has printed. */
    List<String> tail() {
        try {
            // Whatever its encoding, a log can be shown.
            List<String> lines = new String(Files.readAllBytes(log), StandardCharsets.UTF_8).lines().toList();
            return lines.subList(Math.max(0, lines.size() - TAIL), lines.size());
        } catch (IOException none) {
            return List.of();
        }
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (process.waitFor(DRAIN_LIMIT.toMillis(), TimeUnit.MILLISECONDS)) {
                return;
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
        process.destroyForcibly();
    }
}

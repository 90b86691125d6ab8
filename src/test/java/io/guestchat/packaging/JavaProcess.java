package io.guestchat.packaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A JVM of its own; killed at the end of the test where it still runs then. */
final class JavaProcess implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Pattern OURS = Pattern.compile("(GENESYS|KAFKA|TOPICS|REQUESTS|GUEST|CHAT|LOG|CAMEL|SIMULATOR)_.*");

    private final Process process;
    private final Path log;

    /**
     * @param directory where it runs
     * @param log takes all that it prints
     * @param environment comes to this JVM's own, of which nothing is left that would configure the bridge
     */
    JavaProcess(Path directory, Path log, Map<String, String> environment, String... arguments) throws IOException {
        this.log = log;
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        ProcessBuilder builder = new ProcessBuilder(java, "-Xmx384m");
        builder.command().addAll(List.of(arguments));
        builder.directory(directory.toFile()).redirectErrorStream(true).redirectOutput(log.toFile());
        builder.environment().keySet().removeIf(OURS.asMatchPredicate());
        builder.environment().putAll(environment);
        process = builder.start();
    }

    /** Waits for a line that has a match of the pattern. @return the match */
    Matcher untilPrinted(Pattern pattern) {
        return await(pattern.pattern()).atMost(PATIENCE).until(() -> {
            assertThat(process.isAlive()).as("still runs; it printed %s", printed()).isTrue();
            return pattern.matcher(printed());
        }, Matcher::find);
    }

    /** SIGTERM, on the systems that have it. */
    void terminate() {
        process.destroy();
    }

    /** The exit status of a process that is to end within that time. */
    int status(Duration within) throws InterruptedException {
        assertThat(process.waitFor(within.toSeconds(), TimeUnit.SECONDS)).as("ended in time; it printed %s", printed()).isTrue();
        return process.exitValue();
    }

    String printed() {
        try {
            return Files.readString(log);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}

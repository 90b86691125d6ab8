package io.guestchat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A JVM of its own with the test's class path, in a directory that holds its configuration; killed at the end of the test. */
final class BridgeProcess implements AutoCloseable {

    /** Generous: a start takes two seconds on a machine that has nothing else to do. */
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Process process;
    private final Path out;
    private final Path err;

    BridgeProcess(Class<?> main, Path home, Map<String, String> environment, String... options) throws IOException {
        out = home.resolve("out.log");
        err = home.resolve("err.log");
        String classPath = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        ProcessBuilder builder = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        // The log as it is in production, not the one that keeps tests quiet.
        builder.command().add("-Dlog4j2.configurationFile=classpath:log4j2.xml");
        builder.command().addAll(List.of(options));
        builder.command().addAll(List.of("-cp", classPath, main.getName()));
        builder.directory(home.toFile()).redirectOutput(out.toFile()).redirectError(err.toFile());
        builder.environment().keySet().removeIf(name -> name.matches("(GENESYS|KAFKA|TOPICS|CHAT|LOG|CAMEL)_.*"));
        builder.environment().putAll(environment);
        process = builder.start();
    }

    BridgeProcess untilLogged(String text) {
        await().atMost(PATIENCE).untilAsserted(() -> {
            assertThat(process.isAlive()).as("still runs; it said %s %s", out(), err()).isTrue();
            assertThat(out()).contains(text);
        });
        return this;
    }

    /** SIGTERM, on the systems that have it. */
    BridgeProcess terminate() {
        process.destroy();
        return this;
    }

    int status() throws InterruptedException {
        assertThat(process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).as("ended in time").isTrue();
        return process.exitValue();
    }

    String out() throws IOException {
        return Files.readString(out);
    }

    List<String> err() throws IOException {
        return Files.readAllLines(err);
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}

package io.guestchat.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The demo as a process without a terminal, with the packaged bridge: it needs what {@code ./mvnw package} makes. */
class DemoIT {

    private static final Path ROOT = Path.of("").toAbsolutePath();

    @TempDir
    private Path directory;
    private Process demo;

    @AfterEach
    void endWhatIsLeft() {
        if (demo != null && demo.isAlive()) {
            demo.descendants().forEach(ProcessHandle::destroyForcibly);
            demo.destroyForcibly();
        }
    }

    @Test
    void givenNoTerminal_whenTheDemoRuns_thenItPrintsTheWholeChatEndsWithZeroAndLeavesNothingBehind() throws Exception {
        // when
        List<ProcessHandle> children = start(ROOT);
        int status = status();

        // then
        String printed = printed();
        assertThat(status).as(printed).isZero();
        assertThat(printed).containsSubsequence(
                "Kafka broker  127.0.0.1:", "Simulator     http://127.0.0.1:", "Bridge        http://127.0.0.1:",
                "guestchat.requests      demo-ada  Ada     start",
                "guestchat.events        demo-ada  bridge  session-created, session ws-",
                "session-connected", "conversation-assigned, conversation ", "The chat is live, ",
                "demo-ada  Ada     \"Hello, where is my order 1042?\"", "message-sent", "message-acknowledged",
                "agent   agent-typing",
                "guestchat.messages      demo-ada  agent   \"Good morning! One moment, I am looking it up.\"",
                "demo-ada  Ada     \"Thank you. It was due on Monday.\"", "agent-typing",
                "agent   \"It left the warehouse today and comes tomorrow.\"",
                "demo-ada  Ada     \"Great, then I will be at home.\"", "agent-typing",
                "agent   \"You are welcome. Have a nice day!\"",
                "history, 4 messages a page", "history-delivered, messages: 6, pages: 2",
                "Ada     status", "session-status: active, connected",
                "Ada     end", "chat-ended: requested", "The whole chat went through.");
        assertThat(printed).containsSubsequence("guestchat.history       demo-ada  bridge  page 1", "page 2, the last");
        assertThat(printed).doesNotContain("\u001B").doesNotContain("Ada> ");
        assertThat(children).isNotEmpty().noneMatch(ProcessHandle::isAlive);
    }

    @Test
    void givenABridgeThatCannotStart_whenTheDemoRuns_thenItEndsWithOneAndShowsTheLogOfTheBridge() throws Exception {
        // given: a project without routes
        Path home = Files.createDirectory(directory.resolve("project"));
        Files.createDirectories(home.resolve("target/lib"));
        Files.copy(ROOT.resolve("application.properties"), home.resolve("application.properties"));
        Files.copy(ROOT.resolve(DemoBridge.JAR), home.resolve(DemoBridge.JAR));
        try (Stream<Path> libraries = Files.list(ROOT.resolve("target/lib"))) {
            for (Path library : libraries.toList()) {
                Files.copy(library, home.resolve("target/lib").resolve(library.getFileName()));
            }
        }

        // when
        start(home);
        int status = status();

        // then
        assertThat(status).as(printed()).isEqualTo(1);
        assertThat(printed()).contains("The demo failed: the bridge ended with status 1",
                "The last lines of the bridge's log, target/demo-bridge.log:", "guestchat-bridge: did not start: ");
        assertThat(printed()).containsOnlyOnce("The demo failed: ");
    }

    @Test
    void givenARunningDemo_whenItIsTerminated_thenTheBridgeEndsWithIt() throws Exception {
        // given
        List<ProcessHandle> children = start(ROOT);

        // when
        demo.destroy();

        // then
        assertThat(status()).isEqualTo(128 + 15);
        assertThat(children).isNotEmpty().noneMatch(ProcessHandle::isAlive);
        assertThat(printed()).doesNotContain("The demo failed");
    }

    @Test
    void givenNothingBuilt_whenTheDemoRuns_thenItSaysWhatToBuild() throws Exception {
        start(directory);

        assertThat(status()).isEqualTo(1);
        assertThat(printed()).contains("The demo failed: target/guestchat-bridge.jar is not in " + directory);
    }

    /** Starts the demo; returns the processes that it has once it has any, or none where it ends first. */
    private List<ProcessHandle> start(Path home) throws IOException, InterruptedException {
        String classPath = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        ProcessBuilder java = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp", classPath, Demo.class.getName(), home.toString());
        demo = java.redirectErrorStream(true).redirectOutput(directory.resolve("out.txt").toFile()).start();
        while (!demo.waitFor(100, TimeUnit.MILLISECONDS)) {
            List<ProcessHandle> children = demo.children().toList();
            if (!children.isEmpty()) {
                return children;
            }
        }
        return List.of();
    }

    private int status() throws InterruptedException {
        assertThat(demo.waitFor(5, TimeUnit.MINUTES)).as("ended in time").isTrue();
        return demo.exitValue();
    }

    private String printed() throws IOException {
        return Files.readString(directory.resolve("out.txt"));
    }
}

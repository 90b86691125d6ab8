package io.guestchat.packaging;

import static org.assertj.core.api.Assertions.assertThat;

import io.guestchat.broker.EmbeddedKafkaMain;
import io.guestchat.config.SettingsReader;
import io.guestchat.harness.OutsideSystem;
import io.guestchat.harness.Received;
import io.guestchat.simulator.SimulatorMain;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code java -jar guestchat-bridge.jar} as an operator has it, between a broker and a platform that are processes, too. */
class PackagedBridgeIT {

    private static final Pattern BROKER_READY = Pattern.compile("broker ready at (\\S+)");
    private static final Pattern SIMULATOR_READY = Pattern.compile("The simulator listens on (http\\S+)");

    @TempDir
    static Path surroundings;
    private static JavaProcess broker;
    private static JavaProcess simulator;
    private static Map<String, String> environment;

    @TempDir
    Path home;
    private PackagedBridge bridge;
    private OutsideSystem outside;

    @BeforeAll
    static void startSurroundings() throws IOException {
        String classPath = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        broker = new JavaProcess(surroundings, surroundings.resolve("broker.log"), Map.of(), "-cp", classPath,
                EmbeddedKafkaMain.class.getName(), "--port", Integer.toString(PackagedBridge.freePort()));
        simulator = new JavaProcess(surroundings, surroundings.resolve("simulator.log"), Map.of(), "-cp", classPath,
                SimulatorMain.class.getName(), "--port", "0", "--client-id", "packaged", "--client-secret", "hush");
        environment = Map.of(
                "KAFKA_BROKERS", broker.untilPrinted(BROKER_READY).group(1),
                "GENESYS_URL", simulator.untilPrinted(SIMULATOR_READY).group(1),
                "GENESYS_CLIENT_ID", "packaged",
                "GENESYS_CLIENT_SECRET", "hush");
    }

    @AfterAll
    static void stopSurroundings() {
        broker.close();
        simulator.close();
    }

    @BeforeEach
    void makeHome() throws IOException {
        bridge = new PackagedBridge(home, environment);
    }

    @AfterEach
    void stop() {
        if (outside != null) {
            outside.close();
        }
        bridge.close();
    }

    @Test
    void givenThePackage_whenAGuestChats_thenTheAgentsAnswerAndTheEndComeBack() throws Exception {
        // given
        Map<String, String> before = filesOfHome();
        before.put("bridge.log", "");
        start();
        outside.start("packaged-1", "r-1");
        outside.awaitEvent("packaged-1", "conversation-assigned");

        // when
        outside.message("packaged-1", "r-2", "Hello");
        Received answer = outside.awaitMessages("packaged-1", 1).get(0);
        outside.request("packaged-1", "r-3", "end");

        // then
        assertThat(answer.text("text")).contains("Hello");
        assertThat(outside.awaitAnswer("packaged-1", "chat-ended", "r-3").text("reason")).isEqualTo("requested");
        assertThat(bridge.printed()).doesNotContain("hush", "ERROR", "Hello");
        assertThat(filesOfHome()).as("written to disk").isEqualTo(before);
    }

    @Test
    void givenALiveChat_whenTerminated_thenItExitsInTimeAndTheChatGoesOnAfterTheNextStart() throws Exception {
        // given
        start();
        outside.start("packaged-2", "r-1");
        Received assigned = outside.awaitEvent("packaged-2", "conversation-assigned");

        // when
        int status = bridge.stop();
        outside.message("packaged-2", "r-2", "Still there?");
        bridge.start();

        // then
        assertThat(status).isIn(0, 143);
        Received answer = outside.awaitMessages("packaged-2", 1).get(0);
        assertThat(answer.text("text")).contains("Still there?");
        assertThat(answer.text("conversationId")).isEqualTo(assigned.text("conversationId"));
        assertThat(outside.events("packaged-2")).extracting(Received::type).doesNotContain("chat-ended", "request-failed");
    }

    @Test
    void givenAPropertyThatTheOperatorHasEdited_whenStarted_thenItCounts() throws Exception {
        // given
        bridge.edit("application.properties", "chat.max-text-bytes=4096", "chat.max-text-bytes=5");
        start();
        outside.start("packaged-3", "r-1");
        outside.awaitAnswer("packaged-3", "session-created", "r-1");

        // when
        outside.message("packaged-3", "r-2", "Six by");

        // then
        assertThat(outside.awaitAnswer("packaged-3", "request-failed", "r-2").text("error.code")).isEqualTo("message-too-long");
    }

    @Test
    void givenARouteThatTheOperatorHasEdited_whenStarted_thenItFlowsAsEdited() throws Exception {
        // given
        bridge.edit("routes/status.camel.yaml", "      uri: direct:status\n      steps:\n",
                "      uri: direct:status\n      steps:\n        - log:\n            message: the operator sees each status\n");
        start();
        outside.start("packaged-4", "r-1");
        outside.awaitAnswer("packaged-4", "session-created", "r-1");

        // when
        outside.request("packaged-4", "r-2", "status");

        // then
        outside.awaitAnswer("packaged-4", "session-status", "r-2");
        assertThat(bridge.printed()).contains("the operator sees each status");
    }

    /** Each with what is in it; of the log, which the test keeps there, only that it is there. */
    private Map<String, String> filesOfHome() throws IOException {
        Map<String, String> files = new TreeMap<>();
        try (Stream<Path> all = Files.walk(home)) {
            for (Path file : all.filter(Files::isRegularFile).toList()) {
                String name = home.relativize(file).toString();
                files.put(name, name.equals("bridge.log") ? "" : Files.readString(file));
            }
        }
        return files;
    }

    /** The topics are there once it has started. */
    private void start() throws IOException {
        bridge.start();
        outside = new OutsideSystem(environment.get("KAFKA_BROKERS"), SettingsReader.of(Map.of("genesys.client-id", "packaged",
                "genesys.client-secret", "hush"), home).topics());
    }
}

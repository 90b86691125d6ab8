package io.guestchat;

import static org.assertj.core.api.Assertions.assertThat;

import io.guestchat.broker.EmbeddedKafka;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Topics with which the bridge must not start: it says so and exits with 1 (contract, "Topics"). */
class UnfitTopicsIT {

    private static EmbeddedKafka kafka;

    @TempDir
    private Path home;

    @BeforeAll
    static void startBroker() {
        kafka = EmbeddedKafka.start();
    }

    @AfterAll
    static void stopBroker() {
        kafka.close();
    }

    @BeforeEach
    void theCheckout() throws IOException {
        Files.copy(Path.of("application.properties"), home.resolve("application.properties"));
        Files.createDirectory(home.resolve("routes"));
        try (Stream<Path> routes = Files.list(Path.of("routes"))) {
            for (Path route : routes.toList()) {
                Files.copy(route, home.resolve("routes").resolve(route.getFileName()));
            }
        }
    }

    @Test
    void givenSessionsWithOtherPartitionsThanTheRequests_whenStarted_thenOneLineSaysSoAndTheStatusIs1() throws Exception {
        // given
        kafka.createTopic("differing.requests", 3, Map.of());
        kafka.createTopic("differing.sessions", 2, Map.of("cleanup.policy", "compact"));

        // when
        try (BridgeProcess bridge = bridge("differing", Map.of())) {

            // then
            assertThat(bridge.status()).isEqualTo(1);
            assertThat(errors(bridge)).singleElement().asString()
                    .contains("differing.requests has 3 partitions").contains("differing.sessions has 2");
        }
    }

    @Test
    void givenMissingTopicsThatMayNotBeMade_whenStarted_thenOneLineNamesThemAndTheStatusIs1() throws Exception {
        // given
        kafka.createTopic("missing.requests", 1, Map.of());

        // when
        try (BridgeProcess bridge = bridge("missing", Map.of("TOPICS_CREATE", "false"))) {

            // then
            assertThat(bridge.status()).isEqualTo(1);
            assertThat(errors(bridge)).singleElement().asString().contains("missing.events").contains("missing.sessions")
                    .contains("topics.create").doesNotContain("missing.requests,");
        }
    }

    /** The JVM may have something to say, too; the bridge's own lines begin with its name. */
    private static List<String> errors(BridgeProcess bridge) throws IOException {
        return bridge.err().stream().filter(line -> line.startsWith("guestchat-bridge: ")).toList();
    }

    private BridgeProcess bridge(String prefix, Map<String, String> environment) throws IOException {
        Map<String, String> all = new HashMap<>(environment);
        all.put("KAFKA_BROKERS", kafka.bootstrapServers());
        all.put("GENESYS_URL", "http://127.0.0.1:9");
        all.put("GENESYS_CLIENT_ID", "client");
        all.put("GENESYS_CLIENT_SECRET", "secret");
        all.put("CAMEL_MANAGEMENT_PORT", "0");
        for (String topic : List.of("requests", "messages", "events", "history", "sessions")) {
            all.put("TOPICS_" + topic.toUpperCase(Locale.ROOT), prefix + "." + topic);
        }
        all.put("TOPICS_DEAD_LETTERS", prefix + ".dlq");
        return new BridgeProcess(Bridge.class, home, all);
    }
}

package io.guestchat;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an operator sees who starts the bridge as a process. */
class BridgeProcessTest {

    private static final String SECRET = "s3cr3t-of-the-client";
    private static final String STARTED = "(guestchat-bridge) started in";
    private static final Map<String, String> CLIENT = Map.of("GENESYS_CLIENT_ID", "client", "GENESYS_CLIENT_SECRET", SECRET,
            "LOG_LEVEL", "TRACE");

    @TempDir
    private Path home;

    @BeforeEach
    void theReferenceAndOneRoute() throws IOException {
        Files.copy(Path.of("application.properties"), home.resolve("application.properties"));
        Files.createDirectory(home.resolve("routes"));
        route("direct:a", "kafka.group-id");
    }

    @Test
    void givenAWrongConfiguration_whenStarted_thenEveryFaultIsALineAndTheStatusIs1() throws Exception {
        append("kafka.brokers=nowhere", "topics.partitions=none", "chat.max-txt-bytes=5", "genesys.client-secret=" + SECRET);

        Map<String, String> environment = Map.of("GENESYS_URL", "https://u:" + SECRET + "@a");
        try (BridgeProcess bridge = new BridgeProcess(Bridge.class, home, environment)) {
            assertThat(bridge.status()).isEqualTo(1);
            assertThat(bridge.err()).containsExactly(
                    "guestchat-bridge: kafka.brokers: not host:port, or several with commas between: \"nowhere\"",
                    "guestchat-bridge: genesys.url: must hold no user or password; the client goes into genesys.client-id and "
                            + "genesys.client-secret",
                    "guestchat-bridge: genesys.client-id: missing; it has no default",
                    "guestchat-bridge: topics.partitions: not a whole number: \"none\"",
                    "guestchat-bridge: chat.max-txt-bytes: no such key; did you mean chat.max-text-bytes?");
            assertThat(bridge.out()).isEmpty();
        }
    }

    @Test
    void givenNoConfiguration_whenStarted_thenOneLineSaysWhereItIsSoughtAndTheStatusIs1() throws Exception {
        Files.delete(home.resolve("application.properties"));

        try (BridgeProcess bridge = new BridgeProcess(Bridge.class, home, CLIENT)) {
            assertThat(bridge.status()).isEqualTo(1);
            assertThat(bridge.err()).singleElement().asString().startsWith("guestchat-bridge: application.properties: not in ");
        }
    }

    @Test
    void givenARouteThatCamelRefuses_whenStarted_thenOneLineNamesItsFileAndTheStatusIs1() throws Exception {
        Files.writeString(home.resolve("routes/b.camel.yaml"), "- route:\n    from:\n      uri: direct:b\n      steps:\n"
                + "        - logg: x\n");

        try (BridgeProcess bridge = unwired(CLIENT)) {
            assertThat(bridge.status()).isEqualTo(1);
            assertThat(bridge.err()).singleElement().asString()
                    .startsWith("guestchat-bridge: did not start: Unknown node id: logg in file:")
                    .contains("b.camel.yaml, line 5");
        }
    }

    @Test
    void givenNoRoutes_whenStarted_thenOneLineSaysSoAndTheStatusIs1() throws Exception {
        Files.delete(home.resolve("routes/a.camel.yaml"));

        try (BridgeProcess bridge = unwired(CLIENT)) {
            assertThat(bridge.status()).isEqualTo(1);
            assertThat(bridge.err()).singleElement().asString()
                    .startsWith("guestchat-bridge: did not start: camel.main.routes-include-pattern: no routes at file:");
        }
    }

    @Test
    void givenATakenManagementPort_whenStarted_thenOneLineNamesItAndTheStatusIs1() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"));
                BridgeProcess bridge = unwired(CLIENT, "-Dcamel.management.port=" + taken.getLocalPort())) {
            assertThat(bridge.status()).isEqualTo(1);
            assertThat(bridge.err()).singleElement().asString().startsWith("guestchat-bridge: did not start: "
                    + "camel.management.port: cannot listen on 127.0.0.1:" + taken.getLocalPort() + ": ");
        }
    }

    @Test
    void givenARunningBridge_whenTerminated_thenItStopsItsRoutesAndTheStatusIs0Or143() throws Exception {
        try (BridgeProcess bridge = unwired(CLIENT)) {
            bridge.untilLogged(STARTED).terminate();

            assertThat(bridge.status()).isIn(0, 143);
            assertThat(bridge.out()).contains("Routes stopped (total:1)");
            assertThat(bridge.err()).isEmpty();
        }
    }

    @Test
    void givenSecretsFromEverywhereAndARouteThatTellsThem_whenRun_thenItGetsNothingOfUseAndTheyAreNowhereInTheLog() throws Exception {
        Files.writeString(home.resolve("routes/a.camel.yaml"), """
                - route:
                    from:
                      uri: timer:once?repeatCount=1
                      steps:
                        - log: "told {{genesys.client-secret}} {{kafka.password}} {{genesys.proxy-password}} {{KAFKA_PASSWORD}}"
                """);
        append("genesys.client-secret=" + SECRET, "kafka.security-protocol=SASL_SSL", "kafka.username=u",
                "genesys.proxy-url=http://127.0.0.1:1", "genesys.proxy-username=u", "genesys.proxy-password=" + SECRET);
        Map<String, String> environment = new HashMap<>(CLIENT);
        environment.put("KAFKA_PASSWORD", SECRET);

        try (BridgeProcess bridge = unwired(environment, "-Dgenesys.client-secret=" + SECRET)) {
            bridge.untilLogged("told ").terminate();

            assertThat(bridge.status()).isIn(0, 143);
            assertThat(bridge.out()).contains("told *** *** *** ***").doesNotContain(SECRET);
        }
    }

    @Test
    void givenLogFormatJson_whenRun_thenEachLineIsOneObjectWithItsFields() throws Exception {
        append("log.format=json");

        try (BridgeProcess bridge = unwired(CLIENT)) {
            bridge.untilLogged(STARTED).terminate();
            bridge.status();

            ObjectMapper json = new ObjectMapper();
            List<String> lines = bridge.out().lines().toList();
            assertThat(lines).isNotEmpty().allSatisfy(line ->
                    assertThat(json.readTree(line).fieldNames()).toIterable()
                            .contains("timestamp", "level", "logger", "thread", "message"));
            JsonNode first = json.readTree(lines.get(0));
            assertThat(first.get("logger").asText()).isEqualTo("io.guestchat.Bridge");
            assertThat(first.get("level").asText()).isEqualTo("INFO");
            assertThat(first.get("message").asText()).startsWith("bridge starting brokers=localhost:9092 ");
        }
    }

    /** On any free management port, where the options say no other: the last one of a name is the one that counts. */
    private BridgeProcess unwired(Map<String, String> environment, String... options) throws IOException {
        Stream<String> all = Stream.concat(Stream.of("-Dcamel.management.port=0"), Stream.of(options));
        return new BridgeProcess(UnwiredBridge.class, home, environment, all.toArray(String[]::new));
    }

    private void append(String... lines) throws IOException {
        Path file = home.resolve("application.properties");
        Files.writeString(file, Files.readString(file) + String.join("\n", lines) + "\n");
    }

    private void route(String from, String key) throws IOException {
        Files.writeString(home.resolve("routes/a.camel.yaml"), "- route:\n    from:\n      uri: " + from + "\n      steps:\n"
                + "        - setBody:\n            constant: \"{{" + key + "}}\"\n");
    }
}

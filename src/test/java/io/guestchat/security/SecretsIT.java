package io.guestchat.security;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.guestchat.config.Settings;
import io.guestchat.harness.BridgeInstance;
import io.guestchat.harness.BridgeRig;
import io.guestchat.harness.OutsideSystem;
import io.guestchat.harness.Received;
import io.guestchat.simulator.CallKind;
import io.guestchat.simulator.Fault;
import io.guestchat.simulator.SimulatorOptions.Answering;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Two bridges of one group at {@code log.level=TRACE}, one for each format, live through every failure that comes with somebody's
 * words; then all that they have shown to anybody is searched. A value to be sought is added to {@link #secrets()} or {@link
 * #guests()}.
 */
class SecretsIT {

    private static final String SECRET = "s3cret/Kudu+ß&=%:\"x\"";
    private static final String NAME = "Quokka Müller-O'Hara";
    private static final String EMAIL = "axolotl+vip@pangolin.example";
    private static final String TAG = "tag-capybara";
    private static final String DETAIL = "iban-binturong-4711";
    private static final String GUEST_TEXT = "my card is narwhal 4929 1111";
    private static final String AGENT_TEXT = "your new PIN is tarsier 0815";
    private static final List<String> CHATS = List.of("c-1", "c-2", "c-3", "c-4");
    private static final List<String> ENDPOINTS =
            List.of("/observe/health", "/observe/health/live", "/observe/health/ready", "/observe/metrics");

    @TempDir
    static Path work;

    private static ProtectedSides sides;
    private static BridgeRig rig;
    private static final List<BridgeInstance> BRIDGES = new ArrayList<>();
    private static final List<String> SHOWN = new ArrayList<>();
    private static final List<String> MBEANS = new ArrayList<>();
    private static final List<String> THREADS = new ArrayList<>();
    private static final List<List<String>> LISTENERS = new ArrayList<>();

    /** On no record and in no place. */
    private static Sought secrets() {
        // By a word of it, too: that is the same in each way to escape the rest.
        Sought secrets = new Sought().add("the client's secret", SECRET).add("the client's secret", "Kudu")
                .add("Kafka's password", ProtectedSides.KAFKA_PASSWORD).add("Kafka's password", "Ocelot")
                .add("the proxy's password", ProtectedSides.PROXY_PASSWORD).add("the proxy's password", "Serval");
        rig.platform().tokens().forEach(token -> secrets.add("a token", token));
        return secrets;
    }

    /** On the topics, and in no other place. */
    private static Sought guests() {
        return new Sought().add("the guest's name", "Quokka").add("the guest's name", "O'Hara").add("the address", "axolotl")
                .add("the address", "pangolin").add("a tag", "capybara").add("a detail", "binturong")
                .add("the guest's text", "narwhal").add("the agent's text", "tarsier");
    }

    @BeforeAll
    static void liveThroughEverything() throws Exception {
        sides = ProtectedSides.open();
        rig = BridgeRig.withoutBridgeOn(sides.kafka(),
                platform -> platform.clientSecret(SECRET).answering(Answering.OFF).agentName("Agent"), sides.configuration());
        Map.of("log.level", "TRACE", "genesys.retry.max-elapsed", "1s", "genesys.assignment.poll-after", "300ms",
                "camel.main.routes-include-pattern", "file:" + routesWithAFault() + "/*.camel.yaml",
                "genesys.url", "http://platform.invalid:" + rig.simulator().port()).forEach(rig::configure);
        BRIDGES.add(bridge("text", rig.configuration()));
        BRIDGES.add(bridge("json", secretsInFiles(rig.configuration())));
        BRIDGES.forEach(BridgeInstance::awaitReady);
        rig.openOutside();
        await("both have chats").atMost(OutsideSystem.PATIENCE).untilAsserted(() -> assertThat(BRIDGES).allSatisfy(
                bridge -> assertThat(bridge.metric("guestchat_partitions_assigned")).isPositive()));

        chat();
        theApiEchoes();
        answersAreBroken();
        socketsAreLostAndFramesAreStrange();
        requestsAreInvalid();
        theBridgeItselfFails();
        lookAround();
        theTokenEndpointEchoes();
        for (String chat : CHATS) {
            rig.outside().request(chat, "end", "end");
            rig.outside().awaitAnswer(chat, "chat-ended", "end");
        }
        lookAround();
        kafkaRefusesTheBridges();
        for (BridgeInstance bridge : BRIDGES) {
            // Before the look through JMX, which opens a port for it.
            LISTENERS.add(Listeners.of(bridge.pid()));
            JmxView view = JmxView.of(bridge.pid());
            MBEANS.addAll(view.lines());
            THREADS.addAll(view.threads());
        }
        BRIDGES.forEach(bridge -> assertThat(bridge.terminate()).isIn(0, 143));
    }

    @AfterAll
    static void stop() {
        BRIDGES.forEach(BridgeInstance::close);
        rig.close();
        sides.close();
    }

    @Test
    void givenTheFailures_whenTheLogsAreSearched_thenTheyTellOfThemAndHoldNeitherSecretsNorGuests() throws IOException {
        List<String> logs = List.of(Files.readString(log("text")), Files.readString(log("json")));

        assertThat(logs).flatMap(log -> secrets().and(guests()).in(log)).isEmpty();
        // Or it would have been searched in vain.
        assertThat(String.join("\n", logs)).contains("request failed", "java.lang.IllegalStateException", "token not obtained",
                "session lost", "request refused", "attempt failed", "frame", "kafka refuses the bridge",
                "status=407", "HttpProxyConnectException");
    }

    @Test
    void givenTheFailures_whenHealthAndMetricsAreSearched_thenTheyHoldNeitherSecretsNorGuests() {
        assertThat(secrets().and(guests()).in(String.join("\n", SHOWN))).isEmpty();
        assertThat(SHOWN).anySatisfy(shown -> assertThat(shown).contains("no access token"))
                .anySatisfy(shown -> assertThat(shown).contains("Kafka refuses the bridge"))
                .anySatisfy(shown -> assertThat(shown).contains("guestchat_requests_total{"));
    }

    @Test
    void givenTheFailures_whenJmxIsSearched_thenItHoldsNeitherSecretsNorGuests() {
        assertThat(secrets().and(guests()).in(String.join("\n", MBEANS))).isEmpty();
        assertThat(MBEANS).hasSizeGreaterThan(1_000).anySatisfy(line -> assertThat(line).startsWith("org.apache.camel:context="))
                .anySatisfy(line -> assertThat(line).contains("SystemProperties="));
    }

    @Test
    void givenNothingSaidOfThePort_whenTheBridgesListen_thenOnTheManagementPortOfLoopbackAlone() {
        assertThat(LISTENERS).hasSize(2).allSatisfy(listeners -> assertThat(listeners).singleElement().asString().startsWith("127.0.0.1:"));
        assertThat(MBEANS).noneMatch(line -> line.contains("com.sun.management.jmxremote.port"));
    }

    @Test
    void givenTheFailures_whenThreadsAreSearched_thenTheyHoldNeitherSecretsNorGuests() {
        assertThat(secrets().and(guests()).in(String.join("\n", THREADS))).isEmpty();
        assertThat(THREADS).anySatisfy(thread -> assertThat(thread).contains("platform-call"));
    }

    @Test
    void givenTheFailures_whenTheTopicsAreSearched_thenNoRecordHoldsASecret() {
        assertThat(rig.outside().all()).hasSizeGreaterThan(60).allSatisfy(record -> {
            assertThat(secrets().in(record.toString())).isEmpty();
            record.raw().headers().forEach(header -> assertThat(secrets().in(header.key() + "="
                    + (header.value() == null ? "" : new String(header.value(), UTF_8)))).isEmpty());
        });
    }

    @Test
    void givenAPlatformThatRepeatsTheRequest_whenTheFailureIsTold_thenNothingOfTheGuestIsInIt() {
        // An invalid request is told the names of its own fields.
        List<Received> failed = rig.outside().all().stream()
                .filter(record -> "io.guestchat.request-failed.v1".equals(record.header("ce_type")))
                .filter(event -> !"invalid-request".equals(event.text("error.code"))).toList();

        assertThat(failed).hasSizeGreaterThan(20)
                .allSatisfy(event -> assertThat(guests().in(String.valueOf(event.text("error.message")))).isEmpty())
                .anySatisfy(event -> assertThat(event.text("error.message")).startsWith("the platform answered 400: "));
    }

    private static void chat() {
        for (String chat : CHATS) {
            rig.outside().send(chat, start("start", name(chat)));
        }
        CHATS.forEach(chat -> rig.outside().awaitEvent(chat, "conversation-assigned"));
        for (String chat : CHATS) {
            rig.outside().message(chat, "m", GUEST_TEXT);
            rig.outside().request(chat, "t", "typing");
            rig.outside().awaitAnswer(chat, "message-acknowledged", "m");
            rig.platform().say(name(chat), AGENT_TEXT);
            rig.outside().awaitMessages(chat, 1);
            rig.outside().request(chat, "h", "history");
            rig.outside().request(chat, "s", "status");
            rig.outside().awaitAnswer(chat, "session-status", "s");
        }
    }

    private static void theApiEchoes() {
        for (int status : new int[] {400, 401, 403, 500}) {
            rig.platform().refuse(CallKind.DETAILS, 1_000, Fault.echo(status));
            rig.platform().refuse(CallKind.HISTORY, 1_000, Fault.echo(status));
            rig.platform().refuse(CallKind.SESSION, 1_000, Fault.echo(status));
            for (String chat : CHATS.subList(0, 2)) {
                rig.outside().request(chat, "s" + status, "status");
                rig.outside().request(chat, "h" + status, "history");
            }
            List.of("r-1", "r-2").forEach(chat -> rig.outside().send(chat, start("start" + status, name(chat))));
            CHATS.subList(0, 2).forEach(chat -> rig.outside().awaitAnswer(chat, "request-failed", "h" + status));
            List.of("r-1", "r-2").forEach(chat -> rig.outside().awaitAnswer(chat, "request-failed", "start" + status));
            rig.platform().clearFaults();
        }
    }

    private static void answersAreBroken() {
        List<String> bodies = List.of("{\"id\":\"" + NAME + "\",\"webchatSessionId\":\"" + GUEST_TEXT,
                "[\"" + AGENT_TEXT + "\"]", "{\"entities\":[\"" + AGENT_TEXT + "\"],\"nextPage\":\"" + GUEST_TEXT + "\"}",
                "<html>" + EMAIL + "</html>");
        for (int index = 0; index < bodies.size(); index++) {
            String id = "broken" + index;
            for (CallKind kind : new CallKind[] {CallKind.SESSION, CallKind.DETAILS, CallKind.HISTORY}) {
                rig.platform().refuse(kind, 2, Fault.refuse(200).body(bodies.get(index)));
            }
            for (String chat : CHATS.subList(0, 2)) {
                rig.outside().request(chat, "s" + id, "status");
                rig.outside().request(chat, "h" + id, "history");
                rig.outside().awaitAnswer(chat, "request-failed", "h" + id);
            }
            List.of("b-1", "b-2").forEach(chat -> rig.outside().send(chat, start("start" + id, name(chat))));
            List.of("b-1", "b-2").forEach(chat -> rig.outside().awaitAnswer(chat, "request-failed", "start" + id));
        }
    }

    private static void socketsAreLostAndFramesAreStrange() {
        for (String frame : List.of(GUEST_TEXT, "{\"type\":\"text\",\"text\":\"" + AGENT_TEXT, "[\"" + AGENT_TEXT + "\"]",
                "{\"type\":\"" + NAME + "\",\"text\":\"" + AGENT_TEXT + "\"}", "{\"type\":\"text\",\"text\":{\"" + NAME + "\":1}}")) {
            CHATS.forEach(chat -> rig.platform().push(name(chat), frame));
        }
        CHATS.subList(0, 2).forEach(chat -> rig.platform().pushBinary(name(chat), GUEST_TEXT.getBytes(UTF_8)));
        rig.platform().refuse(CallKind.HANDSHAKE, 2, Fault.echo(503));
        rig.platform().refuse(CallKind.HANDSHAKE, 1, Fault.echo(401));
        rig.platform().refuse(CallKind.HANDSHAKE, 1, Fault.echo(403));
        rig.platform().push(name("c-1"), GUEST_TEXT.repeat(80_000));
        CHATS.subList(1, 3).forEach(chat -> rig.platform().drop(name(chat), 1011, AGENT_TEXT));
        CHATS.subList(3, 4).forEach(chat -> rig.platform().cut(name(chat)));
        theProxyRefusesWhatWeShow();
        CHATS.forEach(chat -> rig.outside().awaitEvent(chat, "session-resumed"));
    }

    /** The proxy's every word repeats the password that it was shown. */
    private static void theProxyRefusesWhatWeShow() {
        sides.proxyRefuses();
        for (String chat : CHATS) {
            rig.outside().request(chat, "407", "status");
        }
        CHATS.forEach(chat -> rig.outside().awaitAnswer(chat, "request-failed", "407"));
        lookAround();
        sides.proxyLetsThrough();
    }

    private static void kafkaRefusesTheBridges() {
        sides.kafkaRefuses();
        await("both are refused").atMost(OutsideSystem.PATIENCE).untilAsserted(
                () -> assertThat(BRIDGES).allSatisfy(bridge -> assertThat(bridge.readiness()).isEqualTo(503)));
        lookAround();
        sides.kafkaLetsIn();
    }

    private static void requestsAreInvalid() {
        String valid = "{\"type\":\"message\",\"id\":\"i\",\"text\":\"" + GUEST_TEXT + "\"";
        List<String> invalid = List.of(valid, valid + ",\"" + NAME.replace("\"", "") + "\":1}", GUEST_TEXT, "[\"" + NAME + "\"]",
                "{\"type\":\"start\",\"id\":\"i\",\"guest\":{\"displayName\":[\"" + NAME + "\"],\"email\":\"" + EMAIL + " "
                        + EMAIL + "\",\"language\":\"" + TAG + " x\"}}", valid + ",\"chatId\":\"" + NAME + "\"}",
                "{\"type\":\"message\",\"id\":\"i\",\"text\":\"" + GUEST_TEXT.repeat(200) + "\"}",
                "{\"type\":\"" + DETAIL + "\"}");
        for (String request : invalid) {
            CHATS.forEach(chat -> rig.outside().send(chat, request.getBytes(UTF_8)));
        }
        rig.outside().send(new ProducerRecord<>(rig.outside().topics().requests(), null, (NAME + " " + EMAIL).getBytes(UTF_8),
                (valid + "}").getBytes(UTF_8)));
        rig.outside().send(new ProducerRecord<>(rig.outside().topics().requests(), null, null, (valid + "}").getBytes(UTF_8)));
        rig.outside().message("unknown", "u", GUEST_TEXT);
        rig.outside().awaitAnswer("unknown", "request-failed", "u");
        await("all are refused").atMost(OutsideSystem.PATIENCE).untilAsserted(() -> assertThat(CHATS).allSatisfy(chat ->
                assertThat(rig.outside().events(chat).stream().filter(event -> "invalid-request".equals(event.text("error.code"))
                        || "message-too-long".equals(event.text("error.code"))).count()).isGreaterThanOrEqualTo(invalid.size())));
    }

    /** A step of a route throws what quotes the request, as a fault of ours would. */
    private static void theBridgeItselfFails() {
        for (String chat : CHATS) {
            rig.outside().message(chat, "fault", "provoke: " + GUEST_TEXT);
            rig.outside().awaitAnswer(chat, "request-failed", "fault");
        }
    }

    private static void theTokenEndpointEchoes() {
        BRIDGES.forEach(BridgeInstance::awaitReady);
        rig.platform().refuse(CallKind.TOKEN, 2, Fault.echo(401));
        rig.platform().refuse(CallKind.TOKEN, 2, Fault.refuse(200).body("{\"access_token\":\"" + SECRET.replace("\"", "")));
        rig.platform().expireTokens();
        for (String chat : CHATS) {
            rig.outside().request(chat, "no-token", "status");
        }
        await("a bridge has no token").atMost(OutsideSystem.PATIENCE).untilAsserted(
                () -> assertThat(BRIDGES).anySatisfy(bridge -> assertThat(bridge.readiness()).isEqualTo(503)));
        lookAround();
        BRIDGES.forEach(BridgeInstance::awaitReady);
    }

    private static void lookAround() {
        BRIDGES.forEach(bridge -> ENDPOINTS.forEach(endpoint -> SHOWN.add(bridge.get(endpoint))));
    }

    private static Map<String, Object> start(String id, String name) {
        return Map.of("type", "start", "id", id, "guest", Map.of("displayName", name, "email", EMAIL, "tags", List.of(TAG),
                "metadata", Map.of(DETAIL, DETAIL)));
    }

    private static String name(String chat) {
        return NAME + " " + chat;
    }

    /** Every secret that the configuration has is in a file, as from a secret store. */
    private static Map<String, String> secretsInFiles(Map<String, String> configuration) throws IOException {
        Map<String, String> inFiles = new HashMap<>(configuration);
        for (String key : Settings.secretKeys()) {
            Path file = Files.writeString(work.resolve(key), inFiles.remove(key) + "\n");
            inFiles.put(key + "-file", file.toString());
        }
        return inFiles;
    }

    private static BridgeInstance bridge(String format, Map<String, String> configuration) {
        Map<String, String> own = new HashMap<>(configuration);
        own.put("log.format", format);
        own.put("camel.management.port", Integer.toString(BridgeRig.freePort()));
        return new BridgeInstance(own, log(format));
    }

    private static Path log(String format) {
        return work.resolve(format + ".log");
    }

    private static Path routesWithAFault() throws IOException {
        Path routes = Files.createDirectory(work.resolve("routes"));
        try (Stream<Path> files = Files.list(Path.of("routes"))) {
            for (Path file : files.toList()) {
                Files.copy(file, routes.resolve(file.getFileName()));
            }
        }
        Path messages = routes.resolve("messages.camel.yaml");
        String beginning = "      uri: direct:message\n      steps:\n";
        String before = Files.readString(messages);
        assertThat(before).contains(beginning);
        Files.writeString(messages, before.replace(beginning, beginning + """
                        - filter:
                            simple: ${exchangeProperty.request.content.text} contains 'provoke'
                            steps:
                              - throwException:
                                  exceptionType: java.lang.IllegalStateException
                                  message: cannot bear ${exchangeProperty.request.content.text}
                """));
        return routes;
    }
}

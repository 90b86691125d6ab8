package io.guestchat.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.guestchat.simulator.SimulatorOptions.Answering;
import io.guestchat.simulator.SimulatorOptions.HistoryOrder;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SimulatorLifecycleTest {

    private static final SimulatorOptions QUIET = SimulatorOptions.builder().assignmentDelay(Duration.ZERO)
            .answering(Answering.OFF).build();

    @Test
    void givenSessions_whenItStopsAndResumes_thenThePortAndAllThatIsKnownAreTheSame() {
        try (PlatformSimulator simulator = PlatformSimulator.start(QUIET)) {
            GuestClient client = new GuestClient(simulator.baseUrl());
            String token = client.token();
            String session = client.session(token, "Grace");
            GuestChat chat = client.connect(token, session);
            await().until(() -> chat.conversationId() != null);
            int port = simulator.port();

            simulator.stop();
            await().until(() -> chat.broken() != null);
            assertThatThrownBy(() -> client.details(token, session)).hasRootCauseInstanceOf(IOException.class);
            simulator.control().say(session, "While you were away");
            simulator.resume();

            assertThat(simulator.port()).isEqualTo(port);
            assertThat(client.details(token, session).body().getString("conversationId")).isEqualTo(chat.conversationId());
            assertThat(client.history(token, chat.conversationId(), "").text()).contains("While you were away");
            client.connect(token, session).sendText("Back", chat.conversationId());
            await().untilAsserted(() -> assertThat(simulator.control().session(session).texts()).containsExactly("Back"));
        }
    }

    @Test
    void givenAShortMemory_whenMoreIsSaid_thenTheNewestAreRemembered() {
        try (PlatformSimulator simulator = PlatformSimulator.start(QUIET.toBuilder().memory(2).build())) {
            GuestClient client = new GuestClient(simulator.baseUrl());
            String token = client.token();
            String session = client.session(token, "Grace");
            GuestChat chat = client.connect(token, session);
            String conversation = await().until(chat::conversationId, id -> id != null);
            List.of("One", "Two", "Three").forEach(text -> chat.sendText(text, conversation));

            await().untilAsserted(() ->
                    assertThat(simulator.control().session(session).texts()).containsExactly("Two", "Three"));
            assertThat(simulator.control().session(session).history()).extracting(StoredText::text).containsExactly("Two", "Three");
            assertThat(client.history(token, conversation, "").text()).contains("Two", "Three").doesNotContain("One");
        }
    }

    @Test
    void givenAnAssignmentAndAnAnswerUnderWay_whenAnOutageComesBetween_thenBothHappenAllTheSame() {
        Duration soon = Duration.ofMillis(1_500);
        try (PlatformSimulator simulator = PlatformSimulator.start(QUIET.toBuilder().answering(Answering.REPLY)
                .assignmentDelay(soon).answerDelay(soon).build())) {
            GuestClient client = new GuestClient(simulator.baseUrl());
            String token = client.token();
            String answered = client.session(token, "Grace");
            GuestChat chat = client.connect(token, answered);
            simulator.control().assign(answered);
            chat.sendText("Hello", null);
            await().until(() -> simulator.control().session(answered).texts().size() == 1);
            String assigned = client.session(token, "Alan");
            client.connect(token, assigned);

            simulator.stop();
            assertThat(simulator.control().session(assigned).conversationId()).isNull();
            assertThat(simulator.control().session(answered).said()).isEmpty();
            simulator.resume();

            await().until(() -> simulator.control().session(assigned).conversationId() != null);
            await().untilAsserted(() -> assertThat(simulator.control().session(answered).said())
                    .containsExactly("You said: Hello"));
        }
    }

    @Test
    void givenGuestsWhoKeepConnecting_whenOutagesCome_thenNoSocketEndsWithACloseFrame() {
        try (PlatformSimulator simulator = PlatformSimulator.start(QUIET)) {
            GuestClient client = new GuestClient(simulator.baseUrl());
            String token = client.token();
            List<String> sessions = IntStream.range(0, 60).mapToObj(n -> client.session(token, "Guest " + n)).toList();

            for (int outage = 0; outage < 3; outage++) {
                List<CompletableFuture<GuestChat>> connecting = sessions.stream().map(s -> client.connecting(token, s)).toList();
                await().until(() -> connecting.stream().anyMatch(CompletableFuture::isDone));
                simulator.stop();
                await().until(() -> connecting.stream().allMatch(c -> c.isCompletedExceptionally()
                        || c.isDone() && c.join().broken() != null || c.isDone() && c.join().closeCode() != null));
                assertThat(connecting).filteredOn(c -> !c.isCompletedExceptionally()).extracting(c -> c.join().closeCode())
                        .containsOnlyNulls();
                simulator.resume();
            }

            assertThat(simulator.control().sessions()).allSatisfy(s -> assertThat(s.status()).isIn("open", "active"));
        }
    }

    @Test
    void givenASimulatorWithGuests_whenItIsClosed_thenItsThreadsEnd() {
        Set<Thread> before = simulatorThreads();
        PlatformSimulator simulator = PlatformSimulator.start(QUIET);
        simulator.control().reconfigure(o -> o.assignmentDelay(Duration.ofMillis(1)));
        GuestClient client = new GuestClient(simulator.baseUrl());
        String token = client.token();
        GuestChat chat = client.connect(token, client.session(token, "Grace"));
        await().until(() -> chat.conversationId() != null);
        Set<Thread> during = simulatorThreads();

        simulator.close();
        simulator.close();

        assertThat(during).extracting(Thread::getName).contains("simulator-timers");
        await().untilAsserted(() -> assertThat(simulatorThreads()).isSubsetOf(before));
    }

    @Test
    void givenAPortInUse_whenAnotherIsStartedThere_thenItFailsAndLeavesNoThread() {
        try (PlatformSimulator simulator = PlatformSimulator.start(QUIET)) {
            Set<Thread> before = simulatorThreads();

            assertThatThrownBy(() -> PlatformSimulator.start(QUIET.toBuilder().port(simulator.port()).build()))
                    .isInstanceOf(IllegalStateException.class).hasMessageContaining("in use");

            await().untilAsserted(() -> assertThat(simulatorThreads()).isSubsetOf(before));
        }
    }

    @Test
    void givenTls_whenAClientTrustsTheWrittenCertificate_thenAllCallsWork(@TempDir Path folder) throws Exception {
        Path pem = folder.resolve("simulator.pem");
        try (PlatformSimulator simulator = PlatformSimulator.start(QUIET.toBuilder().tls(true).certificateOut(pem).build())) {
            assertThat(simulator.baseUrl()).startsWith("https://");
            assertThat(simulator.wsUrl()).startsWith("wss://");
            assertThat(Files.readString(pem)).isEqualTo(simulator.certificatePem());
            GuestClient client = new GuestClient("https://localhost:" + simulator.port(), trusting(pem));
            String token = client.token();
            String session = client.session(token, "Grace");
            GuestChat chat = client.connect(token, session);
            await().until(() -> chat.conversationId() != null);
            chat.sendText("Over TLS", chat.conversationId());
            await().untilAsserted(() -> assertThat(simulator.control().session(session).texts()).containsExactly("Over TLS"));

            simulator.control().cut(session);

            await().untilAsserted(() -> assertThat(chat.broken()).isNotNull());
            assertThat(chat.closeCode()).isNull();
            assertThatThrownBy(() -> new GuestClient(simulator.baseUrl()).token())
                    .hasRootCauseInstanceOf(GeneralSecurityException.class);
        }
    }

    @Test
    void givenEnvironmentAndArguments_whenRead_thenTheArgumentsWin() {
        SimulatorOptions options = SimulatorArguments.read(Map.of("SIMULATOR_PORT", "9000", "SIMULATOR_CLIENT_ID", "env",
                "SIMULATOR_HISTORY_ORDER", "newest-first", "SIMULATOR_GREETING", ""),
                "--tls", "--client-id", "argument", "--assignment-delay", "2m", "--answer-delay", "50ms", "--acks", "false");

        assertThat(options.port()).isEqualTo(9000);
        assertThat(options.tls()).isTrue();
        assertThat(options.clientId()).isEqualTo("argument");
        assertThat(options.historyOrder()).isEqualTo(HistoryOrder.NEWEST_FIRST);
        assertThat(options.greeting()).isNull();
        assertThat(options.assignmentDelay()).isEqualTo(Duration.ofMinutes(2));
        assertThat(options.answerDelay()).isEqualTo(Duration.ofMillis(50));
        assertThat(options.acks()).isFalse();
    }

    @Test
    void givenWrongArguments_whenRead_thenTheErrorNamesTheOptionAndNotItsValue() {
        assertThatThrownBy(() -> SimulatorArguments.read(Map.of(), "--colour", "red")).hasMessage("no such option: --colour");
        assertThatThrownBy(() -> SimulatorArguments.read(Map.of(), "tls")).hasMessage("not an option: tls");
        assertThatThrownBy(() -> SimulatorArguments.read(Map.of("SIMULATOR_PORT", "many")))
                .hasMessage("the value of --port cannot be read");
        assertThatThrownBy(() -> SimulatorArguments.read(Map.of(), "--answer-delay", "5")).hasMessageContaining("--answer-delay");
        assertThatThrownBy(() -> SimulatorArguments.read(Map.of(), "--memory", "0")).hasMessageContaining("one text or more");
    }

    @Test
    void givenTheMainClass_whenItRuns_thenItPrintsItsUrlAndStopsOnSigterm() throws Exception {
        Process process = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-cp",
                System.getProperty("java.class.path"), SimulatorMain.class.getName(), "--port", "0")
                .redirectErrorStream(true).start();
        try (BufferedReader output = process.inputReader(StandardCharsets.UTF_8)) {
            String line = output.readLine();
            assertThat(line).startsWith("The simulator listens on http://127.0.0.1:");
            String url = line.replaceFirst(".* on (\\S+) .*", "$1");
            assertThat(new GuestClient(url).token()).isNotBlank();

            process.destroy();

            assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
            assertThat(process.exitValue()).isEqualTo(143);
        } finally {
            process.destroyForcibly();
        }
    }

    private static Set<Thread> simulatorThreads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().matches("(vert|simulator-).*")).collect(Collectors.toSet());
    }

    private static SSLContext trusting(Path pem) throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
        store.load(null, null);
        try (InputStream in = Files.newInputStream(pem)) {
            store.setCertificateEntry("simulator", CertificateFactory.getInstance("X.509").generateCertificate(in));
        }
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(store);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);
        return context;
    }
}

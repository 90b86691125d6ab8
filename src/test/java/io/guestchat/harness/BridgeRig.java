package io.guestchat.harness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.guestchat.Bridge;
import io.guestchat.broker.EmbeddedKafka;
import io.guestchat.config.Settings;
import io.guestchat.config.SettingsReader;
import io.guestchat.simulator.PlatformSimulator;
import io.guestchat.simulator.SimulatorControl;
import io.guestchat.simulator.SimulatorOptions;
import io.guestchat.simulator.SimulatorOptionsBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.apache.camel.main.Main;

/**
 * The real bridge in this JVM, with the routes of the checkout, between a real broker and the simulator. Each rig has topics and
 * a group of its own on the JVM's one broker.
 */
public final class BridgeRig implements AutoCloseable {

    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private final EmbeddedKafka kafka;
    private final boolean ownsKafka;
    private final PlatformSimulator simulator;
    private final Map<String, String> configuration = new HashMap<>();
    private Settings settings;
    private Main main;
    private OutsideSystem outside;

    private BridgeRig(EmbeddedKafka kafka, boolean ownsKafka, SimulatorOptions options) {
        this.kafka = kafka;
        this.ownsKafka = ownsKafka;
        this.simulator = PlatformSimulator.start(options);
        String prefix = "t" + UUID.randomUUID().toString().substring(0, 8) + ".";
        configuration.put("kafka.brokers", kafka.bootstrapServers());
        configuration.put("kafka.group-id", prefix + "group");
        configuration.put("genesys.url", simulator.baseUrl());
        configuration.put("genesys.client-id", options.clientId());
        configuration.put("genesys.client-secret", options.clientSecret());
        configuration.put("genesys.requests-per-minute", "60000");
        configuration.put("genesys.connect.per-minute", "60000");
        configuration.put("topics.partitions", "3");
        for (String topic : new String[] {"requests", "messages", "events", "history", "sessions"}) {
            configuration.put("topics." + topic, prefix + topic);
        }
        configuration.put("topics.dead-letters", prefix + "requests.dlq");
        configuration.put("camel.management.port", Integer.toString(freePort()));
        configuration.put("camel.main.shutdown-timeout", "15");
    }

    /** A rig without a bridge: the test starts bridges as processes, with {@link #configuration()}. */
    public static BridgeRig withoutBridge(UnaryOperator<SimulatorOptionsBuilder> simulator, Map<String, String> configuration) {
        return withoutBridge(new BridgeRig(SharedKafka.get(), false, simulator.apply(SimulatorOptions.builder()).build()),
                configuration);
    }

    /** The same with a broker of its own, which the test may stop: {@link #kafka()}. */
    public static BridgeRig withoutBridgeWithOwnKafka(UnaryOperator<SimulatorOptionsBuilder> simulator,
            Map<String, String> configuration) {
        return withoutBridge(new BridgeRig(EmbeddedKafka.start(), true, simulator.apply(SimulatorOptions.builder()).build()),
                configuration);
    }

    /** The same on a broker of the test's own. */
    public static BridgeRig withoutBridgeOn(EmbeddedKafka kafka, UnaryOperator<SimulatorOptionsBuilder> simulator,
            Map<String, String> configuration) {
        return withoutBridge(new BridgeRig(kafka, false, simulator.apply(SimulatorOptions.builder()).build()), configuration);
    }

    private static BridgeRig withoutBridge(BridgeRig rig, Map<String, String> configuration) {
        rig.configuration.putAll(configuration);
        rig.settings = SettingsReader.of(rig.configuration, Path.of("").toAbsolutePath());
        return rig;
    }

    /** By the keys of {@code application.properties}. */
    public Map<String, String> configuration() {
        return Map.copyOf(configuration);
    }

    /** The outside system of a rig without a bridge; the topics have to be there. */
    public void openOutside() {
        outside = new OutsideSystem(kafka.bootstrapServers(), settings.topics());
    }

    /** A rig whose bridge is started. */
    public static BridgeRig start(UnaryOperator<SimulatorOptionsBuilder> simulator, Map<String, String> configuration) {
        return started(new BridgeRig(SharedKafka.get(), false, simulator.apply(SimulatorOptions.builder()).build()), configuration);
    }

    /** The same with a broker of its own, which the test may stop: {@link #kafka()}. */
    public static BridgeRig startWithOwnKafka(UnaryOperator<SimulatorOptionsBuilder> simulator, Map<String, String> configuration) {
        return started(new BridgeRig(EmbeddedKafka.start(), true, simulator.apply(SimulatorOptions.builder()).build()), configuration);
    }

    private static BridgeRig started(BridgeRig rig, Map<String, String> configuration) {
        rig.configuration.putAll(configuration);
        try {
            rig.startBridge();
        } catch (RuntimeException | Error failed) {
            rig.close();
            throw failed;
        }
        return rig;
    }

    public static BridgeRig start() {
        return start(options -> options, Map.of());
    }

    /** Starts the bridge and waits until it is ready. */
    public void startBridge() {
        startBridgeUnready();
        awaitReady();
    }

    /** Starts a bridge that may never be ready. */
    public void startBridgeUnready() {
        settings = SettingsReader.of(configuration, Path.of("").toAbsolutePath());
        main = Bridge.create(settings, Path.of("").toAbsolutePath());
        // Settings are the bridge's own keys alone; a process would find Camel's in its file or its environment.
        configuration.forEach((key, value) -> {
            if (key.startsWith("camel.component.")) {
                main.addOverrideProperty(key, value);
            }
        });
        main.start();
    }

    /** Waits until the bridge is ready. */
    public void awaitReady() {
        await("bridge is ready").atMost(Duration.ofSeconds(30)).pollInterval(Duration.ofMillis(50))
                .untilAsserted(() -> assertThat(ready()).satisfies(answer -> assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200)));
        if (outside == null) {
            outside = new OutsideSystem(kafka.bootstrapServers(), settings.topics());
        }
    }

    /** Stops the bridge as SIGTERM would: it drains. */
    public void stopBridge() {
        main.stop();
        main = null;
    }

    /** Takes effect at the next {@link #startBridge()}. */
    public void configure(String key, String value) {
        configuration.put(key, value);
    }

    public OutsideSystem outside() {
        return outside;
    }

    public PlatformSimulator simulator() {
        return simulator;
    }

    public SimulatorControl platform() {
        return simulator.control();
    }

    public EmbeddedKafka kafka() {
        return kafka;
    }

    public Settings settings() {
        return settings;
    }

    public HttpResponse<String> ready() {
        return get("/observe/health/ready");
    }

    /** What the management port answers; status 0 where it does not. */
    public HttpResponse<String> get(String path) {
        try {
            URI uri = URI.create("http://127.0.0.1:" + configuration.get("camel.management.port") + path);
            return HTTP.send(HttpRequest.newBuilder(uri).timeout(Duration.ofSeconds(5)).build(), HttpResponse.BodyHandlers.ofString());
        } catch (IOException notYet) {
            return new NoAnswer();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            return new NoAnswer();
        }
    }

    /** A port for the management of one more bridge. */
    public static int freePort() {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        } catch (IOException noPort) {
            throw new UncheckedIOException(noPort);
        }
    }

    @Override
    public void close() {
        if (main != null) {
            stopBridge();
        }
        try {
            if (outside != null) {
                outside.close();
            }
        } finally {
            simulator.close();
            if (ownsKafka) {
                kafka.close();
            }
        }
    }
}

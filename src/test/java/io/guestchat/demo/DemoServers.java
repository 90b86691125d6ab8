package io.guestchat.demo;

import io.guestchat.broker.EmbeddedKafka;
import io.guestchat.config.InvalidSettingsException;
import io.guestchat.config.SettingsReader;
import io.guestchat.config.TopicSettings;
import io.guestchat.simulator.PlatformSimulator;
import io.guestchat.simulator.SimulatorOptions;
import io.guestchat.simulator.SimulatorOptions.Answering;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;

/**
 * All that the demo starts, each on a free port of this machine. Closing ends it in the opposite order, so that the bridge drains
 * while broker and platform are up. Starting is for one thread; closing is safe for all, and final.
 */
final class DemoServers implements AutoCloseable {

    private static final Duration READY_LIMIT = Duration.ofSeconds(120);
    private static final String CLIENT_ID = "demo-client";
    private static final String CLIENT_SECRET = "demo-secret";

    private final Path home;
    private final int managementPort = freePort();
    private final Deque<AutoCloseable> started = new ArrayDeque<>();
    private volatile boolean closed;

    DemoServers(Path home) {
        this.home = home;
    }

    EmbeddedKafka startBroker() {
        return keep(EmbeddedKafka.start());
    }

    /** The agent waits for what it is told to say. */
    PlatformSimulator startPlatform() {
        return keep(PlatformSimulator.start(SimulatorOptions.builder().clientId(CLIENT_ID).clientSecret(CLIENT_SECRET)
                .agentName("Grace").answering(Answering.OFF).build()));
    }

    /** What the bridge is told beside its {@code application.properties}: keys and values. */
    Map<String, String> configuration(EmbeddedKafka broker, PlatformSimulator platform) {
        Map<String, String> configuration = new TreeMap<>();
        configuration.put("kafka.brokers", broker.bootstrapServers());
        configuration.put("genesys.url", platform.baseUrl());
        // The file may name the hosts of a real organisation.
        configuration.put("genesys.oauth-url", platform.baseUrl() + "/oauth/token");
        configuration.put("genesys.websocket-url", platform.wsUrl());
        configuration.put("genesys.client-id", CLIENT_ID);
        configuration.put("genesys.client-secret", CLIENT_SECRET);
        configuration.put("camel.management.host", "127.0.0.1");
        configuration.put("camel.management.port", Integer.toString(managementPort));
        return configuration;
    }

    /** The topics, as the file and this configuration have them. */
    TopicSettings topics(Map<String, String> configuration) {
        Properties file = new Properties();
        try (Reader reader = Files.newBufferedReader(home.resolve("application.properties"))) {
            file.load(reader);
        } catch (IOException unreadable) {
            throw new DemoFailure("application.properties cannot be read in " + home);
        }
        Map<String, String> all = new HashMap<>();
        file.stringPropertyNames().forEach(key -> all.put(key, file.getProperty(key)));
        all.putAll(configuration);
        try {
            return SettingsReader.of(all, home).topics();
        } catch (InvalidSettingsException wrong) {
            throw new DemoFailure("application.properties: " + wrong.faults());
        }
    }

    DemoBridge startBridge(Map<String, String> configuration, Path log) {
        Map<String, String> environment = new HashMap<>();
        configuration.forEach((key, value) ->
                environment.put(key.toUpperCase(Locale.ROOT).replace('.', '_').replace('-', '_'), value));
        return keep(DemoBridge.start(home, environment, log));
    }

    void awaitReady(DemoBridge bridge) {
        bridge.awaitReady(observe("health/ready"), READY_LIMIT);
    }

    /** An address of the bridge's health and metrics. */
    URI observe(String what) {
        return URI.create("http://127.0.0.1:" + managementPort + "/observe/" + what);
    }

    /** Ends this with all the rest; at once, where the end has begun. */
    synchronized <T extends AutoCloseable> T keep(T server) {
        started.push(server);
        if (closed) {
            close();
        }
        return server;
    }

    /** Whether the end has begun. */
    boolean closed() {
        return closed;
    }

    @Override
    public synchronized void close() {
        closed = true;
        while (!started.isEmpty()) {
            try {
                started.pop().close();
            } catch (Exception failed) {
                System.err.println("demo: not ended in order: " + failed);
            }
        }
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException noPort) {
            throw new UncheckedIOException(noPort);
        }
    }
}

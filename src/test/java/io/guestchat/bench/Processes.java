package io.guestchat.bench;

import io.guestchat.bench.bare.BareMain;
import io.guestchat.bench.stock.StockMain;
import io.guestchat.broker.EmbeddedKafkaMain;
import io.guestchat.simulator.SimulatorMain;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** Starts the processes of the benchmark, each with its log in {@code target/bench}; whatever still runs ends with this. */
final class Processes implements AutoCloseable {

    private static final Pattern LISTENS = Pattern.compile("listens on (\\S+) \\(sockets: (\\S+),");
    private static final String BROKER = "broker";
    private static final String STORE_PASSWORD = "changeit";

    private final Path home;
    private final Path logs;
    private final boolean profile;
    private final HttpClient http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final Deque<ChildJvm> started = new ArrayDeque<>();

    Processes(Path home, Path logs, boolean profile) {
        this.home = home;
        this.logs = logs;
        this.profile = profile;
    }

    HttpClient http() {
        return http;
    }

    /** On this port of 127.0.0.1; it serves when this returns. */
    ChildJvm broker(int port) {
        ChildJvm broker = ours(BROKER, BROKER, List.of("-Xms1g", "-Xmx1g"), EmbeddedKafkaMain.class,
                List.of("--port", Integer.toString(port)));
        broker.untilPrinted(Pattern.compile("broker ready at"));
        return broker;
    }

    /**
     * An agent joins as soon as a socket opens, and echoes each text at once. It forgets what was said but for a few texts of each
     * chat: millions that it kept were pauses of its collector of a tenth of a second, which were either side's p99.
     */
    Platform simulator(boolean tls) {
        String name = tls ? "simulator-tls" : "simulator";
        Path certificate = logs.resolve(name + ".pem");
        List<String> arguments = new ArrayList<>(List.of("--port", Integer.toString(freePort()), "--client-id",
                Platform.CLIENT_ID, "--client-secret", Platform.CLIENT_SECRET, "--token-lifetime", "24h", "--answering", "echo",
                "--assignment-delay", "0ms", "--memory", "16"));
        if (tls) {
            arguments.addAll(List.of("--tls", "true", "--certificate-out", certificate.toString()));
        }
        ChildJvm jvm = ours("simulator", name, List.of("-Xms1g", "-Xmx1g"), SimulatorMain.class, arguments);
        Matcher where = jvm.untilPrinted(LISTENS);
        if (!tls) {
            return new Platform(jvm, where.group(1), where.group(2), new PlatformControl(http, where.group(1)), List.of());
        }
        Path store = trustStore(certificate);
        List<String> trust = List.of("-Djavax.net.ssl.trustStore=" + store,
                "-Djavax.net.ssl.trustStorePassword=" + STORE_PASSWORD, "-Djavax.net.ssl.trustStoreType=PKCS12");
        return new Platform(jvm, where.group(1), where.group(2), new PlatformControl(trusting(store), where.group(1)), trust);
    }

    private static HttpClient trusting(Path store) {
        try {
            TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(KeyStore.getInstance(store.toFile(), STORE_PASSWORD.toCharArray()));
            SSLContext tls = SSLContext.getInstance("TLS");
            tls.init(null, trust.getTrustManagers(), null);
            return HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).sslContext(tls).build();
        } catch (GeneralSecurityException unusable) {
            throw new IllegalStateException(unusable);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private Path trustStore(Path certificate) {
        Path store = logs.resolve("trust.p12");
        try {
            Files.deleteIfExists(store);
            Process keytool = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                    "-importcert", "-noprompt", "-alias", "simulator", "-file", certificate.toString(), "-storetype", "PKCS12",
                    "-keystore", store.toString(), "-storepass", STORE_PASSWORD)
                    .redirectErrorStream(true).redirectOutput(logs.resolve("keytool.log").toFile()).start();
            if (keytool.waitFor() != 0) {
                throw new IllegalStateException("keytool failed; see " + logs.resolve("keytool.log"));
            }
        } catch (IOException noStore) {
            throw new UncheckedIOException(noStore);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(stopped);
        }
        return store;
    }

    /** The packaged bridge, as an operator runs it; it is not ready yet. */
    ChildJvm bridge(String log, Map<String, String> configuration, Setup setup, List<String> trust) {
        Map<String, String> environment = new HashMap<>();
        configuration.forEach((key, value) ->
                environment.put(key.toUpperCase(Locale.ROOT).replace('.', '_').replace('-', '_'), value));
        List<String> arguments = new ArrayList<>(setup.jvm());
        arguments.addAll(trust);
        if (profile) {
            arguments.add("-XX:StartFlightRecording=settings=profile,dumponexit=true,filename=" + logs.resolve(log + ".jfr"));
        }
        arguments.addAll(List.of("-jar", Path.of("target", "guestchat-bridge.jar").toString()));
        return keep(ChildJvm.start(Side.BRIDGE.toString(), home, logs.resolve(log + ".log"), environment, arguments));
    }

    /** @param options of {@link BareMain} and {@link StockMain} */
    ChildJvm reference(Side side, String log, List<String> options, Setup setup, List<String> trust) {
        List<String> jvm = new ArrayList<>(setup.jvm());
        jvm.addAll(trust);
        ChildJvm reference = ours(side.toString(), log, jvm,
                side == Side.STOCK ? StockMain.class : BareMain.class, options);
        reference.untilPrinted(Pattern.compile("ready"));
        return reference;
    }

    private ChildJvm ours(String name, String log, List<String> jvm, Class<?> main, List<String> options) {
        List<String> arguments = new ArrayList<>(jvm);
        arguments.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
        arguments.addAll(options);
        return keep(ChildJvm.start(name, home, logs.resolve(log + ".log"), Map.of(), arguments));
    }

    private synchronized ChildJvm keep(ChildJvm jvm) {
        started.push(jvm);
        return jvm;
    }

    /** Ends a process of a run; with a profile in order, as only then what it has recorded is written. */
    void end(ChildJvm jvm) {
        if (profile && jvm.name().equals(Side.BRIDGE.toString())) {
            jvm.terminate();
        } else {
            jvm.close();
        }
        synchronized (this) {
            started.remove(jvm);
        }
    }

    static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException noPort) {
            throw new UncheckedIOException(noPort);
        }
    }

    /** The broker ends in order, as only then its data goes with it; nothing else has anything to do. */
    @Override
    public synchronized void close() {
        for (ChildJvm jvm : started) {
            if (jvm.name().equals(BROKER)) {
                jvm.terminate();
            } else {
                jvm.close();
            }
        }
        started.clear();
    }
}

package io.guestchat.packaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;

/** What {@code mvn package} makes, in a home of its own as an operator has one: with the checkout's routes and properties. */
final class PackagedBridge implements AutoCloseable {

    static final Path JAR = Checkout.ROOT.resolve("target/guestchat-bridge.jar");
    static final Path LIBRARIES = Checkout.ROOT.resolve("target/lib");

    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Path home;
    private final Map<String, String> environment;
    private final int managementPort;
    private JavaProcess process;

    /** @param environment what this bridge shares with its broker and its platform */
    PackagedBridge(Path home, Map<String, String> environment) throws IOException {
        this.home = home;
        this.environment = new HashMap<>(environment);
        this.managementPort = freePort();
        this.environment.put("CAMEL_MANAGEMENT_PORT", Integer.toString(managementPort));
        Files.copy(Checkout.ROOT.resolve("application.properties"), home.resolve("application.properties"));
        Path routes = Files.createDirectory(home.resolve("routes"));
        try (Stream<Path> files = Files.list(Checkout.ROOT.resolve("routes"))) {
            for (Path file : files.toList()) {
                Files.copy(file, routes.resolve(file.getFileName()));
            }
        }
    }

    /** Starts it, and waits until it is ready. */
    void start() throws IOException {
        process = new JavaProcess(home, home.resolve("bridge.log"), environment, "-jar", JAR.toString());
        await("the bridge is ready").atMost(PATIENCE).pollInterval(Duration.ofMillis(100))
                .ignoreExceptionsInstanceOf(IOException.class)
                .untilAsserted(() -> assertThat(readiness()).as(process.printed()).isEqualTo(200));
    }

    /** SIGTERM. @return the exit status, within the time that the properties give it to drain */
    int stop() throws InterruptedException {
        process.terminate();
        String seconds = DocumentedProperties.parse(Checkout.read("application.properties"))
                .required("camel.main.shutdown-timeout");
        return process.status(Duration.ofSeconds(Long.parseLong(seconds)));
    }

    /** Puts another text for one in a file of the home, as an operator would in an editor. */
    void edit(String file, String text, String replacement) throws IOException {
        Path edited = home.resolve(file);
        String before = Files.readString(edited);
        assertThat(before).as(file).contains(text);
        Files.writeString(edited, before.replace(text, replacement));
    }

    String printed() {
        return process.printed();
    }

    private int readiness() throws IOException, InterruptedException {
        URI uri = URI.create("http://127.0.0.1:" + managementPort + "/observe/health/ready");
        HttpRequest request = HttpRequest.newBuilder(uri).timeout(Duration.ofSeconds(5)).build();
        return HTTP.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
    }

    static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    @Override
    public void close() {
        if (process != null) {
            process.close();
        }
    }
}

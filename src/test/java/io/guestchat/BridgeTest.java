package io.guestchat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.guestchat.config.Settings;
import io.guestchat.config.SettingsReader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.apache.camel.CamelConfiguration;
import org.apache.camel.CamelContext;
import org.apache.camel.main.Main;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The bridge within the test's JVM, in a home that is not the working directory. */
class BridgeTest {

    private static final String SECRET = "s3cr3t-of-the-client";

    @TempDir
    private Path home;

    private final Map<String, String> keys = new TreeMap<>(Map.of("genesys.client-id", "client", "genesys.client-secret", SECRET,
            "camel.management.port", "0"));
    private Main main;

    @BeforeEach
    void aRouteThatTellsAKey() throws IOException {
        Files.createDirectory(home.resolve("routes"));
        Files.writeString(home.resolve("routes/tell.camel.yaml"), """
                - route:
                    id: tell
                    from:
                      uri: direct:tell
                      steps:
                        - setBody:
                            simple: "${properties:${body}}"
                """);
    }

    @AfterEach
    void stop() {
        if (main != null) {
            main.stop();
        }
    }

    @Test
    void givenAHomeElsewhere_whenStarted_thenItsRoutesAreRead() throws Exception {
        assertThat(start().getRoute("tell")).isNotNull();
    }

    @Test
    void givenAKeyThatTheFileLeavesOut_whenARouteAsksForIt_thenItIsTheDefault() throws Exception {
        CamelContext context = start();

        assertThat(tell(context, "topics.dead-letters")).isEqualTo("guestchat.requests.dlq");
        assertThat(tell(context, "genesys.oauth-url")).isEqualTo("https://mycompany.mypurecloud.com/oauth/token");
    }

    @Test
    void givenAnotherValueInTheFile_whenARouteAsksForIt_thenTheSettingsHaveTheirSay() throws Exception {
        keys.put("topics.events", "of-the-settings");
        Files.writeString(home.resolve("application.properties"), "topics.events=of-the-file\nmy.own=of-the-file\n");
        CamelContext context = start();

        assertThat(tell(context, "topics.events")).isEqualTo("of-the-settings");
        assertThat(tell(context, "my.own")).isEqualTo("of-the-file");
    }

    @Test
    void givenTheSecretInTheFile_whenARouteAsksForIt_thenItIsNotTold() throws Exception {
        Files.writeString(home.resolve("application.properties"), "genesys.client-secret=" + SECRET + "\n");

        assertThat(tell(start(), "genesys.client-secret")).isEqualTo("***");
    }

    @Test
    void givenAShutdownTimeout_whenStarted_thenCamelHasIt() throws Exception {
        keys.put("camel.main.shutdown-timeout", "17");

        assertThat(start().getShutdownStrategy().getTimeout()).isEqualTo(17);
    }

    @Test
    void givenNoRoutes_whenStarted_thenTheStartFails() throws Exception {
        keys.put("camel.main.routes-include-pattern", "file:routes/*.none.yaml");

        assertThatThrownBy(this::start).hasMessage(
                "camel.main.routes-include-pattern: no routes at file:" + home + "/routes/*.none.yaml");
    }

    @Test
    void givenATakenManagementPort_whenStarted_thenTheStartFails() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            keys.put("camel.management.port", String.valueOf(taken.getLocalPort()));

            assertThatThrownBy(this::start).rootCause()
                    .hasMessageStartingWith("camel.management.port: cannot listen on 127.0.0.1:");
        }
    }

    private CamelContext start() throws Exception {
        Settings settings = SettingsReader.of(keys, home);
        main = Bridge.create(settings, home, new CamelConfiguration() {
        });
        main.start();
        return main.getCamelContext();
    }

    private static String tell(CamelContext context, String key) {
        return context.createFluentProducerTemplate().to("direct:tell").withBody(key).request(String.class);
    }
}

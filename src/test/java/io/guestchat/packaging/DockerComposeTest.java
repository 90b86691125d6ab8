package io.guestchat.packaging;

import static org.assertj.core.api.Assertions.assertThat;

import io.guestchat.packaging.ComposeFile.Port;
import io.guestchat.packaging.ComposeFile.Service;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The compose file against the Dockerfile and the documented properties. */
class DockerComposeTest {

    private static final ComposeFile COMPOSE = ComposeFile.parse(Checkout.read("docker-compose.yml"));
    private static final Dockerfile DOCKERFILE = Dockerfile.parse(Checkout.read("Dockerfile"));

    private final DocumentedProperties properties = DocumentedProperties.parse(Checkout.read("application.properties"));
    private final Service kafka = COMPOSE.service("kafka");
    private final Service bridge = COMPOSE.service("bridge");
    private final Service simulator = COMPOSE.service("simulator");

    static Stream<String> services() {
        return COMPOSE.services().keySet().stream();
    }

    @ParameterizedTest
    @MethodSource("services")
    void givenAService_whenItsImageIsNamed_thenItIsPinned(String name) {
        assertThat(ImageName.parse(COMPOSE.service(name).image())).matches(ImageName::pinned, "pinned");
    }

    @ParameterizedTest
    @MethodSource("services")
    void givenAService_whenItRuns_thenItsHealthIsAskedWithoutAShell(String name) {
        assertThat(COMPOSE.service(name).healthCheck()).startsWith("CMD").hasSizeGreaterThan(1);
    }

    @ParameterizedTest
    @MethodSource("services")
    void givenAService_whenItPublishesPorts_thenToThisMachineOnly(String name) {
        assertThat(COMPOSE.service(name).ports()).isNotEmpty().extracting(Port::address).containsOnly("127.0.0.1");
    }

    @Test
    void givenNoProfile_whenTheStackComesUp_thenItIsKafkaAndTheBridge() {
        assertThat(kafka.profiles()).isEmpty();
        assertThat(bridge.profiles()).isEmpty();
        assertThat(simulator.profiles()).containsExactly("demo");
    }

    @Test
    void givenTheBridge_whenItStarts_thenKafkaIsHealthy() {
        assertThat(bridge.dependsOn()).isEqualTo(Map.of("kafka", "service_healthy"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"bridge", "simulator"})
    void givenAServiceThatIsBuilt_whenItsTargetIsNamed_thenTheDockerfileHasIt(String name) {
        assertThat(COMPOSE.service(name).target()).isEqualTo(name).isEqualTo(DOCKERFILE.stage(name).name());
    }

    @Test
    void givenTheBridgesEnvironment_whenComparedWithTheProperties_thenEachVariableIsADocumentedKey() {
        assertThat(bridge.environment()).isNotEmpty();
        assertThat(properties.environmentNames()).containsAll(bridge.environment().keySet());
    }

    @Test
    void givenTheBridge_whenItLooksForBrokers_thenItUsesAListenerThatKafkaAdvertises() {
        String brokers = bridge.environment().get("KAFKA_BROKERS");

        assertThat(brokers).startsWith("kafka:");
        assertThat(kafka.environment().get("KAFKA_ADVERTISED_LISTENERS").split(",")).anyMatch(l -> l.endsWith("://" + brokers));
    }

    @Test
    void givenAProgramOnThisMachine_whenItUsesTheDefaultBrokers_thenItReachesTheSameKafka() {
        String brokers = properties.required("kafka.brokers");

        assertThat(kafka.environment().get("KAFKA_ADVERTISED_LISTENERS").split(",")).anyMatch(l -> l.endsWith("://" + brokers));
        assertThat(kafka.ports()).extracting(p -> "localhost:" + p.published()).containsExactly(brokers);
    }

    @Test
    void givenTheManagementPort_whenPublished_thenTheBridgeListensOnItBeyondItsLoopback() {
        int port = Integer.parseInt(properties.required("camel.management.port"));

        assertThat(bridge.ports()).containsExactly(new Port("127.0.0.1", port, port));
        assertThat(bridge.environment())
                .containsEntry("CAMEL_MANAGEMENT_HOST", "0.0.0.0")
                .doesNotContainKey("CAMEL_MANAGEMENT_PORT");
        assertThat(bridge.healthCheck()).endsWith("http://127.0.0.1:" + port + "/observe/health/ready");
    }

    @Test
    void givenNothingSet_whenTheBridgeCallsThePlatform_thenItIsTheSimulatorWithAClientThatItKnows() {
        URI url = URI.create(bridge.environment().get("GENESYS_URL"));

        assertThat(url.getScheme() + "://" + url.getHost()).isEqualTo("http://simulator");
        assertThat(simulator.environment())
                .containsEntry("SIMULATOR_HOST", "0.0.0.0")
                .containsEntry("SIMULATOR_PORT", String.valueOf(url.getPort()))
                .containsEntry("SIMULATOR_CLIENT_ID", bridge.environment().get("GENESYS_CLIENT_ID"))
                .containsEntry("SIMULATOR_CLIENT_SECRET", bridge.environment().get("GENESYS_CLIENT_SECRET"));
        assertThat(simulator.ports()).extracting(Port::container).containsExactly(url.getPort());
    }

    @Test
    void givenABridgeThatDrains_whenItIsStopped_thenItHasLongerThanItsShutdownTimeout() {
        Duration drain = Duration.ofSeconds(Long.parseLong(properties.required("camel.main.shutdown-timeout")));

        assertThat(bridge.stopGracePeriod()).isGreaterThan(drain);
    }

    @ParameterizedTest
    @ValueSource(strings = {"bridge", "simulator"})
    void givenAServiceOfOurs_whenItRuns_thenItCanChangeNothingAndGainNothing(String name) {
        ComposeFile.Hardening hardening = COMPOSE.service(name).hardening();

        assertThat(hardening.readOnly()).isTrue();
        assertThat(hardening.droppedCapabilities()).containsExactly("ALL");
        assertThat(hardening.securityOptions()).contains("no-new-privileges:true");
    }

    @Test
    void givenAReadOnlyBridge_whenKafkasClientUnpacksItsCodecs_thenTheyMayRunFromTheTemporaryDirectory() {
        assertThat(bridge.hardening().tmpfs()).singleElement().asString().startsWith("/tmp:exec,");
    }
}

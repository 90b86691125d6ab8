package io.guestchat.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.guestchat.broker.EmbeddedKafka;
import io.guestchat.broker.ProtectedListener;
import io.guestchat.config.SettingsReader;
import io.guestchat.harness.BridgeRig;
import io.guestchat.harness.LogCapture;
import io.guestchat.intake.KafkaRefusal;
import io.guestchat.tls.TestAuthority;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ScramCredentialInfo;
import org.apache.kafka.clients.admin.ScramMechanism;
import org.apache.kafka.clients.admin.UserScramCredentialDeletion;
import org.apache.kafka.clients.admin.UserScramCredentialUpsertion;
import org.apache.kafka.common.security.auth.SecurityProtocol;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Brokers that want to know who comes, and that prove who they are. */
class ProtectedKafkaIT {

    /** With what has a meaning where Kafka reads it. */
    private static final String PASSWORD = "a\"b\\c'; d";
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private static TestAuthority authority;
    private static ProtectedListener scram;
    private static ProtectedListener plain;
    private static ProtectedListener mutual;
    private static ProtectedListener otherHost;
    private static EmbeddedKafka kafka;

    @BeforeAll
    static void startKafka() {
        authority = TestAuthority.get();
        Map<String, String> shown = certificate(authority.loopback());
        scram = ProtectedListener.of("SCRAM", SecurityProtocol.SASL_SSL, with(shown, Map.of(
                "sasl.enabled.mechanisms", "SCRAM-SHA-512", "scram-sha-512.sasl.jaas.config",
                "org.apache.kafka.common.security.scram.ScramLoginModule required;",
                // So soon a connection has to show its password again, and one that was changed is noticed.
                "connections.max.reauth.ms", "2000")));
        plain = ProtectedListener.of("PLAIN", SecurityProtocol.SASL_PLAINTEXT, Map.of(
                "sasl.enabled.mechanisms", "PLAIN", "plain.sasl.jaas.config",
                "org.apache.kafka.common.security.plain.PlainLoginModule required user_bridge=\"a\\\"b\\\\c'; d\";"));
        mutual = ProtectedListener.of("MUTUAL", SecurityProtocol.SSL, with(shown, Map.of("ssl.client.auth", "required",
                "ssl.truststore.type", "PEM", "ssl.truststore.location", authority.pem().toString())));
        otherHost = ProtectedListener.of("OTHERHOST", SecurityProtocol.SSL, certificate(authority.localhost()));
        kafka = EmbeddedKafka.start(List.of(scram, plain, mutual, otherHost), Map.of());
    }

    @AfterAll
    static void stopKafka() {
        kafka.close();
    }

    @Test
    void givenScramOverTls_whenTheUserIsMissingAndMadeAndRevokedAndMadeAgain_thenReadySaysSoAndTheChatGoesOn() throws Exception {
        // given
        try (BridgeRig rig = rig(scram, Map.of("kafka.security-protocol", "SASL_SSL", "kafka.username", "bridge",
                "kafka.password", PASSWORD, "kafka.session-timeout", "6s", "tls.ca-file", authority.pem().toString()));
                LogCapture log = LogCapture.open()) {
            rig.startBridgeUnready();
            awaitUnready(rig, "requests are not read yet: Kafka refuses the bridge: kafka.username or its password is wrong");

            // when
            makeUser();
            rig.awaitReady();
            TestChat chat = wholeChatButItsEnd(rig, "scram");
            removeUser();

            // then
            awaitUnready(rig, "Kafka refuses the bridge: kafka.username or its password is wrong");
            makeUser();
            rig.awaitReady();
            chat.guestWrites("still there?");
            chat.awaitArrived(2);
            chat.request("e", "end");
            chat.awaitAnswer("chat-ended", "e");
            assertThat(log.lines()).filteredOn(line -> line.contains("kafka refuses the bridge"))
                    .as("a line at the start, and one for the time after").hasSize(2);
            assertThat(log.lines()).noneMatch(line -> line.contains(PASSWORD));
        }
    }

    @Test
    void givenPlainWithAPasswordOfSpecialCharacters_whenAChatIsHeld_thenItGoesThrough() {
        try (BridgeRig rig = rig(plain, Map.of("kafka.security-protocol", "SASL_PLAINTEXT", "kafka.sasl-mechanism", "PLAIN",
                "kafka.username", "bridge", "kafka.password", PASSWORD))) {
            rig.startBridge();
            wholeChat(rig, "plain");
        }
    }

    @Test
    void givenMutualTls_whenAChatIsHeld_thenItGoesThrough() {
        try (BridgeRig rig = rig(mutual, with(identity(), Map.of("kafka.security-protocol", "SSL",
                "tls.ca-file", authority.pem().toString())))) {
            rig.startBridge();
            wholeChat(rig, "mutual");
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "scram     | SASL_SSL | true  | kafka.username or its password is wrong",
        "scram     | SASL_SSL | false | TLS failed: no trusted authority has signed the certificate",
        "mutual    | SSL      | true  | TLS failed: the other side refuses our certificate, or wants one",
        "otherHost | SSL      | true  | TLS failed: the certificate is for another host"})
    void givenSomethingThatIsNotRight_whenKafkaIsAsked_thenTheReasonIsTold(String listener, String protocol, boolean trusting,
            String reason) throws Exception {
        Map<String, String> configuration = new HashMap<>(Map.of("genesys.client-id", "c", "genesys.client-secret", "s",
                "kafka.security-protocol", protocol, "kafka.brokers", listener(listener).bootstrapServers()));
        if (protocol.equals("SASL_SSL")) {
            configuration.putAll(Map.of("kafka.username", "nobody", "kafka.password", "wrong"));
        }
        if (trusting) {
            configuration.put("tls.ca-file", authority.pem().toString());
        }
        try (Admin admin = Admin.create(SettingsReader.of(configuration, Path.of("")).kafka().clientProperties())) {
            admin.listTopics().names().get();
            assertThat(true).as("was let in").isFalse();
        } catch (ExecutionException refused) {
            assertThat(KafkaRefusal.tell(refused)).hasValueSatisfying(told -> assertThat(told).startsWith(reason));
        }
    }

    private static void wholeChat(BridgeRig rig, String name) {
        TestChat chat = wholeChatButItsEnd(rig, name);
        chat.request("h", "history");
        chat.awaitAnswer("history-delivered", "h");
        chat.request("e", "end");
        chat.awaitAnswer("chat-ended", "e");
    }

    private static TestChat wholeChatButItsEnd(BridgeRig rig, String name) {
        TestChat chat = TestChat.flowing(rig, name);
        chat.guestWrites("hello");
        chat.awaitEvents("message-acknowledged", 1);
        rig.outside().awaitMessages(chat.chatId(), 1);
        return chat;
    }

    private static void awaitUnready(BridgeRig rig, String why) {
        await("not ready").atMost(PATIENCE).untilAsserted(() -> {
            assertThat(rig.ready().statusCode()).isEqualTo(503);
            assertThat(rig.ready().body()).contains(why).doesNotContain("c'; d");
        });
    }

    private static BridgeRig rig(ProtectedListener listener, Map<String, String> configuration) {
        return BridgeRig.withoutBridgeOn(kafka, options -> options.assignmentDelay(Duration.ofMillis(20)),
                with(configuration, Map.of("kafka.brokers", listener.bootstrapServers())));
    }

    private static ProtectedListener listener(String name) {
        return Map.of("scram", scram, "mutual", mutual, "otherHost", otherHost).get(name);
    }

    private static Map<String, String> identity() {
        return Map.of("kafka.tls.certificate-file", authority.localhost().certificate().toString(),
                "kafka.tls.key-file", authority.localhost().key().toString());
    }

    private static Map<String, String> certificate(TestAuthority.Issued issued) {
        return Map.of("ssl.keystore.type", "PKCS12", "ssl.keystore.location", issued.keyStore().toString(),
                "ssl.keystore.password", TestAuthority.PASSWORD, "ssl.key.password", TestAuthority.PASSWORD);
    }

    private static Map<String, String> with(Map<String, String> one, Map<String, String> other) {
        Map<String, String> both = new HashMap<>(one);
        both.putAll(other);
        return both;
    }

    private static void makeUser() throws Exception {
        try (Admin admin = admin()) {
            admin.alterUserScramCredentials(List.of(new UserScramCredentialUpsertion("bridge",
                    new ScramCredentialInfo(ScramMechanism.SCRAM_SHA_512, 4096), PASSWORD))).all().get();
        }
    }

    private static void removeUser() throws Exception {
        try (Admin admin = admin()) {
            admin.alterUserScramCredentials(List.of(new UserScramCredentialDeletion("bridge", ScramMechanism.SCRAM_SHA_512)))
                    .all().get();
        }
    }

    private static Admin admin() {
        return Admin.create(Map.of("bootstrap.servers", kafka.bootstrapServers()));
    }
}

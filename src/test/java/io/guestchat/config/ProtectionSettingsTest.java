package io.guestchat.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.guestchat.config.KafkaSecurity.SaslMechanism;
import io.guestchat.tls.TestAuthority;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.common.config.SaslConfigs;
import org.apache.kafka.common.config.SslConfigs;
import org.apache.kafka.common.config.types.Password;
import org.apache.kafka.common.security.auth.SecurityProtocol;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How we and those we talk to make sure of each other: the keys of Kafka's security, of TLS and of the proxy. */
class ProtectionSettingsTest {

    private static final String PASSWORD = "p4ssw0rd-nobody-sees";

    @TempDir
    private Path home;

    private final TestAuthority authority = TestAuthority.get();
    private final Map<String, String> file = new HashMap<>();

    @BeforeEach
    void aFileWithWhatIsNeeded() {
        file.put("genesys.client-id", "client");
        file.put("genesys.client-secret", PASSWORD);
    }

    @Test
    void givenNothing_whenRead_thenKafkaIsPlainAndThereIsNoProxy() {
        Settings settings = read();

        assertThat(settings.kafka().clientProperties()).isEqualTo(Map.of("bootstrap.servers", "localhost:9092",
                "security.protocol", "PLAINTEXT", "ssl.endpoint.identification.algorithm", "https"));
        assertThat(settings.genesys().proxy()).isEmpty();
        assertThat(settings.genesys().tls().authorities()).isEmpty();
    }

    @Test
    void givenUserAndPassword_whenRead_thenKafkasClientsGetThemAndNothingShowsThem() throws IOException {
        Files.writeString(home.resolve("password"), PASSWORD + "\n");
        file.putAll(Map.of("kafka.security-protocol", "sasl_ssl", "kafka.sasl-mechanism", "scram-sha-256",
                "kafka.username", "bridge", "kafka.password-file", "password", "tls.ca-file", authority.pem().toString()));

        Settings settings = read();

        assertThat(settings.kafka().security().protocol()).isEqualTo(SecurityProtocol.SASL_SSL);
        assertThat(settings.kafka().security().mechanism()).isEqualTo(SaslMechanism.SCRAM_SHA_256);
        Properties client = settings.kafka().clientProperties();
        assertThat(client).containsEntry(CommonClientConfigs.SECURITY_PROTOCOL_CONFIG, "SASL_SSL")
                .containsEntry(SaslConfigs.SASL_MECHANISM, "SCRAM-SHA-256")
                .containsEntry(SslConfigs.SSL_TRUSTSTORE_TYPE_CONFIG, "PEM");
        assertThat(((Password) client.get(SaslConfigs.SASL_JAAS_CONFIG)).value()).contains("ScramLoginModule", PASSWORD);
        assertThat(client.toString() + settings + settings.asProperties()).doesNotContain(PASSWORD);
        assertThat(new AdminClientConfig(client).values().toString()).as("what Kafka's client logs").doesNotContain(PASSWORD);
    }

    @Test
    void givenAPrivateAuthority_whenRead_thenItIsTrustedBesideThoseOfTheJdk() throws Exception {
        file.put("tls.ca-file", authority.pem().toString());

        Settings settings = read();

        assertThat(settings.genesys().tls()).isEqualTo(settings.kafka().security().tls());
        assertThat(settings.genesys().tls().trustManager().getAcceptedIssuers()).hasSizeGreaterThan(50)
                .contains(settings.genesys().tls().authorities().get(0));
    }

    @Test
    void givenIdentities_whenRead_thenEachSideHasItsOwn() {
        TestAuthority.Issued forKafka = authority.localhost();
        TestAuthority.Issued forThePlatform = authority.loopback();
        file.putAll(Map.of("kafka.security-protocol", "SSL", "kafka.tls.certificate-file", forKafka.certificate().toString(),
                "kafka.tls.key-file", forKafka.key().toString(), "genesys.tls.certificate-file", forThePlatform.certificate().toString(),
                "genesys.tls.key-file", forThePlatform.key().toString()));

        Settings settings = read();

        assertThat(settings.kafka().security().tls().toString()).contains("CN=localhost");
        assertThat(settings.genesys().tls().toString()).contains("CN=loopback");
        assertThat(settings.kafka().clientProperties()).containsEntry(SslConfigs.SSL_KEYSTORE_TYPE_CONFIG, "PEM")
                .containsKeys(SslConfigs.SSL_KEYSTORE_KEY_CONFIG, SslConfigs.SSL_KEYSTORE_CERTIFICATE_CHAIN_CONFIG);
        assertThat(settings.toString() + settings.kafka().clientProperties()).doesNotContain("PRIVATE KEY", "BEGIN");
    }

    @Test
    void givenAProxy_whenRead_thenItsPasswordIsNotShown() {
        file.putAll(Map.of("genesys.proxy-url", "http://proxy.example:3128/", "genesys.proxy-username", "bridge",
                "genesys.proxy-password", PASSWORD));

        Settings settings = read();

        assertThat(settings.genesys().proxy()).contains(new ProxySettings("proxy.example", 3128, "bridge", new Secret(PASSWORD)));
        assertThat(settings.toString() + settings.asProperties()).contains("http://proxy.example:3128").doesNotContain(PASSWORD);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "kafka.security-protocol    | TLS          | not one of PLAINTEXT, SSL, SASL_PLAINTEXT, SASL_SSL: \"TLS\"",
        "kafka.sasl-mechanism       | GSSAPI       | not one of PLAIN, SCRAM-SHA-256, SCRAM-SHA-512: \"GSSAPI\"",
        "kafka.username  | b | given without SASL; it is of use where kafka.security-protocol is SASL_SSL or SASL_PLAINTEXT",
        "kafka.password  | b | given without SASL; it is of use where kafka.security-protocol is SASL_SSL or SASL_PLAINTEXT",
        "kafka.password-file | b | given without SASL; it is of use where kafka.security-protocol is SASL_SSL or SASL_PLAINTEXT",
        "genesys.proxy-url          | proxy:3128   | has to begin with http://",
        "genesys.proxy-url          | https://p:1  | has to begin with http://",
        "genesys.proxy-url          | http://p     | not http://host:port",
        "genesys.proxy-url          | http://p:1/x | not http://host:port",
        "genesys.proxy-username     | b            | given without genesys.proxy-url",
        "genesys.proxy-password     | b            | given without genesys.proxy-username",
        "tls.ca-file                | absent       | no such file: \"absent\"",
        "tls.cafile                 | absent       | no such key; did you mean tls.ca-file?"})
    void givenAValueThatCannotBe_whenRead_thenItsFaultSaysWhatWouldBeRight(String key, String value, String problem) {
        file.put(key, value);

        assertThat(faults()).contains(new Fault(key, problem));
    }

    @Test
    void givenSaslAlone_whenRead_thenUserAndPasswordAreMissing() {
        file.put("kafka.security-protocol", "SASL_SSL");

        assertThat(faults()).containsExactly(new Fault("kafka.username", "missing; it has no default"),
                new Fault("kafka.password", "missing; it has no default (kafka.password-file names a file instead)"));
    }

    @Test
    void givenAnIdentityWithoutTls_whenRead_thenItIsAtFault() {
        file.put("kafka.tls.certificate-file", authority.localhost().certificate().toString());

        assertThat(faults()).extracting(Fault::toString).containsExactly("kafka.tls.certificate-file: given without TLS; it is of use "
                + "where kafka.security-protocol is SSL or SASL_SSL",
                "kafka.tls.key-file: missing; kafka.tls.certificate-file is of no use without it");
    }

    @Test
    void givenTheKeyOfAnotherCertificate_whenRead_thenItIsAtFault() {
        file.put("genesys.tls.certificate-file", authority.localhost().certificate().toString());
        file.put("genesys.tls.key-file", authority.loopback().key().toString());

        assertThat(faults()).containsExactly(
                new Fault("genesys.tls.key-file", "not the key of the first certificate of genesys.tls.certificate-file"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://user:" + PASSWORD + "@proxy:3128", "http://proxy:3128/?" + PASSWORD, "http://" + PASSWORD + " :1"})
    void givenAPasswordInTheProxysAddress_whenRead_thenTheFaultDoesNotShowIt(String url) {
        file.put("genesys.proxy-url", url);

        assertThat(faults()).singleElement().satisfies(fault -> {
            assertThat(fault.key()).isEqualTo("genesys.proxy-url");
            assertThat(fault.problem()).doesNotContain(PASSWORD);
        });
    }

    @Test
    void givenFaultsOfFilesAndOfValues_whenRead_thenTheyAreInTheOrderOfTheKeys() {
        file.putAll(Map.of("tls.ca-file", "absent", "kafka.brokers", "nowhere", "genesys.tls.key-file", "absent",
                "kafka.security-protocol", "SASL_SSL", "topics.create", "maybe"));

        assertThat(faults()).extracting(Fault::key).containsExactly("kafka.brokers", "kafka.username", "kafka.password",
                "genesys.tls.certificate-file", "genesys.tls.key-file", "tls.ca-file", "topics.create");
    }

    private Settings read() {
        return SettingsReader.of(file, home);
    }

    private List<Fault> faults() {
        InvalidSettingsException refusal = catchThrowableOfType(InvalidSettingsException.class, this::read);
        assertThat(refusal).as("read without a fault").isNotNull();
        return refusal.faults();
    }
}

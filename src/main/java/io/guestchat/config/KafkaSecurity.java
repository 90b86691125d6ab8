package io.guestchat.config;

import io.guestchat.tls.ClientTls;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.common.config.SaslConfigs;
import org.apache.kafka.common.config.SslConfigs;
import org.apache.kafka.common.config.types.Password;
import org.apache.kafka.common.security.auth.SecurityProtocol;
import org.apache.kafka.common.security.plain.PlainLoginModule;
import org.apache.kafka.common.security.scram.ScramLoginModule;

/**
 * How the bridge and the brokers make sure of each other.
 *
 * @param protocol of the brokers' listener
 * @param mechanism how the password is shown; of use with SASL only
 * @param username null without SASL
 * @param password null without SASL
 * @param tls of use with TLS only
 */
public record KafkaSecurity(SecurityProtocol protocol, SaslMechanism mechanism, String username, Secret password, ClientTls tls) {

    private static final String PEM = "PEM";

    /** The mechanisms of SASL that the bridge has a configuration for. */
    public enum SaslMechanism {
        PLAIN("PLAIN", PlainLoginModule.class),
        SCRAM_SHA_256("SCRAM-SHA-256", ScramLoginModule.class),
        SCRAM_SHA_512("SCRAM-SHA-512", ScramLoginModule.class);

        private final String word;
        private final Class<?> module;

        SaslMechanism(String word, Class<?> module) {
            this.word = word;
            this.module = module;
        }

        /** As Kafka writes it. */
        public String word() {
            return word;
        }
    }

    /** Whether the listener of a protocol asks for user and password. */
    static boolean isSasl(SecurityProtocol protocol) {
        return protocol == SecurityProtocol.SASL_PLAINTEXT || protocol == SecurityProtocol.SASL_SSL;
    }

    /** Whether the listener of a protocol is encrypted. */
    static boolean isTls(SecurityProtocol protocol) {
        return protocol == SecurityProtocol.SSL || protocol == SecurityProtocol.SASL_SSL;
    }

    /** In the keys of Kafka's clients; each secret as a {@link Password}. */
    Map<String, Object> clientProperties() {
        Map<String, Object> client = new HashMap<>();
        client.put(CommonClientConfigs.SECURITY_PROTOCOL_CONFIG, protocol.name);
        // Kafka's default; said, so that nothing that is configured elsewhere leaves the host's name unchecked.
        client.put(SslConfigs.SSL_ENDPOINT_IDENTIFICATION_ALGORITHM_CONFIG, "https");
        if (isSasl(protocol)) {
            client.put(SaslConfigs.SASL_MECHANISM, mechanism.word());
            client.put(SaslConfigs.SASL_JAAS_CONFIG, new Password(mechanism.module.getName() + " required username="
                    + quoted(username) + " password=" + quoted(password.reveal()) + ";"));
        }
        if (isTls(protocol)) {
            tls.authoritiesPem().ifPresent(authorities -> {
                client.put(SslConfigs.SSL_TRUSTSTORE_TYPE_CONFIG, PEM);
                client.put(SslConfigs.SSL_TRUSTSTORE_CERTIFICATES_CONFIG, new Password(authorities));
            });
            tls.identity().ifPresent(identity -> {
                client.put(SslConfigs.SSL_KEYSTORE_TYPE_CONFIG, PEM);
                client.put(SslConfigs.SSL_KEYSTORE_CERTIFICATE_CHAIN_CONFIG, new Password(identity.chainPem()));
                client.put(SslConfigs.SSL_KEYSTORE_KEY_CONFIG, new Password(identity.keyPem()));
            });
        }
        return client;
    }

    /** A string of a JAAS configuration. Kafka reads it with a StreamTokenizer, to which backslash and line end mean something. */
    private static String quoted(String text) {
        return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n").replace("\r", "\\r") + '"';
    }
}

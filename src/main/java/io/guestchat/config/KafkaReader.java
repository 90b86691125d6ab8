package io.guestchat.config;

import io.guestchat.config.KafkaSecurity.SaslMechanism;
import io.guestchat.tls.ClientTls;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import org.apache.kafka.common.security.auth.SecurityProtocol;

/** Reads the keys {@code kafka.*}. */
final class KafkaReader {

    private static final Pattern BROKER = Pattern.compile("(\\[[0-9a-fA-F:.%]+]|[\\w.-]+):(\\d{1,5})");
    private static final List<Key> OF_SASL = List.of(Key.KAFKA_USERNAME, Key.KAFKA_PASSWORD, Key.KAFKA_PASSWORD_FILE);
    private static final List<Key> OF_TLS = List.of(Key.KAFKA_TLS_CERTIFICATE_FILE, Key.KAFKA_TLS_KEY_FILE);

    private final Values values;
    private final SecretReader secrets;
    private final TlsReader tls;

    KafkaReader(Values values, SecretReader secrets, TlsReader tls) {
        this.values = values;
        this.secrets = secrets;
        this.tls = tls;
    }

    KafkaSettings read() {
        String brokers = values.text(Key.KAFKA_BROKERS).replaceAll("\\s*,\\s*", ",");
        for (String broker : brokers.split(",", -1)) {
            var matcher = BROKER.matcher(broker);
            if (!matcher.matches() || !SettingsReader.isPort(Integer.parseInt(matcher.group(2)))) {
                values.fault(Key.KAFKA_BROKERS, "not host:port, or several with commas between: " + Values.shown(broker));
            }
        }
        return new KafkaSettings(brokers, values.text(Key.KAFKA_GROUP_ID),
                // Six seconds is a broker's own least (group.min.session.timeout.ms): it would refuse the group.
                values.duration(Key.KAFKA_SESSION_TIMEOUT, Duration.ofSeconds(6), Duration.ofMinutes(5)), security());
    }

    private KafkaSecurity security() {
        SecurityProtocol protocol = values.oneOf(Key.KAFKA_SECURITY_PROTOCOL, SecurityProtocol.class);
        SaslMechanism mechanism = values.oneOf(Key.KAFKA_SASL_MECHANISM, List.of(SaslMechanism.values()), SaslMechanism::word);
        ClientTls own = tls.with(Key.KAFKA_TLS_CERTIFICATE_FILE, Key.KAFKA_TLS_KEY_FILE);
        if (!KafkaSecurity.isTls(protocol)) {
            refuse(OF_TLS, "given without TLS; it is of use where kafka.security-protocol is SSL or SASL_SSL");
        }
        if (!KafkaSecurity.isSasl(protocol)) {
            refuse(OF_SASL, "given without SASL; it is of use where kafka.security-protocol is SASL_SSL or SASL_PLAINTEXT");
            return new KafkaSecurity(protocol, mechanism, null, null, own);
        }
        return new KafkaSecurity(protocol, mechanism, values.needed(Key.KAFKA_USERNAME),
                secrets.needed(Key.KAFKA_PASSWORD, Key.KAFKA_PASSWORD_FILE), own);
    }

    /** Left over from another listener, or meant to protect what it does not. */
    private void refuse(List<Key> keys, String why) {
        keys.stream().filter(key -> values.given(key).isPresent()).forEach(key -> values.fault(key, why));
    }
}

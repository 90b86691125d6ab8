package io.guestchat.security;

import io.guestchat.broker.EmbeddedKafka;
import io.guestchat.broker.ProtectedListener;
import io.guestchat.harness.OutgoingProxy;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterUserScramCredentialsResult;
import org.apache.kafka.clients.admin.ScramCredentialInfo;
import org.apache.kafka.clients.admin.ScramMechanism;
import org.apache.kafka.clients.admin.UserScramCredentialDeletion;
import org.apache.kafka.clients.admin.UserScramCredentialUpsertion;
import org.apache.kafka.common.security.auth.SecurityProtocol;

/** A Kafka and a way to the platform that both want a password, and that both may take it back while a bridge runs. */
final class ProtectedSides implements AutoCloseable {

    static final String KAFKA_PASSWORD = "k4fka/Ocelot+ß&=%:\"x\"\\y'; z";
    static final String PROXY_PASSWORD = "pr0xy/Serval+ß&=%:\"x\"\\y'; z";
    private static final String USER = "bridge";

    private final ProtectedListener listener = ProtectedListener.of("SCRAM", SecurityProtocol.SASL_PLAINTEXT, Map.of(
            "sasl.enabled.mechanisms", "SCRAM-SHA-512", "scram-sha-512.sasl.jaas.config",
            "org.apache.kafka.common.security.scram.ScramLoginModule required;",
            // So soon a connection has to show its password again, and that it was taken back is noticed.
            "connections.max.reauth.ms", "2000"));
    private final EmbeddedKafka kafka = EmbeddedKafka.start(List.of(listener), Map.of());
    private final OutgoingProxy proxy = OutgoingProxy.start();

    /** Ones that let a bridge in. */
    static ProtectedSides open() {
        ProtectedSides sides = new ProtectedSides();
        sides.kafkaLetsIn();
        sides.proxyLetsThrough();
        return sides;
    }

    EmbeddedKafka kafka() {
        return kafka;
    }

    /** What a bridge needs to come in, both passwords included. */
    Map<String, String> configuration() {
        return Map.of("kafka.brokers", listener.bootstrapServers(), "kafka.security-protocol", "SASL_PLAINTEXT",
                "kafka.username", USER, "kafka.password", KAFKA_PASSWORD, "genesys.proxy-url", proxy.url(),
                "genesys.proxy-username", USER, "genesys.proxy-password", PROXY_PASSWORD);
    }

    void kafkaLetsIn() {
        alter(admin -> admin.alterUserScramCredentials(List.of(new UserScramCredentialUpsertion(USER,
                new ScramCredentialInfo(ScramMechanism.SCRAM_SHA_512, 4096), KAFKA_PASSWORD))));
    }

    void kafkaRefuses() {
        alter(admin -> admin.alterUserScramCredentials(
                List.of(new UserScramCredentialDeletion(USER, ScramMechanism.SCRAM_SHA_512))));
    }

    void proxyLetsThrough() {
        proxy.demand(USER, PROXY_PASSWORD);
    }

    /** Sockets that are open stay so. */
    void proxyRefuses() {
        proxy.demand(USER, "another");
    }

    private void alter(Change change) {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrapServers()))) {
            change.by(admin).all().get();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(stopped);
        } catch (ExecutionException refused) {
            throw new IllegalStateException(refused);
        }
    }

    private interface Change {
        AlterUserScramCredentialsResult by(Admin admin);
    }

    @Override
    public void close() {
        proxy.close();
        kafka.close();
    }
}

package io.guestchat.intake;

import io.guestchat.tls.TlsFault;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.SslAuthenticationException;
import org.apache.kafka.common.errors.UnsupportedSaslMechanismException;

/** Says why Kafka does not let us in, in words for an operator and without what the brokers say: that may name the user. */
public final class KafkaRefusal {

    private KafkaRefusal() {
    }

    /** One phrase; empty where the failure is none of that kind, as in an outage. */
    public static Optional<String> tell(Throwable failure) {
        return Stream.iterate(failure, cause -> cause != null, Throwable::getCause).limit(20)
                .filter(cause -> cause instanceof AuthenticationException || cause instanceof AuthorizationException)
                .findFirst().map(KafkaRefusal::words);
    }

    private static String words(Throwable refusal) {
        if (refusal instanceof SslAuthenticationException) {
            return TlsFault.tell(refusal);
        }
        if (refusal instanceof AuthorizationException) {
            return "a right is missing (" + refusal.getClass().getSimpleName() + ")";
        }
        return refusal instanceof UnsupportedSaslMechanismException ? "the brokers do not offer kafka.sasl-mechanism"
                : "kafka.username or its password is wrong, or of another kafka.sasl-mechanism";
    }
}

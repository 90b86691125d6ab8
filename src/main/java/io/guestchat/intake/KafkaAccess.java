package io.guestchat.intake;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;

import org.apache.kafka.common.KafkaException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a consumer does while Kafka does not let it in: a password that was changed, a certificate that has expired, a right
 * that was taken away.
 *
 * <p>The hazard: Camel's loop takes such a failure for final and ends its thread, without a word to the route; the bridge would be
 * out of its group until somebody starts it anew. But it is no more final than an outage: whoever mends it at the brokers wants
 * the bridge to go on. Kafka's client can. Consumer's thread only.
 */
final class KafkaAccess {
    private static final Logger log = LoggerFactory.getLogger(KafkaAccess.class);
    /** The client paces only its connections; what it already knows to be refused it tells at once. */
    private static final Duration PAUSE = Duration.ofMillis(500);
    /** Longer than the client takes from one try to the next: a poll between two of them brings nothing, and fails not. */
    private static final Duration QUIET = Duration.ofSeconds(3);

    private final Assignments assignments;
    private final LongSupplier nanoTime;
    private String refusal;
    private long refusedAt;

    KafkaAccess(Assignments assignments, LongSupplier nanoTime) {
        this.assignments = assignments;
        this.nanoTime = nanoTime;
    }

    /** @throws KafkaException the failure itself, where it is of another kind */
    void failed(KafkaException failure) {
        String why = KafkaRefusal.tell(failure).orElseThrow(() -> failure);
        refusedAt = nanoTime.getAsLong();
        if (!why.equals(refusal)) {
            refusal = why;
            assignments.refused(why);
            log.warn("kafka refuses the bridge, trying on reason=\"{}\"", why);
        }
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(PAUSE.toMillis()));
    }

    /** A poll was not refused, and the consumer is in its group. */
    void granted() {
        if (refusal != null && nanoTime.getAsLong() - refusedAt > QUIET.toNanos()) {
            refusal = null;
            assignments.refused(null);
            log.info("kafka lets the bridge in again");
        }
    }
}

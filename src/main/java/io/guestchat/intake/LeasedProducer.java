package io.guestchat.intake;

import java.time.Duration;
import java.util.Properties;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;

import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.errors.RetriableException;

/**
 * Sends only while the {@link Lease} is held: without it, what is to be published or written may be somebody else's by now. A
 * record that is refused here fails as one that the broker did not take, and the routes offer it again.
 */
final class LeasedProducer extends RecoveringProducer {
    private final Lease lease;
    private final AtomicInteger users = new AtomicInteger(1);

    LeasedProducer(Properties properties, Lease lease, LongSupplier nanoTime) {
        super(properties, nanoTime);
        this.lease = lease;
    }

    /** One more uses it, and closes it. @return false where the last one has closed it already */
    boolean join() {
        return users.updateAndGet(count -> count == 0 ? 0 : count + 1) > 0;
    }

    /** It closes with its last user. */
    @Override
    public void close() {
        if (users.decrementAndGet() == 0) {
            super.close();
        }
    }

    @Override
    public void close(Duration timeout) {
        if (users.decrementAndGet() == 0) {
            super.close(timeout);
        }
    }

    @Override
    public Future<RecordMetadata> send(ProducerRecord<Object, Object> record) {
        return send(record, null);
    }

    @Override
    public Future<RecordMetadata> send(ProducerRecord<Object, Object> record, Callback callback) {
        if (lease.isHeld()) {
            return super.send(record, callback);
        }
        LeaseLapsedException lapsed = new LeaseLapsedException();
        if (callback != null) {
            callback.onCompletion(null, lapsed);
        }
        return CompletableFuture.failedFuture(lapsed);
    }

    /** No fault of the record. Without a stack trace: it may be met by every chat at once. */
    static final class LeaseLapsedException extends RetriableException {
        private static final long serialVersionUID = 1L;

        LeaseLapsedException() {
            super("Kafka has not acknowledged that this instance is in the consumer group for a session timeout");
        }

        @Override
        public synchronized Throwable fillInStackTrace() {
            return this;
        }
    }
}

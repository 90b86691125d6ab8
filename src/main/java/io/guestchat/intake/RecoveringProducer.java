package io.guestchat.intake;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.function.LongSupplier;
import java.util.stream.Stream;

import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.Metric;
import org.apache.kafka.common.MetricName;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.ClusterAuthorizationException;

/**
 * A producer that outlives a refusal. The hazard: an idempotent {@link KafkaProducer} that is not let in when it asks for its id
 * fails every record from then on, even after the password is right again (TransactionManager.authenticationFailed). And it asks
 * when it is made, which is at the start, before anybody knows whether Kafka lets us in. So one that was refused is replaced; its
 * records have failed, and whoever sent them offers them again. Any thread.
 */
class RecoveringProducer implements Producer<Object, Object> {
    /** Where the refusal lasts, so many records as there are chats would each have a new one. */
    private static final Duration SHORTEST_LIFE = Duration.ofSeconds(1);

    private final Properties properties;
    private final LongSupplier nanoTime;
    private Producer<Object, Object> current;
    private long madeAt;
    private boolean closed;

    RecoveringProducer(Properties properties, LongSupplier nanoTime) {
        this.properties = properties;
        this.nanoTime = nanoTime;
        make();
    }

    private synchronized Producer<Object, Object> current() {
        return current;
    }

    private void make() {
        current = new KafkaProducer<>(properties);
        madeAt = nanoTime.getAsLong();
    }

    private void replaceWhereRefused(Producer<Object, Object> producer, Exception failure) {
        if (failure == null || !isRefusal(failure)) {
            return;
        }
        synchronized (this) {
            if (closed || producer != current || nanoTime.getAsLong() - madeAt < SHORTEST_LIFE.toNanos()) {
                return;
            }
            make();
        }
        // Not here: this may be its own thread, and closing waits for that.
        CompletableFuture.runAsync(() -> producer.close(Duration.ZERO));
    }

    private static boolean isRefusal(Throwable failure) {
        return Stream.iterate(failure, cause -> cause != null, Throwable::getCause).limit(20)
                .anyMatch(cause -> cause instanceof AuthenticationException || cause instanceof ClusterAuthorizationException);
    }

    @Override
    public Future<RecordMetadata> send(ProducerRecord<Object, Object> record) {
        return send(record, null);
    }

    @Override
    public Future<RecordMetadata> send(ProducerRecord<Object, Object> record, Callback callback) {
        Producer<Object, Object> producer = current();
        try {
            return producer.send(record, (metadata, failure) -> {
                replaceWhereRefused(producer, failure);
                if (callback != null) {
                    callback.onCompletion(metadata, failure);
                }
            });
        } catch (KafkaException failed) {
            replaceWhereRefused(producer, failed);
            throw failed;
        }
    }

    @Override
    public void flush() {
        current().flush();
    }

    @Override
    public List<PartitionInfo> partitionsFor(String topic) {
        return current().partitionsFor(topic);
    }

    @Override
    public Map<MetricName, ? extends Metric> metrics() {
        return current().metrics();
    }

    @Override
    public Uuid clientInstanceId(Duration timeout) {
        return current().clientInstanceId(timeout);
    }

    @Override
    public void close() {
        leaving().close();
    }

    @Override
    public void close(Duration timeout) {
        leaving().close(timeout);
    }

    private synchronized Producer<Object, Object> leaving() {
        closed = true;
        return current;
    }

    @Override
    public void initTransactions() {
        throw withoutTransactions();
    }

    @Override
    public void beginTransaction() {
        throw withoutTransactions();
    }

    @Override
    @Deprecated
    public void sendOffsetsToTransaction(Map<TopicPartition, OffsetAndMetadata> offsets, String group) {
        throw withoutTransactions();
    }

    @Override
    public void sendOffsetsToTransaction(Map<TopicPartition, OffsetAndMetadata> offsets, ConsumerGroupMetadata group) {
        throw withoutTransactions();
    }

    @Override
    public void commitTransaction() {
        throw withoutTransactions();
    }

    @Override
    public void abortTransaction() {
        throw withoutTransactions();
    }

    private static UnsupportedOperationException withoutTransactions() {
        return new UnsupportedOperationException("a transaction would end with the producer that is replaced");
    }
}

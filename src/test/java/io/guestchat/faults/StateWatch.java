package io.guestchat.faults;

import io.guestchat.harness.Received;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * Reads the chats' durable states as they are written, and hands each on at once: sooner, as often as not, than the bridge goes
 * on to what follows from it.
 */
final class StateWatch implements AutoCloseable {

    private final KafkaConsumer<byte[], byte[]> consumer;
    private final Thread reader;

    /** @param seen called for each record written from now on, on the watch's own thread */
    StateWatch(String brokers, String topic, Consumer<Received> seen) {
        consumer = new KafkaConsumer<>(Map.of("bootstrap.servers", brokers, "enable.auto.commit", "false"),
                new ByteArrayDeserializer(), new ByteArrayDeserializer());
        List<TopicPartition> all = consumer.partitionsFor(topic).stream()
                .map(partition -> new TopicPartition(topic, partition.partition())).toList();
        consumer.assign(all);
        consumer.seekToEnd(all);
        all.forEach(consumer::position);
        reader = new Thread(() -> read(seen), "state-watch");
        reader.start();
    }

    private void read(Consumer<Received> seen) {
        try {
            while (true) {
                consumer.poll(Duration.ofMillis(100)).forEach(state -> seen.accept(new Received(state)));
            }
        } catch (WakeupException closed) {
            consumer.close();
        }
    }

    @Override
    public void close() {
        consumer.wakeup();
        try {
            reader.join(5_000);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }
}

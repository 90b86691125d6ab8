package io.guestchat.demo;

import com.fasterxml.jackson.databind.JsonNode;
import io.guestchat.config.TopicSettings;
import io.guestchat.harness.Received;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Writes requests and reads the topics out with Kafka's own clients: nothing here knows the bridge but by its topics. */
final class ChatClient implements AutoCloseable {

    private static final Duration WRITE_LIMIT = Duration.ofSeconds(15);

    private final TopicSettings topics;
    private final Consumer<Received> heard;
    private final KafkaProducer<byte[], byte[]> producer;
    private final KafkaConsumer<byte[], byte[]> consumer;
    private final Thread reader = new Thread(this::read, "demo-client");

    /**
     * Reads from the beginning at once.
     *
     * @param topics exist
     * @param heard gets each record, on one thread
     */
    ChatClient(String brokers, TopicSettings topics, Consumer<Received> heard) {
        this.topics = topics;
        this.heard = heard;
        producer = new KafkaProducer<>(Map.of(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, brokers),
                new ByteArraySerializer(), new ByteArraySerializer());
        consumer = new KafkaConsumer<>(Map.of(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, brokers),
                new ByteArrayDeserializer(), new ByteArrayDeserializer());
        List<TopicPartition> out = Stream.of(topics.messages(), topics.events(), topics.history(), topics.deadLetters())
                .flatMap(topic -> consumer.partitionsFor(topic).stream())
                .map(partition -> new TopicPartition(partition.topic(), partition.partition()))
                .toList();
        consumer.assign(out);
        consumer.seekToBeginning(out);
        reader.start();
    }

    void send(String chatId, JsonNode request) {
        ProducerRecord<byte[], byte[]> record = new ProducerRecord<>(topics.requests(),
                chatId.getBytes(StandardCharsets.UTF_8), request.toString().getBytes(StandardCharsets.UTF_8));
        try {
            producer.send(record).get(WRITE_LIMIT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new DemoFailure("interrupted");
        } catch (ExecutionException | TimeoutException refused) {
            throw new DemoFailure("a request could not be written to " + topics.requests() + ": " + refused);
        }
    }

    private void read() {
        try (consumer) {
            while (true) {
                inTime(consumer.poll(Duration.ofMillis(200))).forEach(heard);
            }
        } catch (WakeupException closed) {
            // The consumer is closed on its own thread, as it wants to be.
        }
    }

    /** A poll brings its records topic by topic; a person wants to read them as they happened. */
    private static Stream<Received> inTime(ConsumerRecords<byte[], byte[]> polled) {
        return StreamSupport.stream(polled.spliterator(), false)
                .sorted(Comparator.comparingLong(record -> record.timestamp()))
                .map(Received::new);
    }

    @Override
    public void close() {
        consumer.wakeup();
        try {
            reader.join(5_000);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
        producer.close(Duration.ofSeconds(2));
    }
}

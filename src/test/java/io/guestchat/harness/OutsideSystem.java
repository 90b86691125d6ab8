package io.guestchat.harness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.json.JsonMapper;
import io.guestchat.config.TopicSettings;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Future;
import java.util.function.Function;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * A system that exchanges chats with the bridge as any other would: it produces requests and reads every topic out. Each record that
 * it reads is held against its schema; one that is not as the contract says fails the next call that looks at what was read.
 */
public final class OutsideSystem implements AutoCloseable {

    public static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final TopicSettings topics;
    private final KafkaProducer<byte[], byte[]> producer;
    private final KafkaConsumer<byte[], byte[]> consumer;
    private final Thread reader;
    private final List<Received> received = Collections.synchronizedList(new ArrayList<>());
    private final List<String> violations = new CopyOnWriteArrayList<>();
    private volatile Function<String, Integer> partitioner = chatId -> null;
    private final List<Sent> sent = Collections.synchronizedList(new ArrayList<>());

    public OutsideSystem(String brokers, TopicSettings topics) {
        this.topics = topics;
        producer = new KafkaProducer<>(Map.of(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, brokers, ProducerConfig.LINGER_MS_CONFIG, "2",
                ProducerConfig.ACKS_CONFIG, "all"), new ByteArraySerializer(), new ByteArraySerializer());
        consumer = new KafkaConsumer<>(Map.of(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, brokers,
                ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, "false", ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest"),
                new ByteArrayDeserializer(), new ByteArrayDeserializer());
        List<TopicPartition> all = List.of(topics.messages(), topics.events(), topics.history(), topics.deadLetters()).stream()
                .flatMap(topic -> consumer.partitionsFor(topic).stream())
                .map(partition -> new TopicPartition(partition.topic(), partition.partition()))
                .toList();
        consumer.assign(all);
        consumer.seekToBeginning(all);
        reader = new Thread(this::read, "outside-system");
        reader.start();
    }

    private void read() {
        try {
            while (true) {
                consumer.poll(Duration.ofMillis(100)).forEach(record -> take(new Received(record)));
            }
        } catch (WakeupException closed) {
            consumer.close();
        }
    }

    private void take(Received record) {
        try {
            List<String> faults = RecordSchemas.faults(record, topics);
            if (!faults.isEmpty()) {
                violations.add(faults + " of " + record);
            }
        } catch (RuntimeException noJson) {
            violations.add(noJson + " of " + record);
        }
        received.add(record);
    }

    /** No AssertionError: who waits for something would go on waiting. */
    private void failOnViolations() {
        if (!violations.isEmpty()) {
            throw new IllegalStateException("not as the contract says: " + String.join("\n", violations));
        }
    }

    /** From now on requests go to the partition that this says of their chat id; null leaves it to the client. */
    public void partitionBy(Function<String, Integer> other) {
        partitioner = other;
    }

    /** Sends a request as a JSON object. */
    public Future<RecordMetadata> send(String chatId, Map<String, ?> request) {
        return send(chatId, JSON.valueToTree(request).toString().getBytes(StandardCharsets.UTF_8));
    }

    public Future<RecordMetadata> send(String chatId, byte[] value) {
        byte[] key = chatId.getBytes(StandardCharsets.UTF_8);
        return send(new ProducerRecord<>(topics.requests(), partitioner.apply(chatId), key, value));
    }

    public Future<RecordMetadata> send(ProducerRecord<byte[], byte[]> request) {
        Future<RecordMetadata> place = producer.send(request);
        if (request.topic().equals(topics.requests())) {
            sent.add(new Sent(request, place));
        }
        return place;
    }

    /** All requests sent so far, in that order. */
    public List<Sent> sent() {
        synchronized (sent) {
            return List.copyOf(sent);
        }
    }

    public void start(String chatId, String requestId) {
        send(chatId, Map.of("type", "start", "id", requestId, "guest", Map.of("displayName", "Guest " + chatId)));
    }

    public void message(String chatId, String requestId, String text) {
        send(chatId, Map.of("type", "message", "id", requestId, "text", text));
    }

    public void request(String chatId, String requestId, String type) {
        send(chatId, Map.of("type", type, "id", requestId));
    }

    /** Waits until Kafka has all that was sent. */
    public void flush() {
        producer.flush();
    }

    public TopicSettings topics() {
        return topics;
    }

    public List<Received> events(String chatId) {
        return of(topics.events(), chatId);
    }

    public List<Received> messages(String chatId) {
        return of(topics.messages(), chatId);
    }

    public List<Received> history(String chatId) {
        return of(topics.history(), chatId);
    }

    public List<Received> deadLetters() {
        return all().stream().filter(record -> record.raw().topic().equals(topics.deadLetters())).toList();
    }

    public List<Received> all() {
        failOnViolations();
        synchronized (received) {
            return List.copyOf(received);
        }
    }

    /** What was read after the first {@code count} records: for who follows along. */
    public List<Received> allAfter(int count) {
        failOnViolations();
        synchronized (received) {
            return List.copyOf(received.subList(count, received.size()));
        }
    }

    private List<Received> of(String topic, String chatId) {
        return all().stream().filter(record -> record.raw().topic().equals(topic) && chatId.equals(record.key())).toList();
    }

    /** Waits for an event of a type. */
    public Received awaitEvent(String chatId, String type) {
        return awaitEvent(chatId, type, event -> true);
    }

    /** Waits for the event of a type that answers a request. */
    public Received awaitAnswer(String chatId, String type, String requestId) {
        return awaitEvent(chatId, type, event -> requestId.equals(event.text("requestId")));
    }

    public Received awaitEvent(String chatId, String type, Predicate<Received> which) {
        return await(type + " of " + chatId).atMost(PATIENCE).pollInterval(Duration.ofMillis(20)).until(
                () -> events(chatId).stream().filter(event -> type.equals(event.type()) && which.test(event)).findFirst(),
                Optional::isPresent).orElseThrow();
    }

    /** Waits for a number of texts that the guest is to see. */
    public List<Received> awaitMessages(String chatId, int count) {
        await(count + " messages of " + chatId).atMost(PATIENCE).pollInterval(Duration.ofMillis(20))
                .untilAsserted(() -> assertThat(messages(chatId)).hasSizeGreaterThanOrEqualTo(count));
        return messages(chatId);
    }

    public Received awaitDeadLetter(Predicate<Received> which) {
        return await("dead letter").atMost(PATIENCE).pollInterval(Duration.ofMillis(20)).until(
                () -> deadLetters().stream().filter(which).findFirst(), Optional::isPresent).orElseThrow();
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
        failOnViolations();
    }
}

package io.guestchat.bench;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Writes what callers ask for. Safe for all threads. */
final class GuestRequests implements AutoCloseable {

    private final String topic;
    private final Arrivals arrivals;
    private final KafkaProducer<byte[], byte[]> producer;

    GuestRequests(String brokers, RunTopics topics, Arrivals arrivals) {
        this.topic = topics.requests();
        this.arrivals = arrivals;
        this.producer = new KafkaProducer<>(Map.of("bootstrap.servers", brokers), new ByteArraySerializer(),
                new ByteArraySerializer());
        producer.partitionsFor(topic);
    }

    void start(int chat) {
        send(chat, "{\"type\":\"start\",\"id\":\"start\",\"guest\":{\"displayName\":\"" + ChatNames.name(chat) + "\"}}");
    }

    void end(int chat) {
        send(chat, "{\"type\":\"end\",\"id\":\"end\"}");
    }

    /** The chat's next text, from any thread: numbers are sent in their order. @param intended when it is to be sent, which may be over */
    synchronized void text(int chat, long intended) {
        int number = arrivals.next(chat);
        send(chat, "{\"type\":\"message\",\"id\":\"m-" + number + "\",\"text\":\"" + Texts.text(number, intended) + "\"}");
    }

    private void send(int chat, String request) {
        producer.send(new ProducerRecord<>(topic, ChatNames.key(chat), request.getBytes(StandardCharsets.UTF_8)));
    }

    @Override
    public void close() {
        producer.close();
    }
}

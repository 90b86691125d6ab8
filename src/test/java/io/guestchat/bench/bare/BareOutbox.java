package io.guestchat.bench.bare;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Writes records as the contract has them, with those headers alone that the driver counts by. Safe for all threads. */
final class BareOutbox {

    private final BareOptions options;
    private final KafkaProducer<byte[], byte[]> producer;

    BareOutbox(BareOptions options) {
        this.options = options;
        this.producer = new KafkaProducer<>(Map.of("bootstrap.servers", options.brokers()), new ByteArraySerializer(),
                new ByteArraySerializer());
        producer.partitionsFor(options.messages());
        producer.partitionsFor(options.events());
    }

    void message(String chatId, String session, String conversation, long n, String text, String via) {
        String id = session + "/" + n;
        ObjectNode message = JsonNodeFactory.instance.objectNode().put("id", id).put("chatId", chatId)
                .put("webchatSessionId", session).put("conversationId", conversation).put("n", n).put("text", text)
                .put("at", Instant.now().toString()).put("via", via);
        send(options.messages(), chatId, message, "ce_id", id);
    }

    void event(String chatId, String session, String type) {
        ObjectNode event = JsonNodeFactory.instance.objectNode().put("id", session + "/" + type).put("chatId", chatId)
                .put("type", type).put("at", Instant.now().toString()).put("webchatSessionId", session);
        send(options.events(), chatId, event, "ce_type", "io.guestchat." + type + ".v1");
    }

    private void send(String topic, String chatId, ObjectNode value, String header, String content) {
        ProducerRecord<byte[], byte[]> record = new ProducerRecord<>(topic, chatId.getBytes(StandardCharsets.UTF_8),
                value.toString().getBytes(StandardCharsets.UTF_8));
        record.headers().add(header, content.getBytes(StandardCharsets.UTF_8));
        producer.send(record, (metadata, refused) -> {
            if (refused != null) {
                refused.printStackTrace();
            }
        });
    }
}

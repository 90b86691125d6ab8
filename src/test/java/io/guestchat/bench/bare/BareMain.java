package io.guestchat.bench.bare;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * Reads requests in one loop and hands each to its chat; nothing waits for anything. Runs until it is killed. The settings of
 * Kafka's clients are the clients' own.
 */
public final class BareMain {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final BareOutbox outbox;
    private final BarePlatform platform;
    private final Map<String, BareChat> chats = new HashMap<>();

    private BareMain(BareOptions options) {
        outbox = new BareOutbox(options);
        platform = new BarePlatform(Vertx.vertx(), options);
    }

    public static void main(String[] args) throws IOException {
        BareOptions options = BareOptions.read(args);
        BareMain bare = new BareMain(options);
        bare.platform.fetchToken().toCompletionStage().toCompletableFuture().join();
        bare.run(options);
    }

    private void run(BareOptions options) throws IOException {
        Map<String, Object> settings = Map.of("bootstrap.servers", options.brokers(), "group.id", options.group(),
                "auto.offset.reset", "earliest");
        try (KafkaConsumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            consumer.subscribe(List.of(options.requests()));
            boolean ready = false;
            while (true) {
                for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofMillis(100))) {
                    carryOut(new String(record.key(), StandardCharsets.UTF_8), JSON.readTree(record.value()));
                }
                if (!ready && !consumer.assignment().isEmpty()) {
                    ready = true;
                    System.out.println("ready");
                }
            }
        }
    }

    private void carryOut(String chatId, JsonNode request) {
        switch (request.path("type").asText()) {
            case "start" -> {
                BareChat chat = new BareChat(chatId, platform, outbox);
                chats.put(chatId, chat);
                chat.start(request.at("/guest/displayName").asText());
            }
            case "message" -> chats.get(chatId).say(request.path("text").asText());
            case "end" -> chats.remove(chatId).end();
            default -> throw new IllegalArgumentException("a request that the benchmark does not make");
        }
    }
}

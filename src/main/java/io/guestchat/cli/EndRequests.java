package io.guestchat.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.guestchat.config.DurationText;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;

/**
 * Ends chats as anybody may (contract, "Requests"): an {@code end} each, on the partition that the chat's requests come from, and
 * its one outcome on {@code topics.events}.
 */
final class EndRequests {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final Tool tool;
    private final Cluster cluster;
    /** By the requests' ids. */
    private final Map<String, StoredChat> waiting = new LinkedHashMap<>();
    private int ended;
    private int notEnded;

    EndRequests(Tool tool, Cluster cluster) {
        this.tool = tool;
        this.cluster = cluster;
    }

    /** @return whether each of them is over, or, without waiting, has been sent its request */
    boolean carryOut(List<StoredChat> chats, boolean wait) throws InterruptedException {
        // From before the requests: an answer may be quick.
        try (KafkaConsumer<byte[], byte[]> events = wait ? cluster.fromNowOn(cluster.topics().events()) : null) {
            send(chats);
            if (!wait) {
                tool.out().println("sent " + waiting.size() + ", failed " + notEnded);
                return notEnded == 0;
            }
            await(events);
        }
        waiting.values().forEach(chat -> {
            notEnded++;
            tool.complain("not ended within " + DurationText.format(tool.timeout()) + ", its request may still be carried out: "
                    + chat.chatId());
        });
        tool.out().println("ended " + ended + ", not ended " + notEnded);
        return notEnded == 0;
    }

    private void send(List<StoredChat> chats) throws InterruptedException {
        Map<String, Future<RecordMetadata>> sent = new LinkedHashMap<>();
        try (KafkaProducer<byte[], byte[]> producer = cluster.producer()) {
            for (StoredChat chat : chats) {
                String id = "guestchat-cli-" + UUID.randomUUID();
                waiting.put(id, chat);
                String request = JSON.createObjectNode().put("type", "end").put("id", id).toString();
                sent.put(id, producer.send(new ProducerRecord<>(cluster.topics().requests(), chat.partition(),
                        chat.chatId().getBytes(StandardCharsets.UTF_8), request.getBytes(StandardCharsets.UTF_8))));
            }
            producer.flush();
        }
        for (Map.Entry<String, Future<RecordMetadata>> one : sent.entrySet()) {
            try {
                one.getValue().get();
            } catch (ExecutionException failure) {
                notEnded++;
                tool.complain("not sent: " + Tool.reasonOf(failure) + ": " + waiting.remove(one.getKey()).chatId());
            }
        }
    }

    private void await(KafkaConsumer<byte[], byte[]> events) {
        long deadline = System.nanoTime() + tool.timeout().toNanos();
        for (long left = tool.timeout().toNanos(); !waiting.isEmpty() && left > 0; left = deadline - System.nanoTime()) {
            events.poll(Duration.ofNanos(left)).forEach(this::look);
        }
    }

    private void look(ConsumerRecord<byte[], byte[]> found) {
        JsonNode event;
        try {
            event = JSON.readTree(found.value() == null ? new byte[0] : found.value());
        } catch (IOException notOurs) {
            return;
        }
        String id = event.path("requestId").asText();
        String type = event.path("type").asText();
        if (type.equals("chat-ended") && waiting.containsKey(id)) {
            over(waiting.remove(id), "ended", event.path("reason").asText());
        } else if (type.equals("request-failed") && waiting.containsKey(id)) {
            refused(waiting.remove(id), event.path("error").path("code").asText());
        }
    }

    private void over(StoredChat chat, String how, String why) {
        ended++;
        tool.out().println(how + " chat=" + Shown.line(chat.chatId()) + " partition=" + chat.partition()
                + " reason=" + Shown.word(why));
    }

    /** Something else may have ended it before: then it is over all the same. */
    private void refused(StoredChat chat, String code) {
        if (code.equals("chat-ended") || code.equals("unknown-chat")) {
            over(chat, "already over", code);
        } else {
            notEnded++;
            tool.complain("not ended, " + code + ": " + chat.chatId());
        }
    }
}

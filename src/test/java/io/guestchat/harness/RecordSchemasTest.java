package io.guestchat.harness;

import static org.assertj.core.api.Assertions.assertThat;

import io.guestchat.config.SettingsReader;
import io.guestchat.config.TopicSettings;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;

/** A record that is not as the contract says would be seen. */
class RecordSchemasTest {

    private static final String EVENT = "{\"id\":\"e\",\"chatId\":\"chat-1\",\"type\":\"message-sent\",\"at\":\"2026-01-02T03:04:05.006Z\","
            + "\"conversationId\":\"c\"}";
    private static final Map<String, String> HEADERS = Map.of("ce_specversion", "1.0", "ce_id", "e", "ce_source", "/bridge",
            "ce_type", "io.guestchat.message-sent.v1", "ce_time", "2026-01-02T03:04:05.006Z", "ce_subject", "chat-1", "content-type",
            "application/json");

    private final TopicSettings topics = SettingsReader.of(Map.of("genesys.client-id", "any", "genesys.client-secret", "any"),
            Path.of("").toAbsolutePath()).topics();

    @Test
    void givenARecordAsTheContractSays_whenItIsChecked_thenNothingIsFound() {
        assertThat(RecordSchemas.faults(record(topics.events(), EVENT, HEADERS), topics)).isEmpty();
    }

    @Test
    void givenAFieldThatTheContractDoesNotKnow_whenItIsChecked_thenItIsFound() {
        assertThat(RecordSchemas.faults(record(topics.events(), EVENT.replace("{", "{\"further\":1,"), HEADERS), topics))
                .singleElement().asString().contains("further");
    }

    @Test
    void givenAnEventOfAnUnknownType_whenItIsChecked_thenItIsFound() {
        assertThat(RecordSchemas.faults(record(topics.events(), EVENT.replace("message-sent", "message-lost"), HEADERS), topics))
                .containsExactly("there is no schema events/message-lost.json");
    }

    @Test
    void givenTheTypeOfAnotherEventOrNoHeader_whenItIsChecked_thenItIsFound() {
        assertThat(RecordSchemas.faults(record(topics.events(), EVENT.replace("message-sent", "message-acknowledged"), HEADERS), topics))
                .singleElement().asString().contains("ce_type");
        assertThat(RecordSchemas.faults(record(topics.events(), EVENT, Map.of()), topics)).hasSizeGreaterThan(6);
    }

    @Test
    void givenADeadLetterWithoutItsOrigin_whenItIsChecked_thenItIsFoundAndTheRequestsOwnHeadersAreLeftAlone() {
        assertThat(RecordSchemas.faults(record(topics.deadLetters(), "any", Map.of("their", "own", "__connect.errors.further", "x")),
                topics)).hasSize(8).noneMatch(fault -> fault.contains("their"));
    }

    private static Received record(String topic, String value, Map<String, String> headers) {
        ConsumerRecord<byte[], byte[]> record = new ConsumerRecord<>(topic, 0, 0, "chat-1".getBytes(StandardCharsets.UTF_8),
                value.getBytes(StandardCharsets.UTF_8));
        headers.forEach((name, header) -> record.headers().add(name, header.getBytes(StandardCharsets.UTF_8)));
        return new Received(record);
    }
}

package io.guestchat.publish;

import static org.assertj.core.api.Assertions.assertThat;

import io.guestchat.chat.Cause;
import io.guestchat.chat.Chat.Refusal;
import io.guestchat.chat.Request;
import io.guestchat.contract.AgentMessage;
import io.guestchat.contract.ErrorCode;
import io.guestchat.contract.Event;
import io.guestchat.contract.EventDetail.MessageSent;
import io.guestchat.contract.Failure;
import io.guestchat.contract.GuestRequest.Status;
import io.guestchat.contract.HistoryPage;
import io.guestchat.flow.Step;
import io.guestchat.state.StoredRequest.StoredHeader;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.component.kafka.KafkaConstants;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PublishTest {

    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-01-02T03:04:05.006Z"), ZoneOffset.UTC);

    private final Exchange exchange = new DefaultExchange(new DefaultCamelContext());
    private final RecordHeaders filter = new RecordHeaders();

    @Test
    void givenAnEventThatARequestCaused_whenItLeaves_thenItIsACloudEventAndNothingElseTravelsOn() {
        // given
        Event event = new Event("e-1", "k\u00e4se", "at", "r-1", new MessageSent("c"));
        exchange.getMessage().setHeader("Authorization", "Bearer secret");
        exchange.getMessage().setHeader("kafka.OVERRIDE_TOPIC", "elsewhere");
        exchange.getMessage().setBody(new Step.Outgoing(event, new Cause("r-1", "00-trace")));

        // when
        new Records("/bridge", CLOCK).process(exchange);

        // then
        Map<String, Object> headers = new HashMap<>(exchange.getMessage().getHeaders());
        assertThat((byte[]) headers.remove(KafkaConstants.KEY)).isEqualTo(bytes("k\u00e4se"));
        assertThat(headers).containsExactlyInAnyOrderEntriesOf(Map.of("ce_specversion", "1.0", "ce_id", "e-1", "ce_source", "/bridge",
                "ce_type", "io.guestchat.message-sent.v1", "ce_time", "2026-01-02T03:04:05.006Z", "ce_subject", "k\u00e4se",
                "content-type", "application/json", "ce_causationid", "r-1", "traceparent", "00-trace"));
        assertThat(exchange.getMessage().getBody()).isSameAs(event);
        assertThat(headers.keySet()).allMatch(name -> !filter.applyFilterToCamelHeaders(name, "x", exchange));
    }

    @Test
    void givenRecordsThatNothingCaused_whenTheyLeave_thenTheyHaveNoCauseAndTheirOwnType() {
        // given
        Records records = new Records("/bridge", CLOCK);

        // when
        exchange.getMessage().setBody(new Step.Outgoing(new AgentMessage("chat-1", "ws", "c", 7, "t", "at", null, "socket"), Cause.NONE));
        records.process(exchange);

        // then
        assertThat(exchange.getMessage().getHeaders()).containsEntry("ce_type", "io.guestchat.message.v1").containsEntry("ce_id", "ws/7")
                .doesNotContainKeys("ce_causationid", "traceparent");
        exchange.getMessage().setBody(new Step.Outgoing(new HistoryPage("h", "chat-1", null, "c", 1, true, List.of()), Cause.NONE));
        records.process(exchange);
        assertThat(exchange.getMessage().getHeaders()).containsEntry("ce_type", "io.guestchat.history-page.v1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"CamelHttpUri", "camelKafkaTopic", "kafka.TOPIC", "kafka.KEY", "Authorization", "CE_ID", "Content-Type", "breadcrumbId",
        "traceParent", "ce_other", "x-secret", "Original:00000v:a", "guestchat.error.codes"})
    void givenAnyOtherHeader_whenARecordLeaves_thenItStaysOut(String name) {
        assertThat(filter.applyFilterToCamelHeaders(name, "x", exchange)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"ce_id", "traceparent", "CamelHttpUri", "kafka.TOPIC", "anything"})
    void givenAnyHeader_whenARecordComesIn_thenItStaysOut(String name) {
        assertThat(filter.applyFilterToExternalHeaders(name, "x", exchange)).isTrue();
    }

    @Test
    void givenARefusedRequest_whenItBecomesADeadLetter_thenKeyValueAndHeadersAreItsOwnAndOursSayWhy() {
        // given
        byte[] key = {(byte) 0xff, 0};
        byte[] value = {1, 2, (byte) 0xfe};
        Request request = request(key, value, new StoredHeader("a", bytes("1")), new StoredHeader("A", bytes("2")),
                new StoredHeader("a", null), new StoredHeader("kafka.TOPIC", new byte[0]), new StoredHeader("", bytes("3")),
                new StoredHeader("original:00000v:a", bytes("4")), new StoredHeader("__connect.errors.topic", bytes("earlier")));

        // when
        List<Header> headers = deadLetter(request);

        // then
        assertThat(exchange.getMessage().getHeader(KafkaConstants.KEY)).isEqualTo(key);
        assertThat(exchange.getMessage().getBody()).isEqualTo(value);
        assertThat(headers.subList(0, 7)).containsExactly(new RecordHeader("a", bytes("1")), new RecordHeader("A", bytes("2")),
                new RecordHeader("a", (byte[]) null), new RecordHeader("kafka.TOPIC", new byte[0]), new RecordHeader("", bytes("3")),
                new RecordHeader("original:00000v:a", bytes("4")), new RecordHeader("__connect.errors.topic", bytes("earlier")));
        assertThat(headers.subList(7, headers.size())).containsExactlyInAnyOrder(header("__connect.errors.topic", "requests"),
                header("__connect.errors.partition", "3"), header("__connect.errors.offset", "9"),
                header("__connect.errors.stage", "VALUE_CONVERTER"),
                header("__connect.errors.exception.class.name", "io.guestchat.contract.RequestFailedException"),
                header("__connect.errors.exception.message", "why"), header("guestchat.error.code", "not-found"));
    }

    @Test
    void givenARequestWithoutKeyAndValue_whenItBecomesADeadLetter_thenItHasNeither() {
        List<Header> headers = deadLetter(request(null, null));

        assertThat(exchange.getMessage().getHeaders()).doesNotContainKey(KafkaConstants.KEY);
        assertThat(exchange.getMessage().getBody()).isNull();
        assertThat(headers).hasSize(7);
    }

    @Test
    void givenARequestThatWasRead_whenItBecomesADeadLetter_thenTheStageSaysSo() {
        assertThat(deadLetter(request(bytes("k"), bytes("{}")).read(new Status(null))))
                .contains(header("__connect.errors.stage", "TASK_PUT"));
    }

    @Test
    void givenARequestTooLargeForTheTopic_whenItBecomesADeadLetter_thenItIsEmptyAndSaysWhereItWas() {
        StoredHeader[] many = new StoredHeader[60_000];
        Arrays.fill(many, new StoredHeader("", null));
        for (Request large : List.of(request(bytes("k"), new byte[1_000_001]), request(new byte[500_000], new byte[600_000]),
                request(bytes("k"), new byte[900_000], new StoredHeader("h", new byte[200_000])), request(bytes("k"), new byte[1], many))) {
            List<Header> headers = deadLetter(large);

            assertThat(exchange.getMessage().getHeader(KafkaConstants.KEY)).isEqualTo(large.key());
            assertThat((byte[]) exchange.getMessage().getBody()).isEmpty();
            assertThat(headers).hasSize(7).contains(header("__connect.errors.offset", "9"));
        }
    }

    /** As the filter lets it through and the producer's interceptor makes it. */
    private List<Header> deadLetter(Request request) {
        exchange.getMessage().setHeader("Authorization", "secret");
        exchange.getMessage().setBody(new Refusal(request, Failure.of(ErrorCode.NOT_FOUND, "why")));
        new DeadLetters().record(exchange);
        List<Header> sent = new ArrayList<>();
        exchange.getMessage().getHeaders().forEach((name, value) -> {
            if (!filter.applyFilterToCamelHeaders(name, value, exchange)) {
                sent.add(new RecordHeader(name, (byte[]) value));
            }
        });
        ProducerRecord<byte[], byte[]> record = new OriginalHeaders()
                .onSend(new ProducerRecord<>("dlq", null, null, request.key(), new byte[0], sent));
        return List.of(record.headers().toArray());
    }

    private static Request request(byte[] key, byte[] value, StoredHeader... headers) {
        return new Request("requests", 3, 9, 1, key, value, List.of(headers), null, null, null, null, () -> { });
    }

    private static Header header(String name, String value) {
        return new RecordHeader(name, bytes(value));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}

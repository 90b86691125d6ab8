package io.guestchat.acceptance;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.guestchat.harness.ContractRules;
import io.guestchat.harness.Received;
import io.guestchat.simulator.SimulatorOptions.Answering;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Records out are CloudEvents, and nothing but what belongs to them travels on. {@link ContractRules} has the rules for each. */
class CloudEventsIT {

    private static final String TRACE = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";
    private static final List<String> FOREIGN = List.of("Authorization", "kafka.KEY", "kafka.OVERRIDE_TOPIC",
            "kafka.PARTITION_KEY", "CamelHttpUri", "CamelHttpMethod", "guestSecret", "x-tenant", "tracestate");

    @RegisterExtension
    static final LiveBridge BRIDGE = LiveBridge.with(platform -> platform.answering(Answering.OFF), Map.of());

    @Test
    void givenAWholeChat_whenItIsOver_thenEachRecordHasItsType() {
        // given
        String session = BRIDGE.converse("types");

        // when
        BRIDGE.platform().say(session, "Hi");
        BRIDGE.outside().awaitMessages("types", 1);
        BRIDGE.outside().request("types", "r-2", "history");
        BRIDGE.outside().awaitAnswer("types", "history-delivered", "r-2");
        BRIDGE.end("types");

        // then
        assertThat(BRIDGE.outside().events("types"))
                .allSatisfy(event -> assertThat(event.header("ce_type")).isEqualTo("io.guestchat." + event.type() + ".v1"));
        assertThat(BRIDGE.outside().messages("types")).extracting(message -> message.header("ce_type"))
                .containsExactly("io.guestchat.message.v1");
        assertThat(BRIDGE.outside().history("types")).extracting(page -> page.header("ce_type"))
                .containsExactly("io.guestchat.history-page.v1");
        assertThat(BRIDGE.outside().history("types")).extracting(page -> page.header("ce_causationid")).containsExactly("r-2");
    }

    @Test
    void givenRequestsWithATraceparent_whenTheyAreCarriedOut_thenWhatTheyCauseHasIt() {
        // given
        send("traced", "{\"type\":\"start\",\"id\":\"r-1\",\"guest\":{\"displayName\":\"A\"}}", header("traceparent", TRACE));
        BRIDGE.outside().awaitEvent("traced", "conversation-assigned");

        // when
        send("traced", "{\"type\":\"message\",\"id\":\"r-2\",\"text\":\"Hello\"}", header("traceparent", TRACE));
        BRIDGE.outside().awaitAnswer("traced", "message-acknowledged", "r-2");
        send("traced", "{\"type\":\"history\",\"id\":\"r-3\"}", header("traceparent", TRACE));
        send("traced", "{\"type\":\"status\",\"id\":\"r-4\"}", header("traceparent", TRACE));
        send("traced", "{\"type\":\"nonsense\",\"id\":\"r-5\"}", header("traceparent", TRACE));
        send("traced", "{\"type\":\"end\",\"id\":\"r-6\"}", header("traceparent", TRACE));
        BRIDGE.outside().awaitAnswer("traced", "chat-ended", "r-6");

        // then
        List<Received> caused = BRIDGE.outside().all().stream()
                .filter(record -> "traced".equals(record.key()) && record.header("ce_causationid") != null).toList();
        assertThat(caused).extracting(record -> record.header("ce_causationid"))
                .contains("r-1", "r-2", "r-3", "r-4", "r-5", "r-6");
        assertThat(caused).allSatisfy(record -> assertThat(record.header("traceparent")).as(record.toString()).isEqualTo(TRACE));
    }

    @Test
    void givenRequestsWithoutATraceparent_whenTheyAreCarriedOut_thenNoneIsMadeUp() {
        // when
        BRIDGE.converse("untraced");

        // then
        assertThat(BRIDGE.outside().events("untraced")).extracting(event -> event.header("traceparent")).containsOnlyNulls();
    }

    @Test
    void givenForeignHeaders_whenRequestsAreCarriedOut_thenNoneTravelsOnAndNoneSteers() {
        // given
        Header[] foreign = FOREIGN.stream().map(name -> header(name, name.endsWith("TOPIC") ? BRIDGE.topics().messages() : "1"))
                .toArray(Header[]::new);

        // when
        send("foreign", "{\"type\":\"start\",\"id\":\"r-1\",\"guest\":{\"displayName\":\"A\"}}", foreign);
        BRIDGE.outside().awaitEvent("foreign", "conversation-assigned");
        send("foreign", "{\"type\":\"message\",\"id\":\"r-2\",\"text\":\"Hello\"}", foreign);
        BRIDGE.outside().awaitAnswer("foreign", "message-acknowledged", "r-2");
        send("foreign", "{\"type\":\"history\",\"id\":\"r-3\"}", foreign);
        BRIDGE.outside().awaitAnswer("foreign", "history-delivered", "r-3");
        send("foreign", "{\"type\":\"nonsense\",\"id\":\"r-4\"}", foreign);
        BRIDGE.outside().awaitAnswer("foreign", "request-failed", "r-4");

        // then
        assertThat(BRIDGE.outside().all()).filteredOn(record -> !record.raw().topic().equals(BRIDGE.topics().deadLetters()))
                .flatExtracting(CloudEventsIT::headerNames).doesNotContainAnyElementsOf(FOREIGN);
        assertThat(BRIDGE.outside().messages("foreign")).isEmpty();
        assertThat(BRIDGE.states("foreign")).isNotEmpty().flatExtracting(CloudEventsIT::headerNames)
                .doesNotContainAnyElementsOf(FOREIGN);
    }

    @Test
    void givenARequestThatIsACloudEvent_whenItComes_thenItIsCarriedOutAndItsHeadersStay() {
        // when
        send("cloud-event", "{\"type\":\"start\",\"id\":\"r-1\",\"guest\":{\"displayName\":\"A\"}}",
                header("ce_specversion", "1.0"), header("ce_id", "their-id"), header("ce_source", "/their/source"),
                header("ce_type", "their.type"),
                header("content-type", "application/json"));

        // then
        Received created = BRIDGE.outside().awaitAnswer("cloud-event", "session-created", "r-1");
        assertThat(created.header("ce_id")).isEqualTo(created.text("id"));
        assertThat(created.header("ce_source")).isNotEqualTo("/their/source");
        assertThat(created.raw().headers().headers("ce_id")).hasSize(1);
    }

    @Test
    void givenAnotherPartitioner_whenAChatLives_thenItsStateIsOnThePartitionOfItsRequests() {
        for (int partition = 0; partition < 3; partition++) {
            // given
            String chat = "partition-" + partition;
            byte[] start = "{\"type\":\"start\",\"id\":\"r-1\",\"guest\":{\"displayName\":\"A\"}}".getBytes(UTF_8);

            // when
            BRIDGE.outside().send(new ProducerRecord<>(BRIDGE.topics().requests(), partition, chat.getBytes(UTF_8), start));
            BRIDGE.outside().awaitEvent(chat, "conversation-assigned");

            // then
            assertThat(BRIDGE.states(chat)).isNotEmpty().extracting(state -> state.raw().partition()).containsOnly(partition);
            BRIDGE.outside().send(new ProducerRecord<>(BRIDGE.topics().requests(), partition, chat.getBytes(UTF_8),
                    "{\"type\":\"end\",\"id\":\"r-2\"}".getBytes(UTF_8)));
            BRIDGE.outside().awaitAnswer(chat, "chat-ended", "r-2");
        }
    }

    private static List<String> headerNames(Received record) {
        return StreamSupport.stream(record.raw().headers().spliterator(), false).map(Header::key).toList();
    }

    private static void send(String chat, String value, Header... headers) {
        BRIDGE.outside().send(new ProducerRecord<>(BRIDGE.topics().requests(), null, chat.getBytes(UTF_8), value.getBytes(UTF_8),
                List.of(headers)));
    }

    private static Header header(String name, String value) {
        return new RecordHeader(name, value.getBytes(UTF_8));
    }
}

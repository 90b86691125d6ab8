package io.guestchat.acceptance;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.guestchat.harness.Received;
import io.guestchat.simulator.SimulatorOptions.Assignment;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.stream.StreamSupport;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** {@code guestchat.requests.dlq}: what was refused, byte for byte, and why. */
class DeadLettersIT {

    @RegisterExtension
    static final LiveBridge BRIDGE = LiveBridge.with(platform -> platform.assignment(Assignment.MANUAL), Map.of());

    @Test
    void givenARefusedRequest_whenItIsADeadLetter_thenItsHeadersSayWhereItCameFromAndWhy() throws Exception {
        // when
        RecordMetadata place = send("why", "{\"type\":\"message\",\"id\":\"r-1\",\"text\":\"Hello\"}".getBytes(UTF_8), List.of());

        // then
        Received letter = BRIDGE.outside().awaitDeadLetter(dead -> "why".equals(dead.key()));
        assertThat(letter.header("__connect.errors.topic")).isEqualTo(BRIDGE.topics().requests());
        assertThat(letter.header("__connect.errors.partition")).isEqualTo(Integer.toString(place.partition()));
        assertThat(letter.header("__connect.errors.offset")).isEqualTo(Long.toString(place.offset()));
        assertThat(letter.header("__connect.errors.stage")).isNotBlank();
        assertThat(letter.header("__connect.errors.exception.class.name")).isNotBlank();
        assertThat(letter.header("guestchat.error.code")).isEqualTo("unknown-chat");
        assertThat(letter.header("__connect.errors.exception.message"))
                .isEqualTo(BRIDGE.outside().awaitEvent("why", "request-failed").text("error.message"));
        assertThat(names(letter)).doesNotContain("__connect.errors.exception.stacktrace");
    }

    @Test
    void givenBytesThatAreNoText_whenTheyAreADeadLetter_thenTheyAreUntouched() throws Exception {
        // given
        byte[] value = new byte[1_000];
        new Random(7).nextBytes(value);

        // when
        send("bytes", value, List.of());

        // then
        assertThat(BRIDGE.outside().awaitDeadLetter(dead -> "bytes".equals(dead.key())).raw().value()).isEqualTo(value);
    }

    @Test
    void givenHeadersOfAnyKind_whenTheRequestIsADeadLetter_thenTheyAreThereInOrder() throws Exception {
        // given
        List<Header> own = List.of(header("a", "1"), header("a", "2"), header("A", "3"), header("nothing", null),
                header("empty", ""), header("CamelHttpUri", "http://elsewhere"), header("CamelFileName", "x"),
                header("kafka.KEY", "other"), header("kafka.OVERRIDE_TOPIC", "elsewhere"),
                header("Authorization", "Basic abc"), header("ce_id", "theirs"), header("traceparent", "garbage"),
                header("original:00000v:x", "y"), header("", "no name"), header("ключ", "ü"));

        // when
        send("headers", "no json".getBytes(UTF_8), own);

        // then
        Received letter = BRIDGE.outside().awaitDeadLetter(dead -> "headers".equals(dead.key()));
        List<Header> all = List.of(letter.raw().headers().toArray());
        assertThat(all.stream().filter(header -> !isOurs(header)).map(DeadLettersIT::shown).toList())
                .containsExactlyElementsOf(own.stream().map(DeadLettersIT::shown).toList());
        assertThat(letter.header("guestchat.error.code")).isEqualTo("invalid-request");
    }

    @Test
    void givenATextThatWasHeld_whenItIsRefusedAtTheEnd_thenItsDeadLetterIsAsItCame() throws Exception {
        // given
        byte[] value = "  {\"type\" : \"message\",\"text\":\"H\\u00e9llo\" , \"id\":\"r-2\"}\n".getBytes(UTF_8);
        List<Header> own = List.of(header("x", "1"), header("x", null), header("kafka.KEY", "2"));
        BRIDGE.connect("held");

        // when
        send("held", value, own);
        BRIDGE.end("held");

        // then
        Received letter = BRIDGE.outside().awaitDeadLetter(dead -> "held".equals(dead.key()));
        assertThat(letter.raw().value()).isEqualTo(value);
        assertThat(letter.header("guestchat.error.code")).isEqualTo("chat-ended");
        assertThat(StreamSupport.stream(letter.raw().headers().spliterator(), false).filter(header -> !isOurs(header))
                .map(DeadLettersIT::shown)).containsExactlyElementsOf(own.stream().map(DeadLettersIT::shown).toList());
    }

    @Test
    void givenARequestThatFillsARecord_whenItIsADeadLetter_thenItsValueIsEmptyAndItsOriginIsTold() throws Exception {
        // given
        byte[] value = new byte[1_048_000];
        new Random(8).nextBytes(value);

        // when
        RecordMetadata place = send("too-large", value, List.of());

        // then
        Received letter = BRIDGE.outside().awaitDeadLetter(dead -> "too-large".equals(dead.key()));
        assertThat(letter.raw().value()).isEmpty();
        assertThat(letter.header("__connect.errors.offset")).isEqualTo(Long.toString(place.offset()));
        assertThat(letter.header("guestchat.error.code")).isEqualTo("invalid-request");
        BRIDGE.outside().awaitEvent("too-large", "request-failed");
    }

    @Test
    void givenALargeRequestThatFits_whenItIsADeadLetter_thenItIsWhole() throws Exception {
        // given
        byte[] value = new byte[990_000];
        new Random(9).nextBytes(value);

        // when
        send("large", value, List.of());

        // then
        assertThat(BRIDGE.outside().awaitDeadLetter(dead -> "large".equals(dead.key())).raw().value()).isEqualTo(value);
    }

    @Test
    void givenAHugeHeader_whenTheRequestIsADeadLetter_thenOnlyItsOriginIsTold() throws Exception {
        // given
        byte[] value = "no json".getBytes(UTF_8);

        // when
        send("huge-header", value, List.of(new RecordHeader("huge", new byte[1_030_000])));

        // then
        Received letter = BRIDGE.outside().awaitDeadLetter(dead -> "huge-header".equals(dead.key()));
        assertThat(letter.raw().value()).isEmpty();
        assertThat(names(letter)).contains("__connect.errors.offset").doesNotContain("huge");
    }

    private static RecordMetadata send(String chat, byte[] value, List<Header> headers)
            throws ExecutionException, InterruptedException {
        return BRIDGE.outside()
                .send(new ProducerRecord<>(BRIDGE.topics().requests(), null, chat.getBytes(UTF_8), value, headers)).get();
    }

    private static boolean isOurs(Header header) {
        return header.key().startsWith("__connect.errors.") || header.key().equals("guestchat.error.code");
    }

    private static List<String> names(Received record) {
        return StreamSupport.stream(record.raw().headers().spliterator(), false).map(Header::key).toList();
    }

    private static String shown(Header header) {
        return header.key() + "=" + (header.value() == null ? null : new String(header.value(), UTF_8));
    }

    private static Header header(String name, String value) {
        return new RecordHeader(name, value == null ? null : value.getBytes(UTF_8));
    }
}

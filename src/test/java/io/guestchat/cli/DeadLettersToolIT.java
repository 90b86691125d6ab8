package io.guestchat.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.guestchat.broker.EmbeddedKafka;
import io.guestchat.config.TopicSettings;
import io.guestchat.harness.BridgeRig;
import io.guestchat.harness.OperatorTool;
import io.guestchat.harness.OperatorTool.Run;
import io.guestchat.harness.Received;
import io.guestchat.harness.TopicReader;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code dead-letters} on dead letters that stand there, without a bridge: each test has the same ones. */
class DeadLettersToolIT {

    private static final String MESSAGE = "{\"type\":\"message\",\"id\":\"r-1\",\"text\":\"Grüße\"}";

    private static BridgeRig rig;
    private static TopicSettings topics;
    private static KafkaProducer<byte[], byte[]> producer;

    @TempDir
    private Path home;
    private OperatorTool tool;

    @BeforeAll
    static void deadLetters() {
        rig = BridgeRig.withoutBridge(options -> options, Map.of());
        topics = rig.settings().topics();
        EmbeddedKafka kafka = rig.kafka();
        kafka.createTopic(topics.deadLetters(), 2, Map.of());
        kafka.createTopic(topics.requests(), 3, Map.of("max.message.bytes", "4000"));
        producer = new KafkaProducer<>(Map.of("bootstrap.servers", kafka.bootstrapServers()), new ByteArraySerializer(),
                new ByteArraySerializer());
        // Partition 0: one after another, at times of their own.
        letter(0, at("10:00"), "ada", MESSAGE, "unknown-chat", topics.requests(), "2", new RecordHeader("x", "1".getBytes(UTF_8)),
                new RecordHeader("x", null), new RecordHeader("traceparent", "00-1-2-01".getBytes(UTF_8)));
        letter(0, at("11:00"), "ada", "no json \u001b[2J", "invalid-request", topics.requests(), "1");
        letter(0, at("12:00"), "bob", MESSAGE, "unknown-chat", topics.requests(), "7");
        letter(0, at("13:00"), "too-large", "", "invalid-request", topics.requests(), "0");
        letter(0, at("14:00"), "tombstone", null, "invalid-request", topics.requests(), "0");
        // Partition 1: what nobody would have made but on purpose, and one that no longer fits.
        letter(1, at("10:30"), "elsewhere", MESSAGE, "unknown-chat", topics.events(), "0");
        letter(1, at("11:30"), "nowhere", MESSAGE, "unknown-chat", topics.requests(), "none");
        letter(1, at("12:30"), "long", "x".repeat(6_000), "invalid-request", topics.requests(), "0");
        letter(1, at("13:30"), "\u001b[2J", MESSAGE, "invalid-request", topics.requests(), "0");
        producer.flush();
    }

    @AfterAll
    static void close() {
        producer.close();
        rig.close();
    }

    @BeforeEach
    void tool() {
        tool = new OperatorTool(home, rig.configuration());
    }

    @Test
    void givenDeadLetters_whenListed_thenEachIsALineWithoutWhatWasSaid() {
        Run run = tool.run("dead-letters", "list");

        assertThat(run.status()).isZero();
        assertThat(run.err()).isEmpty();
        assertThat(run.out()).hasSize(9).noneMatch(line -> line.contains("Gr")).contains(
                "0@0 2026-11-22T10:00:00.000Z chat=ada code=unknown-chat type=message origin=" + topics.requests()
                        + "-2@17 message=why? it failed",
                "1@1 2026-11-22T11:30:00.000Z chat=nowhere code=unknown-chat type=message origin=- message=why? it failed",
                "1@3 2026-11-22T13:30:00.000Z chat=\"?[2J\" code=invalid-request type=message origin=" + topics.requests()
                        + "-0@17 message=why? it failed");
        assertThat(run.out()).extracting(line -> line.split(" ")[0])
                .containsExactly("0@0", "0@1", "0@2", "0@3", "0@4", "1@0", "1@1", "1@2", "1@3");
    }

    @Test
    void givenFilters_whenListed_thenAllOfThemHaveToHold() {
        assertThat(places("--code", "unknown-chat")).containsExactly("0@0", "0@2", "1@0", "1@1");
        assertThat(places("--code", "unknown-chat", "--chat", "ada")).containsExactly("0@0");
        assertThat(places("--chat", "ada", "--chat", "bob")).containsExactly("0@0", "0@1", "0@2");
        assertThat(places("--chat", "\u001b[2J")).containsExactly("1@3");
        assertThat(places("--since", "2026-11-22T12:00:00Z", "--until", "2026-11-22T13:30:00Z"))
                .containsExactly("0@2", "0@3", "1@2");
        assertThat(places("--since", "1h")).isEmpty();
        assertThat(places("--partition", "1")).containsExactly("1@0", "1@1", "1@2", "1@3");
        assertThat(places("--partition", "0", "--offset", "2")).containsExactly("0@2");
        assertThat(places("--limit", "6")).containsExactly("0@0", "0@1", "0@2", "0@3", "0@4", "1@0");
    }

    @Test
    void givenAPartitionThatIsNotThere_whenListed_thenALineSaysSo() {
        Run run = tool.run("dead-letters", "list", "--partition", "2");

        assertThat(run.status()).isEqualTo(1);
        assertThat(run.err()).containsExactly("guestchat-bridge: no partition 2 in " + topics.deadLetters() + ": it has 2");
    }

    @Test
    void givenNoSuchTopic_whenListed_thenALineSaysSoAndItIsNotMade() {
        Run run = tool.run("chats", "list");

        assertThat(run.status()).isEqualTo(1);
        assertThat(run.err()).containsExactly(
                "guestchat-bridge: no topic " + topics.sessions() + " at " + rig.kafka().bootstrapServers());
        assertThat(tool.run("chats", "list").err()).isEqualTo(run.err());
    }

    @Test
    void givenDeadLetters_whenCounted_thenThereIsALineACodeAndTheTotal() {
        assertThat(tool.run("dead-letters", "list", "--count").out())
                .containsExactly("invalid-request 5", "unknown-chat 4", "total 9");
        assertThat(tool.run("dead-letters", "list", "--count", "--json", "--chat", "ada").out())
                .containsExactly("{\"total\":2,\"codes\":{\"invalid-request\":1,\"unknown-chat\":1}}");
    }

    @Test
    void givenValuesAreWanted_whenListed_thenTheyFollowWithoutControls() {
        assertThat(tool.run("dead-letters", "list", "--values", "--chat", "ada").out()).filteredOn(line -> line.startsWith("  "))
                .containsExactly("  " + MESSAGE, "  no json ?[2J");
    }

    @Test
    void givenJson_whenListed_thenEachLineIsAnObject() throws Exception {
        List<String> lines = tool.run("dead-letters", "list", "--json", "--values").out();

        assertThat(lines).hasSize(9);
        JsonNode first = JsonMapper.builder().build().readTree(lines.get(0));
        assertThat(first).isEqualTo(JsonMapper.builder().build().readTree("""
                {"partition":0,"offset":0,"at":"2026-11-22T10:00:00.000Z","chatId":"ada","code":"unknown-chat",
                "requestType":"message","message":"why\\u0007 it failed",
                "origin":{"topic":"%s","partition":2,"offset":17},"bytes":%d,"value":%s}
                """.formatted(topics.requests(), MESSAGE.getBytes(UTF_8).length,
                JsonMapper.builder().build().writeValueAsString(MESSAGE))));
        assertThat(tool.run("dead-letters", "list", "--json", "--chat", "ada").out()).noneMatch(line -> line.contains("\"value"));
    }

    @Test
    void givenADryRun_whenRedriven_thenItTellsWhatWouldBeSentAndSendsNothing() {
        int before = requests().size();

        Run run = tool.run("dead-letters", "redrive", "--all", "--dry-run");

        assertThat(run.out()).contains("0@3 skipped: it has no value", "0@4 skipped: it has no value",
                "1@0 refused: it did not come from the topic of the requests",
                "1@1 refused: it did not come from the topic of the requests");
        assertThat(run.out().get(0)).startsWith("to " + topics.requests() + "-2: 0@0 2026-11-22T10:00:00.000Z chat=ada ");
        assertThat(run.out().get(2)).startsWith("to " + topics.requests() + ": 0@2 ");
        assertThat(run.last()).isEqualTo("would redrive 5, skipped 2, refused 2");
        assertThat(run.status()).isEqualTo(1);
        assertThat(requests()).hasSize(before);
    }

    @Test
    void givenADeadLetter_whenRedriven_thenTheRequestIsAsItWasOnItsPartitionWithANewAge() {
        int before = requests().size();
        Instant began = Instant.now();

        Run run = tool.run("dead-letters", "redrive", "--chat", "ada");

        assertThat(run.status()).isZero();
        assertThat(run.last()).isEqualTo("redriven 2, skipped 0, refused 0, failed 0");
        List<Received> sent = requests().stream().filter(request -> "ada".equals(request.key())).toList();
        assertThat(requests()).hasSize(before + 2);
        Received message = sent.stream().filter(request -> request.raw().partition() == 2).findFirst().orElseThrow();
        assertThat(new String(message.raw().value(), UTF_8)).isEqualTo(MESSAGE);
        assertThat(Stream.of(message.raw().headers().toArray()).map(header -> (Header) header).toList()).containsExactly(
                new RecordHeader("x", "1".getBytes(UTF_8)), new RecordHeader("x", null),
                new RecordHeader("traceparent", "00-1-2-01".getBytes(UTF_8)));
        assertThat(Instant.ofEpochMilli(message.raw().timestamp())).isAfterOrEqualTo(began.minusMillis(1));
        assertThat(run.out()).contains("0@0 -> " + topics.requests() + "-2@" + message.raw().offset());
        assertThat(sent).extracting(request -> request.raw().partition()).containsExactlyInAnyOrder(1, 2);
    }

    @Test
    void givenAPartitionThatIsNoMore_whenRedriven_thenTheRequestGoesWhereJavasPartitionerSays() throws Exception {
        int expected = producer.send(new ProducerRecord<>(topics.requests(), "bob".getBytes(UTF_8), new byte[] {1})).get()
                .partition();

        assertThat(tool.run("dead-letters", "redrive", "--chat", "bob").status()).isZero();

        assertThat(requests().stream().filter(request -> "bob".equals(request.key())).map(request -> request.raw().partition()))
                .hasSize(2).containsOnly(expected);
    }

    @Test
    void givenOneThatKafkaDoesNotTake_whenRedriven_thenTheOthersGoAndTheStatusIs1() {
        int before = requests().size();

        Run run = tool.run("dead-letters", "redrive", "--partition", "1", "--code", "invalid-request");

        assertThat(run.status()).isEqualTo(1);
        assertThat(run.last()).isEqualTo("redriven 1, skipped 0, refused 0, failed 1");
        assertThat(run.err()).singleElement().asString().startsWith("guestchat-bridge: 1@2 not sent: RecordTooLargeException: ");
        assertThat(requests()).hasSize(before + 1);
    }

    private List<String> places(String... filters) {
        List<String> arguments = new ArrayList<>(List.of("dead-letters", "list"));
        arguments.addAll(List.of(filters));
        return tool.run(arguments.toArray(String[]::new)).out().stream().map(line -> line.split(" ")[0]).toList();
    }

    private static List<Received> requests() {
        return new TopicReader(rig.kafka().bootstrapServers()).read(topics.requests());
    }

    private static long at(String time) {
        return Instant.parse("2026-11-22T" + time + ":00Z").toEpochMilli();
    }

    private static void letter(int partition, long at, String key, String value, String code, String topic, String origin,
            Header... own) {
        List<Header> headers = new ArrayList<>(List.of(own));
        Map.of("__connect.errors.topic", topic, "__connect.errors.partition", origin, "__connect.errors.offset", "17",
                "__connect.errors.stage", "TASK_PUT", "__connect.errors.exception.message", "why\u0007 it failed",
                "guestchat.error.code", code).forEach((name, text) -> headers.add(new RecordHeader(name, text.getBytes(UTF_8))));
        producer.send(new ProducerRecord<>(topics.deadLetters(), partition, at, key.getBytes(UTF_8),
                value == null ? null : value.getBytes(UTF_8), headers));
    }
}

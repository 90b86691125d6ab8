package io.guestchat.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.guestchat.broker.EmbeddedKafka;
import io.guestchat.config.TopicSettings;
import io.guestchat.harness.BridgeRig;
import io.guestchat.harness.OperatorTool;
import io.guestchat.harness.OperatorTool.Run;
import io.guestchat.harness.OutsideSystem;
import io.guestchat.harness.Received;
import io.guestchat.harness.TopicReader;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code chats} on states that stand there, without a bridge: each test has the same ones. */
class ChatsToolIT {

    private static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");
    private static final String HELD = "{\"offset\":3,\"timestamp\":1,\"value\":\"e30=\"}";

    private static BridgeRig rig;
    private static TopicSettings topics;
    private static KafkaProducer<byte[], byte[]> producer;

    @TempDir
    private Path home;
    private OperatorTool tool;

    @BeforeAll
    static void states() {
        rig = BridgeRig.withoutBridge(options -> options, Map.of());
        topics = rig.settings().topics();
        EmbeddedKafka kafka = rig.kafka();
        Stream.of(topics.sessions(), topics.requests(), topics.events()).forEach(topic -> kafka.createTopic(topic, 2, Map.of()));
        producer = new KafkaProducer<>(Map.of("bootstrap.servers", kafka.bootstrapServers()), new ByteArraySerializer(),
                new ByteArraySerializer());
        state(0, "starting", NOON, "\"state\":\"starting\",\"start\":" + HELD);
        state(0, "twice", NOON, "\"state\":\"connecting\",\"webchatSessionId\":\"ws-1\"");
        state(0, "gone", NOON, "\"state\":\"connected\",\"webchatSessionId\":\"ws-2\"");
        state(0, "twice", NOON.plusSeconds(1), "\"state\":\"lost\",\"webchatSessionId\":\"ws-1\","
                + "\"held\":[" + HELD + "," + HELD + "]");
        state(0, "gone", NOON, null);
        state(1, "twice", Instant.now(), "\"state\":\"connected\",\"webchatSessionId\":\"ws-3\",\"conversationId\":\"c-3\","
                + "\"unpublished\":[{\"n\":1,\"text\":\"what the agent said\",\"at\":\"t\",\"from\":\"Grace\"}]");
        state(1, "over", NOON, "\"state\":\"ended\",\"webchatSessionId\":\"ws-4\",\"lastActivity\":1700000000000,"
                + "\"end\":{\"reason\":\"idle\",\"at\":1}");
        state(1, "newer", NOON, "\"state\":\"levitating\"");
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
    void givenStates_whenListed_thenEachChatIsALineOfItsLastOneWithoutNamesAndTexts() {
        Run run = tool.run("chats", "list");

        assertThat(run.status()).isZero();
        assertThat(run.out()).hasSize(5).noneMatch(line -> line.contains("said") || line.contains("Grace") || line.contains("gone"))
                .contains(
                        "chat=starting partition=0 state=starting session=- conversation=- written=2026-11-22T12:00:00.000Z held=0",
                        "chat=twice partition=0 state=lost session=ws-1 conversation=- written=2026-11-22T12:00:01.000Z held=2",
                        "chat=over partition=1 state=ended session=ws-4 conversation=- written=2026-11-22T12:00:00.000Z "
                                + "active=2023-11-14T22:13:20.000Z held=0 "
                                + "reason=idle",
                        "chat=newer partition=1 state=unreadable session=- conversation=- written=2026-11-22T12:00:00.000Z held=0")
                .anyMatch(line -> line.startsWith("chat=twice partition=1 state=connected session=ws-3 conversation=c-3 written="));
    }

    @Test
    void givenFilters_whenListed_thenAllOfThemHaveToHold() {
        assertThat(tool.run("chats", "list", "--chat", "twice").out()).hasSize(2);
        assertThat(tool.run("chats", "list", "--chat", "twice", "--state", "lost").out()).hasSize(1);
        assertThat(tool.run("chats", "list", "--state", "starting", "--state", "ended").out()).hasSize(2);
        assertThat(tool.run("chats", "list", "--count").out())
                .containsExactly("connected 1", "ended 1", "lost 1", "starting 1", "unreadable 1", "total 5");
        assertThat(tool.run("chats", "list", "--count", "--json", "--state", "lost").out())
                .containsExactly("{\"total\":1,\"states\":{\"lost\":1}}");
    }

    @Test
    void givenJson_whenListed_thenEachLineIsAnObject() {
        assertThat(tool.run("chats", "list", "--json", "--state", "lost", "--state", "ended").out()).containsExactly(
                "{\"chatId\":\"twice\",\"partition\":0,\"state\":\"lost\",\"webchatSessionId\":\"ws-1\","
                        + "\"writtenAt\":\"2026-11-22T12:00:01.000Z\",\"held\":2}",
                "{\"chatId\":\"over\",\"partition\":1,\"state\":\"ended\",\"webchatSessionId\":\"ws-4\","
                        + "\"writtenAt\":\"2026-11-22T12:00:00.000Z\",\"lastActivity\":\"2023-11-14T22:13:20.000Z\","
                        + "\"held\":0,\"endReason\":\"idle\"}");
    }

    @Test
    void givenADryRun_whenEnded_thenItTellsWhichWouldBeAndSendsNothing() {
        int before = requests().size();

        assertThat(wouldEnd("--all")).containsExactly("starting/0", "twice/0", "twice/1");
        assertThat(wouldEnd("twice")).containsExactly("twice/0", "twice/1");
        assertThat(wouldEnd("--state", "lost", "--state", "connected")).containsExactly("twice/0", "twice/1");
        assertThat(wouldEnd("--idle-for", "1h")).containsExactly("starting/0", "twice/0");
        assertThat(wouldEnd("--idle-for", "1h", "--state", "connected")).isEmpty();
        assertThat(tool.run("chats", "end", "over", "newer", "nobody", "--dry-run").err()).containsExactly(
                "guestchat-bridge: no such chat is live: over", "guestchat-bridge: no such chat is live: newer",
                "guestchat-bridge: no such chat is live: nobody");
        assertThat(requests()).hasSize(before);
    }

    @Test
    void givenOneIdOnTwoPartitions_whenEndedWithoutWaiting_thenEachHasItsRequestOnItsPartition() {
        List<Received> before = requests();

        Run run = tool.run("chats", "end", "twice", "--no-wait");

        assertThat(run.status()).isZero();
        assertThat(run.out()).containsExactly("sent 2, failed 0");
        Set<String> known = before.stream().map(request -> request.text("id")).collect(Collectors.toSet());
        List<Received> sent = requests().stream().filter(request -> !known.contains(request.text("id"))).toList();
        assertThat(sent).hasSize(2).allSatisfy(request -> {
            assertThat(request.key()).isEqualTo("twice");
            assertThat(request.type()).isEqualTo("end");
            assertThat(request.text("id")).startsWith("guestchat-cli-");
        }).extracting(request -> request.raw().partition()).containsExactlyInAnyOrder(0, 1);
    }

    @Test
    void givenNoBridge_whenEnded_thenALineSaysThatItHasNotEndedInTimeAndTheStatusIs1() {
        Run run = tool.run("chats", "end", "--state", "starting", "--timeout", "1s");

        assertThat(run.status()).isEqualTo(1);
        assertThat(run.err()).containsExactly(
                "guestchat-bridge: not ended within 1s, its request may still be carried out: starting");
        assertThat(run.out()).containsExactly("ended 0, not ended 1");
    }

    @Test
    void givenOneThatIsOverAndOneThatIsRefused_whenEnded_thenEachIsToldAndTheStatusIs1() {
        // given
        int before = requests().size();
        CompletableFuture<Run> run = CompletableFuture.supplyAsync(() -> tool.run("chats", "end", "twice"));

        // when
        await().atMost(OutsideSystem.PATIENCE).until(() -> requests().size() == before + 2);
        Map.of(0, "chat-ended", 1, "platform-error").forEach((partition, code) -> {
            List<Received> there = requests().stream().filter(request -> request.raw().partition() == partition).toList();
            producer.send(new ProducerRecord<>(topics.events(), "twice".getBytes(UTF_8), ("{\"type\":\"request-failed\","
                    + "\"requestId\":\"" + there.get(there.size() - 1).text("id")
                    + "\",\"error\":{\"code\":\"" + code + "\"}}").getBytes(UTF_8)));
        });

        // then
        assertThat(run.join().out()).containsExactly("already over chat=twice partition=0 reason=chat-ended",
                "ended 1, not ended 1");
        assertThat(run.join().err()).containsExactly("guestchat-bridge: not ended, platform-error: twice");
        assertThat(run.join().status()).isEqualTo(1);
    }

    /** Chats and their partitions. */
    private List<String> wouldEnd(String... which) {
        List<String> arguments = new ArrayList<>(List.of("chats", "end", "--dry-run"));
        arguments.addAll(List.of(which));
        Run run = tool.run(arguments.toArray(String[]::new));
        List<String> chats = run.out().subList(0, run.out().size() - 1).stream()
                .map(line -> line.replaceFirst("would end chat=(\\S+) partition=(\\d).*", "$1/$2")).toList();
        assertThat(run.last()).isEqualTo("would end " + chats.size());
        return chats;
    }

    private static List<Received> requests() {
        return new TopicReader(rig.kafka().bootstrapServers()).read(topics.requests());
    }

    /** @param fields null for a tombstone */
    private static void state(int partition, String chat, Instant at, String fields) {
        String value = "{\"version\":1,\"generation\":1,\"lastOffset\":0,\"settledTexts\":0,\"publishedTexts\":0,\"losses\":0,"
                + fields + "}";
        producer.send(new ProducerRecord<>(topics.sessions(), partition, at.toEpochMilli(), chat.getBytes(UTF_8),
                fields == null ? null : value.getBytes(UTF_8)));
    }
}

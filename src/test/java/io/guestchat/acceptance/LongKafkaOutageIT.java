package io.guestchat.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.guestchat.harness.BridgeRig;
import io.guestchat.harness.Received;
import io.guestchat.simulator.SimulatorOptions.Answering;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Kafka is away for longer than pings, heartbeats and the consumer group wait, and agents talk on all the while. The broker goes
 * before the first agent text: the producer of {@code guestchat.messages} has never heard of its topic then, and a producer that
 * lacks a topic's metadata blocks whoever sends.
 */
@Tag("faults")
class LongKafkaOutageIT {

    private static final int CHATS = 300;
    private static final int TALKATIVE = 10;
    private static final int TEXTS = 10;
    private static final int MANY_TEXTS = 1_000;
    private static final String LONG = "x".repeat(4_000);
    private static final Duration AWAY = Duration.ofSeconds(45);

    private BridgeRig rig;

    @BeforeEach
    void startRig() {
        rig = BridgeRig.startWithOwnKafka(platform -> platform.answering(Answering.OFF),
                Map.of("kafka.session-timeout", "6s", "topics.partitions", "12"));
    }

    @AfterEach
    void stopRig() {
        rig.close();
    }

    @Test
    void givenManyChats_whenKafkaIsAwayForLongAndAgentsTalkOn_thenNothingStarvesAndAllComesThroughInOrder() {
        // given
        List<TestChat> chats = IntStream.range(0, CHATS).mapToObj(number -> TestChat.requested(rig, "long" + number)).toList();
        await("all chats flow").atMost(Duration.ofSeconds(90)).pollInterval(Duration.ofMillis(250)).untilAsserted(() ->
                assertThat(rig.outside().all().stream().filter(event -> "conversation-assigned".equals(event.type())).count())
                        .isEqualTo(CHATS));

        // when
        rig.kafka().stop();
        Map<String, List<String>> said = new LinkedHashMap<>();
        for (TestChat chat : chats) {
            said.put(chat.chatId(), say(chat, said.size() < TALKATIVE ? MANY_TEXTS : TEXTS));
        }
        Workers workers = new Workers();
        List<Duration> answers = new ArrayList<>();
        long began = System.nanoTime();
        await("the outage").pollDelay(Duration.ZERO).pollInterval(Duration.ofMillis(100)).atMost(AWAY.plusSeconds(30))
                .until(() -> {
            workers.look();
            long asked = System.nanoTime();
            assertThat(rig.get("/observe/health/live").statusCode()).isEqualTo(200);
            answers.add(Duration.ofNanos(System.nanoTime() - asked));
            return System.nanoTime() - began > AWAY.toNanos();
        });
        assertThat(rig.ready().statusCode()).isEqualTo(503);
        assertThat(rig.ready().body()).contains("Kafka does not answer");
        assertThat(metric("guestchat_sockets_paused")).as("sockets that are not read").isEqualTo(TALKATIVE);
        assertThat(workers.meanBlocked()).as("share of the workers that wait for a producer").isLessThan(0.2);
        assertThat(answers).as("liveness answers").allSatisfy(answer -> assertThat(answer).isLessThan(Duration.ofSeconds(3)));
        rig.kafka().startAgain();

        // then
        await("all texts").atMost(Duration.ofSeconds(180)).pollInterval(Duration.ofSeconds(1)).untilAsserted(() ->
                assertThat(arrived()).isEqualTo(said));
        assertThat(metric("guestchat_reconnects_total\\{cause=\"no pong\"\\}")).as("sockets judged dead").isZero();
        await("ready").atMost(Duration.ofSeconds(60)).untilAsserted(() -> assertThat(rig.ready().statusCode()).isEqualTo(200));
        assertThat(chats).allSatisfy(chat -> assertThat(chat.report().status()).isEqualTo("active"));
    }

    private static List<String> say(TestChat chat, int texts) {
        List<String> said = new ArrayList<>();
        for (int text = 1; text <= texts; text++) {
            said.add(text % 4 == 0 ? "one moment" : texts == MANY_TEXTS ? text + LONG : "text " + text);
            chat.agentSays(said.get(said.size() - 1));
        }
        return said;
    }

    /** Each chat's texts by their ids, in the order in which the ids first came. */
    private Map<String, List<String>> arrived() {
        Map<String, Map<String, String>> byId = new LinkedHashMap<>();
        for (Received record : rig.outside().all()) {
            if (record.raw().topic().equals(rig.settings().topics().messages())) {
                byId.computeIfAbsent(record.key(), chat -> new LinkedHashMap<>())
                        .putIfAbsent(record.text("id"), record.text("text"));
            }
        }
        Map<String, List<String>> texts = new LinkedHashMap<>();
        byId.forEach((chat, messages) -> texts.put(chat, List.copyOf(messages.values())));
        return texts;
    }

    private double metric(String name) {
        Matcher found = Pattern.compile("^" + name + " (\\S+)$", Pattern.MULTILINE).matcher(rig.get("/observe/metrics").body());
        return found.find() ? Double.parseDouble(found.group(1)) : 0;
    }

    /** How many of the bridge's workers stand still in a producer, looked at from time to time. */
    private static final class Workers {

        private double shares;
        private int looks;

        private void look() {
            List<StackTraceElement[]> workers = Thread.getAllStackTraces().entrySet().stream()
                    .filter(thread -> thread.getKey().getName().startsWith("guestchat-worker"))
                    .map(Map.Entry::getValue).toList();
            long blocked = workers.stream().filter(stack -> Arrays.stream(stack)
                    .anyMatch(frame -> frame.getClassName().equals("org.apache.kafka.clients.producer.KafkaProducer"))).count();
            shares += (double) blocked / workers.size();
            looks++;
        }

        private double meanBlocked() {
            return shares / looks;
        }
    }
}

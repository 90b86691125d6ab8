package io.guestchat.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.guestchat.harness.OutsideSystem;
import io.guestchat.harness.Received;
import io.guestchat.harness.TopicConfig;
import io.guestchat.simulator.Silence;
import io.guestchat.simulator.SimulatorOptions.Answering;
import io.guestchat.simulator.SimulatorOptions.Assignment;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Frames that no honest platform sends, and texts that no record has room for: none of them costs the next one. */
class HostileFramesIT {

    /** A record that has lingered is older than the broker's clock by the time it arrives, so that with 0 none is taken. */
    private static final String OLDEST = "message.timestamp.before.max.ms";
    private static final String LARGEST = "max.message.bytes";
    private static final int MEBIBYTE = 1 << 20;

    @RegisterExtension
    static final LiveBridge BRIDGE = LiveBridge.with(platform -> platform.answering(Answering.OFF),
            Map.of("camel.component.kafka.linger-ms", "20"));

    @AfterEach
    void theTopicsAreAsUsual() throws Exception {
        BRIDGE.platform().unsilence();
        for (String topic : List.of(BRIDGE.topics().messages(), BRIDGE.topics().events())) {
            configure(topic, OLDEST, "");
            configure(topic, LARGEST, "");
        }
    }

    @Test
    void givenBadFramesOfEachKind_whenATextFollowsEach_thenEachTextIsPublishedOnceAndInOrder() {
        // given
        TestChat chat = TestChat.flowing(BRIDGE.rig(), "frames");
        String name = chat.platformName();
        Map<String, Runnable> bad = new LinkedHashMap<>();
        text(bad, name, "unknown type", "{\"type\":\"transfer\",\"text\":\"no\"}");
        text(bad, name, "type is no text", "{\"type\":{\"a\":1},\"text\":\"no\"}");
        text(bad, name, "no type", "{\"text\":\"no\"}");
        text(bad, name, "text is no text", "{\"type\":\"text\",\"text\":{\"a\":[1]}}");
        text(bad, name, "no text", "{\"type\":\"text\"}");
        text(bad, name, "empty", "");
        text(bad, name, "no JSON", "Service Unavailable");
        text(bad, name, "cut off", "{\"type\":\"text\",\"text\":\"no");
        text(bad, name, "an array", "[{\"type\":\"text\",\"text\":\"no\"}]");
        text(bad, name, "a number", "1e999999999");
        text(bad, name, "deep", "[".repeat(100_000));
        text(bad, name, "a deep field", "{\"type\":\"text\",\"text\":" + "[".repeat(5_000) + "]".repeat(5_000) + "}");
        text(bad, name, "a conversation that leads elsewhere", "{\"type\":\"typing\",\"conversationId\":\"../../x\"}");
        text(bad, name, "300 KB of nothing", "{\"type\":\"" + "x".repeat(300_000) + "\"}");
        bad.put("binary", () -> BRIDGE.platform().pushBinary(name, new byte[70_000]));
        bad.put("binary JSON", () -> BRIDGE.platform().pushBinary(name, "{\"type\":\"text\"}".getBytes(StandardCharsets.UTF_8)));

        // when
        List<String> good = new ArrayList<>();
        bad.forEach((kind, push) -> {
            push.run();
            good.add("after " + kind);
            chat.agentSays("after " + kind);
        });

        // then
        assertTexts(chat, good);
        assertThat(chat.count("session-lost")).isZero();
        assertThat(chat.guestWrites("still there")).isNotNull();
        chat.awaitEvents("message-acknowledged", 1);
    }

    private static void text(Map<String, Runnable> bad, String name, String kind, String frame) {
        bad.put(kind, () -> BRIDGE.platform().push(name, frame));
    }

    @Test
    void givenOddFramesThatAreTexts_whenTheyCome_thenTheyArePublishedAsTheyAre() {
        // given
        TestChat chat = TestChat.flowing(BRIDGE.rig(), "odd");
        String name = chat.platformName();
        String conversation = chat.report().conversationId();

        // when
        BRIDGE.platform().push(name, "{\"type\":\"text\",\"text\":\"", "in ", "", "fragments", "\"}");
        BRIDGE.platform().push(name, "{\"type\":\"text\",\"text\":\"half a pair \\ud83d\",\"from\":{\"name\":\"A\\udc00\"}}");
        BRIDGE.platform().push(name, "{\"type\":\"text\",\"text\":\"nul \\u0000\",\"new\":true}");
        BRIDGE.platform().push(name, "{\"type\":\"text\",\"text\":\"elsewhere\",\"conversationId\":\"another\"}");
        chat.agentSays("l".repeat(300_000));

        // then
        assertTexts(chat, List.of("in fragments", "half a pair \ufffd", "nul \u0000", "elsewhere", "l".repeat(300_000)));
        assertThat(chat.messages()).extracting(message -> message.text("conversationId")).containsOnly(conversation);
        assertThat(chat.count("conversation-assigned")).isEqualTo(1);
    }

    @Test
    void givenATextOverTheLimitOfAMessage_whenItComes_thenTheHistoryHasItAndItIsPublishedCut() {
        // given
        TestChat chat = TestChat.flowing(BRIDGE.rig(), "over");
        String twoMebibytes = "é".repeat(MEBIBYTE);

        // when
        chat.agentSays("before");
        chat.agentSays(twoMebibytes);
        chat.agentSays("after");

        // then
        chat.awaitEvent("session-resumed");
        List<String> texts = awaitTexts(chat, 3);
        assertThat(texts.get(0)).isEqualTo("before");
        assertThat(texts.get(1)).matches("é{400000,}…");
        assertThat(texts.get(2)).isEqualTo("after");
        assertThat(chat.events("session-lost").get(0).text("closeCode")).isEqualTo("1009");
        assertThat(metric("guestchat_messages_cut_total")).isPositive();
    }

    @Test
    void givenATextThatNoRecordHasRoomFor_whenItComes_thenItIsCutAndALaterOutageOfKafkaIsStillWaitedFor() throws Exception {
        // given
        TestChat chat = TestChat.flowing(BRIDGE.rig(), "room");

        // when
        chat.agentSays("x".repeat(MEBIBYTE - 270));
        chat.agentSays("next");
        awaitTexts(chat, 2);
        configure(BRIDGE.topics().messages(), OLDEST, "0");
        chat.agentSays("in the outage");
        chat.agentSays("too");
        await().during(Duration.ofMillis(700)).until(() -> chat.agentTexts().size() == 2);
        configure(BRIDGE.topics().messages(), OLDEST, "");

        // then
        List<String> texts = awaitTexts(chat, 4);
        assertThat(texts.get(0)).matches("x{800000,900000}…");
        assertThat(texts.subList(1, 4)).containsExactly("next", "in the outage", "too");
        assertThat(chat.count("session-lost")).isZero();
    }

    @Test
    void givenATopicThatTakesLittle_whenALongTextComes_thenWhatFitsIsPublishedAndTheChatGoesOn() throws Exception {
        // given
        TestChat chat = TestChat.flowing(BRIDGE.rig(), "little");
        String random = new Random(1).ints(100_000, 'a', 'z').collect(StringBuilder::new, StringBuilder::appendCodePoint,
                StringBuilder::append).toString();
        configure(BRIDGE.topics().messages(), LARGEST, "20000");

        // when
        chat.agentSays("short");
        chat.agentSays(random);
        chat.agentSays("next");

        // then
        List<String> texts = awaitTexts(chat, 3);
        assertThat(texts.get(1)).endsWith("…").hasSizeBetween(3_000, 4_000);
        assertThat(random).startsWith(texts.get(1).substring(0, 3_000));
        assertThat(texts).element(2).isEqualTo("next");
    }

    @Test
    void givenAnEntryOfTheHistoryThatNoRecordHasRoomFor_whenItIsAsked_thenItIsCutAndTheAnswerWaitsForKafkaAsEver() throws Exception {
        // given
        TestChat chat = TestChat.flowing(BRIDGE.rig(), "entry");
        BRIDGE.platform().silence(Silence.PUSHES);
        chat.agentSays("y".repeat(MEBIBYTE + 10));
        configure(BRIDGE.topics().events(), OLDEST, "0");

        // when
        chat.request("h", "history");

        // then
        await().atMost(OutsideSystem.PATIENCE).until(() -> !BRIDGE.outside().history(chat.chatId()).isEmpty());
        assertThat(BRIDGE.outside().history(chat.chatId()).get(0).json().at("/messages/0/text").asText()).matches("y{800000,}…");
        await().during(Duration.ofMillis(500)).until(() -> chat.count("history-delivered") == 0);
        configure(BRIDGE.topics().events(), OLDEST, "");
        assertThat(chat.awaitAnswer("history-delivered", "h").json().path("messages").asInt()).isEqualTo(1);
    }

    @Test
    void givenALongTextBeforeAConversation_whenItComes_thenTheStateHasRoomForWhatIsKept() {
        // given
        BRIDGE.platform().reconfigure(platform -> platform.assignment(Assignment.MANUAL));
        TestChat chat = TestChat.connected(BRIDGE.rig(), "early");
        BRIDGE.platform().reconfigure(platform -> platform.assignment(Assignment.BOTH));

        // when
        chat.agentSays("z".repeat(MEBIBYTE - 270));
        chat.agentSays("next");

        // then
        assertThat(awaitTexts(chat, 2).get(0)).matches("z{50000,}…");
    }

    private static void assertTexts(TestChat chat, List<String> expected) {
        assertThat(awaitTexts(chat, expected.size())).isEqualTo(expected);
    }

    private static List<String> awaitTexts(TestChat chat, int count) {
        await(count + " texts").atMost(TestChat.PATIENCE).until(() -> chat.agentTexts().size() >= count);
        assertThat(chat.messages()).extracting(Received::key).hasSize(count);
        return List.copyOf(chat.agentTexts().values());
    }

    private static double metric(String name) {
        return BRIDGE.rig().get("/observe/metrics").body().lines().filter(line -> line.startsWith(name + " "))
                .mapToDouble(line -> Double.parseDouble(line.split(" ")[1])).sum();
    }

    /** @param value empty for the broker's own */
    private static void configure(String topic, String key, String value) {
        TopicConfig.change(BRIDGE.rig().kafka().bootstrapServers(), topic, key, value);
    }
}

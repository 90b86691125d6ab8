package io.guestchat.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.guestchat.harness.BridgeRig;
import io.guestchat.harness.OutsideSystem;
import io.guestchat.harness.Received;
import io.guestchat.harness.Tally;
import io.guestchat.harness.TopicReader;
import io.guestchat.simulator.SessionReport;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;

/** One chat of a test, seen from both ends: the topics and the platform. One thread uses it. */
final class TestChat {

    static final Duration PATIENCE = Duration.ofSeconds(45);

    private final BridgeRig rig;
    private final String chatId;
    private final Map<String, String> written = new LinkedHashMap<>();

    private TestChat(BridgeRig rig, String name) {
        this.rig = rig;
        this.chatId = name + "-" + UUID.randomUUID().toString().substring(0, 8);
    }

    /** A chat whose start has been requested. */
    static TestChat requested(BridgeRig rig, String name) {
        TestChat chat = new TestChat(rig, name);
        rig.outside().start(chat.chatId, "start");
        return chat;
    }

    /** A chat that is connected and has no conversation that it knows of. */
    static TestChat connected(BridgeRig rig, String name) {
        TestChat chat = requested(rig, name);
        chat.awaitEvent("session-connected");
        return chat;
    }

    /** A chat that has its conversation. */
    static TestChat flowing(BridgeRig rig, String name) {
        TestChat chat = connected(rig, name);
        chat.awaitEvent("conversation-assigned");
        return chat;
    }

    String chatId() {
        return chatId;
    }

    /** What the platform knows of it. */
    SessionReport report() {
        return rig.platform().session(platformName());
    }

    /** How the simulator finds it. */
    String platformName() {
        return "Guest " + chatId;
    }

    /** @return the request's id */
    String guestWrites(String text) {
        String id = "m" + (written.size() + 1);
        written.put(id, text);
        rig.outside().message(chatId, id, text);
        return id;
    }

    List<String> written() {
        return new ArrayList<>(written.values());
    }

    void request(String id, String type) {
        rig.outside().request(chatId, id, type);
    }

    void agentSays(String text) {
        rig.platform().say(platformName(), text);
    }

    /** @param code null for no close frame */
    void drop(Integer code) {
        boolean there = code == null
                ? rig.platform().cut(platformName())
                : rig.platform().drop(platformName(), code, "test");
        assertThat(there).as("there is a socket to drop").isTrue();
    }

    List<Received> events(String type) {
        return rig.outside().events(chatId).stream().filter(event -> type.equals(event.type())).toList();
    }

    /** How many events of a type there are, by id. */
    long count(String type) {
        return events(type).stream().map(event -> event.text("id")).distinct().count();
    }

    Received awaitEvent(String type) {
        return awaitEvents(type, 1).get(0);
    }

    List<Received> awaitEvents(String type, int count) {
        await(count + " " + type + " of " + chatId).atMost(PATIENCE).pollInterval(Duration.ofMillis(20))
                .untilAsserted(() -> assertThat(count(type)).isGreaterThanOrEqualTo(count));
        return events(type);
    }

    Received awaitAnswer(String type, String requestId) {
        return rig.outside().awaitEvent(chatId, type, event -> requestId.equals(event.text("requestId")));
    }

    /** Waits until so many of the guest's texts have arrived at the platform. */
    void awaitArrived(int count) {
        await(count + " texts of " + chatId + " at the platform").atMost(PATIENCE).pollInterval(Duration.ofMillis(20))
                .untilAsserted(() -> assertThat(report().texts()).hasSizeGreaterThanOrEqualTo(count));
    }

    /** Waits until the platform has all texts of the guest, and the topics have all of the agent's. */
    void awaitAllThrough() {
        await("all texts of " + chatId).atMost(PATIENCE).pollInterval(Duration.ofMillis(50)).untilAsserted(() -> {
            assertThat(guestTally().lost()).as("guest texts that did not arrive").isZero();
            assertThat(agentTally().lost()).as("agent texts that did not arrive").isZero();
        });
    }

    /** What became of the guest's texts, by what arrived at the platform. */
    Tally guestTally() {
        return Tally.of(written(), report().texts());
    }

    /** What became of the agent's texts: by their ids, in the order in which the ids first came. */
    Tally agentTally() {
        return Tally.of(report().said(), new ArrayList<>(agentTexts().values()));
    }

    /** By id, in the order in which they first came. No id has two texts; the ids are those of the contract, without a gap. */
    Map<String, String> agentTexts() {
        Map<String, String> byId = new LinkedHashMap<>();
        Map<Integer, String> ids = new TreeMap<>();
        for (Received message : messages()) {
            String former = byId.putIfAbsent(message.text("id"), message.text("text"));
            assertThat(former == null || former.equals(message.text("text"))).as("one text of id %s", message.text("id")).isTrue();
            ids.put(message.json().path("n").asInt(), message.text("id"));
        }
        int n = 1;
        for (Map.Entry<Integer, String> id : ids.entrySet()) {
            assertThat(id.getKey()).as("no n is skipped").isEqualTo(n++);
            assertThat(id.getValue()).isEqualTo(report().webchatSessionId() + "/" + id.getKey());
        }
        return byId;
    }

    List<Received> messages() {
        return rig.outside().messages(chatId);
    }

    /** How many texts came out of the history. */
    long viaHistory() {
        return messages().stream().filter(message -> "history".equals(message.text("via")))
                .map(message -> message.text("id")).distinct().count();
    }

    /** Each text was told to be sent once, and was refused never. */
    void assertEachSentOnce() {
        awaitEvents("message-sent", written.size());
        assertThat(events("message-sent").stream().map(event -> event.text("id")).distinct().map(id -> id.split("/")[2]).toList())
                .doesNotHaveDuplicates();
        assertThat(events("message-sent").stream().map(event -> event.text("requestId")).distinct().toList())
                .containsExactlyInAnyOrderElementsOf(written.keySet());
        assertThat(events("request-failed")).isEmpty();
    }

    void assertNothingLostDoubledOrShuffled() {
        awaitAllThrough();
        assertThat(guestTally()).as("guest texts").isEqualTo(Tally.CLEAN);
        assertThat(agentTally()).as("agent texts").isEqualTo(Tally.CLEAN);
    }

    /** So many losses, each told once and each followed by one return. */
    void assertLossesTold(int losses) {
        awaitEvents("session-resumed", losses);
        assertThat(count("session-lost")).as("session-lost").isEqualTo(losses);
        assertThat(count("session-resumed")).as("session-resumed").isEqualTo(losses);
        assertThat(count("session-connected")).as("session-connected").isEqualTo(1);
        assertThat(count("conversation-assigned")).as("conversation-assigned").isLessThanOrEqualTo(1);
        assertThat(count("chat-ended")).as("chat-ended").isZero();
    }

    /** Its durable states that the topic still has, oldest first. */
    List<Received> states() {
        return new TopicReader(rig.kafka().bootstrapServers()).read(rig.settings().topics().sessions(), chatId);
    }

    OutsideSystem outside() {
        return rig.outside();
    }
}

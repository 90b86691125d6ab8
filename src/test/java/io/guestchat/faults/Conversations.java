package io.guestchat.faults;

import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.guestchat.harness.BridgeRig;
import io.guestchat.harness.Sent;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;

/**
 * Chats in which guest and agent both talk all the while, whatever becomes of the bridge between them. No two texts are equal,
 * unless the wording says so.
 */
final class Conversations implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(120);

    private final BridgeRig rig;
    private final List<String> chats;
    private final PublishedTexts published;
    private final Map<String, String> sessions = new ConcurrentHashMap<>();
    private final Map<String, List<Said>> byGuest = new ConcurrentHashMap<>();
    private final Map<String, List<Said>> byAgent = new ConcurrentHashMap<>();
    private final AtomicReference<RuntimeException> speechless = new AtomicReference<>();
    private Wording wording = Wording.NUMBERED;
    private ScheduledExecutorService talking;

    Conversations(BridgeRig rig, int count) {
        this.rig = rig;
        this.chats = IntStream.range(0, count).mapToObj(number -> "chat-" + number).toList();
        this.published = new PublishedTexts(rig.outside());
        chats.forEach(chat -> {
            byGuest.put(chat, new CopyOnWriteArrayList<>());
            byAgent.put(chat, new CopyOnWriteArrayList<>());
        });
    }

    List<String> chats() {
        return chats;
    }

    PublishedTexts published() {
        return published.follow();
    }

    /** How many events of a type the chats have been told. */
    long count(String type) {
        PublishedTexts now = published();
        return chats.stream().flatMap(chat -> now.events(chat).stream()).filter(type::equals).count();
    }

    void startAll() {
        chats.forEach(chat -> rig.outside().start(chat, "start"));
    }

    /** Waits for their sessions, so that agents can speak. */
    void awaitSessions() {
        await("sessions").atMost(PATIENCE).pollInterval(Duration.ofMillis(200))
                .untilAsserted(() -> assertThat(count("session-connected")).isEqualTo(chats.size()));
        rig.platform().sessions().forEach(session -> sessions.put(chatOf(session.displayName()), session.webchatSessionId()));
    }

    void awaitConversations() {
        await("conversations").atMost(PATIENCE).pollInterval(Duration.ofMillis(200))
                .untilAsserted(() -> assertThat(count("conversation-assigned")).isEqualTo(chats.size()));
    }

    private static String chatOf(String displayName) {
        return displayName.replace("Guest ", "");
    }

    /** From now on they speak so. */
    Conversations worded(Wording other) {
        wording = other;
        return this;
    }

    /** The chat's session at the platform. */
    String session(String chat) {
        return sessions.get(chat);
    }

    /** The chats whose requests are on these partitions. */
    Set<String> on(Set<Integer> partitions) {
        return rig.outside().sent().stream().filter(request -> "start".equals(request.text("type")))
                .filter(request -> chats.contains(request.key()) && partitions.contains(request.metadata().partition()))
                .map(Sent::key).collect(toSet());
    }

    /** The texts of both sides of the chat in which most were said. */
    int mostSaid() {
        return chats.stream().mapToInt(chat -> byGuest.get(chat).size() + byAgent.get(chat).size()).max().orElseThrow();
    }

    /** From now on each guest and each agent says something in every period; the chats are spread over it. */
    void talk(Duration period) {
        talking = Executors.newScheduledThreadPool(2);
        for (int index = 0; index < chats.size(); index++) {
            String chat = chats.get(index);
            long delay = period.toMillis() * index / chats.size();
            every(period, delay, () -> guestSays(chat));
            every(period, delay + period.toMillis() / 2, () -> agentSays(chat));
        }
    }

    private void every(Duration period, long delay, Runnable speech) {
        talking.scheduleAtFixedRate(() -> {
            try {
                speech.run();
            } catch (RuntimeException cannot) {
                speechless.compareAndSet(null, cannot);
                throw cannot;
            }
        }, delay, period.toMillis(), TimeUnit.MILLISECONDS);
    }

    void guestSays(String chat) {
        List<Said> said = byGuest.get(chat);
        Said text = new Said(wording.text("guest", chat, said.size()), Instant.now());
        said.add(text);
        rig.outside().message(chat, "m-" + said.size(), text.text());
    }

    void agentSays(String chat) {
        List<Said> said = byAgent.get(chat);
        Said text = new Said(wording.text("agent", chat, said.size()), Instant.now());
        rig.platform().say(sessions.get(chat), text.text());
        said.add(text);
    }

    /** Waits until each side of each chat has said so many things more. */
    void awaitMoreSaidByEach(int texts) {
        int most = chats.stream()
                .mapToInt(chat -> Math.max(byGuest.get(chat).size(), byAgent.get(chat).size())).max().orElseThrow();
        await(texts + " texts of each").atMost(PATIENCE).pollInterval(Duration.ofMillis(100)).until(() -> chats.stream()
                .allMatch(chat -> Math.min(byGuest.get(chat).size(), byAgent.get(chat).size()) >= most + texts));
    }

    void beSilent() {
        if (talking == null) {
            return;
        }
        talking.shutdown();
        try {
            assertThat(talking.awaitTermination(10, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
        talking = null;
        assertThat(speechless.get()).as("what kept a side from talking").isNull();
    }

    /** Guest texts, where the platform received them. */
    Direction toAgent() {
        Map<String, List<Said>> arrived = new HashMap<>();
        rig.platform().sessions().forEach(session -> arrived.put(chatOf(session.displayName()), session.arrived().stream()
                .filter(frame -> frame.type().equals("text")).map(frame -> new Said(frame.text(), frame.at())).toList()));
        arrived.keySet().retainAll(chats);
        return new Direction(byGuest, arrived);
    }

    /** Agent texts, as the outside system sees them: the same id is the same text. */
    Direction toGuest() {
        return new Direction(byAgent, published().texts());
    }

    /** Ends all chats; the bridge has to be up. */
    void endAll() {
        chats.forEach(chat -> rig.outside().request(chat, "end", "end"));
        await("all chats ended").atMost(PATIENCE).pollInterval(Duration.ofMillis(200))
                .untilAsserted(() -> assertThat(count("chat-ended")).isEqualTo(chats.size()));
    }

    @Override
    public void close() {
        if (talking != null) {
            talking.shutdownNow();
        }
    }
}

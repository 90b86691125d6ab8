package io.guestchat.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.guestchat.harness.BridgeRig;
import io.guestchat.harness.Received;
import io.guestchat.harness.Tally;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Chats in which guest and agent both talk all the while, whatever becomes of the bridge between them. */
final class Conversations {

    private final BridgeRig rig;
    private final List<String> chats;
    private final Map<String, String> sessions = new ConcurrentHashMap<>();
    private final Map<String, List<String>> byGuest = new ConcurrentHashMap<>();
    private final Map<String, List<String>> byAgent = new ConcurrentHashMap<>();
    private final ScheduledExecutorService talking = Executors.newScheduledThreadPool(2);

    Conversations(BridgeRig rig, List<String> chats) {
        this.rig = rig;
        this.chats = chats;
        chats.forEach(chat -> {
            byGuest.put(chat, new CopyOnWriteArrayList<>());
            byAgent.put(chat, new CopyOnWriteArrayList<>());
        });
    }

    /** Starts all chats and waits for their conversations. */
    void startAll() {
        chats.forEach(chat -> rig.outside().start(chat, "start"));
        await("conversations").atMost(Duration.ofSeconds(60)).pollInterval(Duration.ofMillis(200))
                .untilAsserted(() -> assertThat(count("conversation-assigned")).isEqualTo(chats.size()));
        rig.platform().sessions()
                .forEach(session -> sessions.put(session.guest().displayName().replace("Guest ", ""), session.webchatSessionId()));
    }

    /** From now on each guest and each agent says something in every period; the chats are spread over it. */
    void talk(Duration period) {
        for (int index = 0; index < chats.size(); index++) {
            String chat = chats.get(index);
            long delay = period.toMillis() * index / chats.size();
            talking.scheduleAtFixedRate(() -> guestSays(chat), delay, period.toMillis(), TimeUnit.MILLISECONDS);
            talking.scheduleAtFixedRate(() -> agentSays(chat), delay + period.toMillis() / 2, period.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    private void guestSays(String chat) {
        List<String> said = byGuest.get(chat);
        String text = "guest of " + chat + " says " + said.size();
        said.add(text);
        rig.outside().message(chat, "m-" + said.size(), text);
    }

    private void agentSays(String chat) {
        List<String> said = byAgent.get(chat);
        String text = "agent of " + chat + " says " + said.size();
        rig.platform().say(sessions.get(chat), text);
        said.add(text);
    }

    void awaitSaidByEach(int texts) {
        await(texts + " texts of each").atMost(Duration.ofSeconds(90)).pollInterval(Duration.ofMillis(100))
                .until(() -> chats.stream().allMatch(chat -> byGuest.get(chat).size() >= texts && byAgent.get(chat).size() >= texts));
    }

    void beSilent() {
        talking.shutdown();
        try {
            assertThat(talking.awaitTermination(10, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    /** Guest texts, counted by their content where the platform received them. */
    Tally toAgent() {
        Map<String, List<String>> arrived = new HashMap<>();
        rig.platform().sessions().forEach(session ->
                arrived.put(session.guest().displayName().replace("Guest ", ""), session.texts()));
        return chats.stream().map(chat -> Tally.of(byGuest.get(chat), arrived.get(chat))).reduce(Tally.CLEAN, Tally::plus);
    }

    /**
     * Agent texts, as the outside system sees them: a record that comes again is one text as long as it has the same id. Two ids
     * for one text are a doubled text; one id for two texts is a lost one, as a reader that goes by ids drops the second.
     */
    Tally toGuest() {
        Map<String, List<String>> arrived = new HashMap<>();
        Set<String> ids = new HashSet<>();
        for (Received record : rig.outside().all()) {
            if (record.raw().topic().equals(rig.settings().topics().messages()) && ids.add(record.header("ce_id"))) {
                arrived.computeIfAbsent(record.key(), chat -> new ArrayList<>()).add(record.text("text"));
            }
        }
        return chats.stream().map(chat -> Tally.of(byAgent.get(chat), arrived.getOrDefault(chat, List.of())))
                .reduce(Tally.CLEAN, Tally::plus);
    }

    /** How many events of a type there are, by id. */
    long count(String type) {
        return rig.outside().all().stream()
                .filter(record -> ("io.guestchat." + type + ".v1").equals(record.header("ce_type")))
                .map(record -> record.header("ce_id"))
                .distinct()
                .count();
    }
}

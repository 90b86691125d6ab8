package io.guestchat.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.guestchat.harness.BridgeRig;
import io.guestchat.harness.Received;
import io.guestchat.harness.Tally;
import io.guestchat.simulator.SimulatorOptions.Answering;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ThousandChatsIT {

    private static final int CHATS = 1_000;
    private static final int TEXTS = 20;

    @Test
    void givenAThousandChatsStartedAtOnce_whenEachSaysTwentyThings_thenEachHearsThemBackInOrderNoneMissingNoneTwice() {
        try (BridgeRig rig = BridgeRig.start(platform -> platform.answering(Answering.ECHO).answerDelay(Duration.ZERO),
                Map.of("chat.messages-per-second", "100"))) {
            // given
            List<String> chats = IntStream.range(0, CHATS).mapToObj(number -> "chat-" + number).toList();
            chats.forEach(chat -> rig.outside().start(chat, "start"));
            await("all chats have a conversation").atMost(Duration.ofSeconds(90)).pollInterval(Duration.ofMillis(200))
                    .untilAsserted(() -> assertThat(count(rig, "conversation-assigned")).isEqualTo(CHATS));

            // when
            for (int text = 0; text < TEXTS; text++) {
                for (String chat : chats) {
                    rig.outside().message(chat, "m-" + text, chat + " says " + text);
                }
            }

            // then
            await("all answers").atMost(Duration.ofSeconds(90)).pollInterval(Duration.ofMillis(200))
                    .untilAsserted(() -> assertThat(messages(rig)).isGreaterThanOrEqualTo((long) CHATS * TEXTS));
            assertThat(toAgent(rig, chats)).isEqualTo(Tally.CLEAN);
            assertThat(toGuest(rig, chats)).isEqualTo(Tally.CLEAN);
            assertThat(count(rig, "request-failed")).isZero();
            await("all acknowledged").atMost(Duration.ofSeconds(30)).pollInterval(Duration.ofMillis(200))
                    .untilAsserted(() -> assertThat(count(rig, "message-acknowledged")).isEqualTo((long) CHATS * TEXTS));
            assertThat(count(rig, "message-sent")).isEqualTo((long) CHATS * TEXTS);
        }
    }

    private static long count(BridgeRig rig, String type) {
        return rig.outside().all().stream()
                .filter(record -> record.raw().topic().equals(rig.settings().topics().events()) && type.equals(record.header("ce_type")
                        .replace("io.guestchat.", "").replace(".v1", "")))
                .count();
    }

    private static long messages(BridgeRig rig) {
        return rig.outside().all().stream().filter(record -> record.raw().topic().equals(rig.settings().topics().messages())).count();
    }

    private static Tally toAgent(BridgeRig rig, List<String> chats) {
        Map<String, List<String>> arrived = new HashMap<>();
        rig.platform().sessions().forEach(session -> arrived.put(session.guest().displayName().replace("Guest ", ""), session.texts()));
        return chats.stream().map(chat -> Tally.of(said(chat), arrived.getOrDefault(chat, List.of()))).reduce(Tally.CLEAN, Tally::plus);
    }

    private static Tally toGuest(BridgeRig rig, List<String> chats) {
        Map<String, List<String>> arrived = new HashMap<>();
        for (Received record : rig.outside().all()) {
            if (record.raw().topic().equals(rig.settings().topics().messages())) {
                arrived.computeIfAbsent(record.key(), chat -> new ArrayList<>()).add(record.text("text"));
            }
        }
        return chats.stream().map(chat -> Tally.of(said(chat), arrived.getOrDefault(chat, List.of()))).reduce(Tally.CLEAN, Tally::plus);
    }

    private static List<String> said(String chat) {
        return IntStream.range(0, TEXTS).mapToObj(text -> chat + " says " + text).toList();
    }
}

package io.guestchat.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.guestchat.harness.BridgeInstance;
import io.guestchat.harness.BridgeRig;
import io.guestchat.harness.Tally;
import io.guestchat.simulator.SimulatorOptions.Answering;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** SIGKILL: nothing is drained, nothing is closed, and what was in memory is gone. */
class CrashIT {

    private static final List<String> CHATS = IntStream.range(0, 20).mapToObj(number -> "chat-" + number).toList();

    private BridgeRig rig;
    private Path log;

    @BeforeEach
    void openRig() throws IOException {
        rig = BridgeRig.withoutBridge(platform -> platform.answering(Answering.OFF), Map.of("kafka.session-timeout", "6s"));
        log = Files.createDirectories(Path.of("target", "crash")).resolve("bridge.log");
    }

    @AfterEach
    void closeRig() {
        rig.close();
    }

    @Test
    void givenChatsTalkingBothWays_whenTheBridgeIsKilledAndStartedAgain_thenNoneEndsAndEachTextArrivesOnceInOrder() {
        // given
        BridgeInstance first = new BridgeInstance(rig.configuration(), log).awaitReady();
        Conversations conversations = talking();

        // when
        first.kill();
        conversations.awaitSaidByEach(8);
        try (BridgeInstance second = new BridgeInstance(rig.configuration(), log)) {
            second.awaitReady();
            conversations.awaitSaidByEach(12);

            // then
            assertClean(conversations);
            assertThat(conversations.count("session-lost")).isEqualTo(CHATS.size());
            assertThat(conversations.count("session-resumed")).isEqualTo(CHATS.size());
        }
    }

    @Test
    void givenTwoInstances_whenOneIsKilled_thenTheOtherTakesItsChatsUpWhereTheyStood() throws IOException {
        // given
        try (BridgeInstance first = new BridgeInstance(rig.configuration(), log);
                BridgeInstance second = new BridgeInstance(withOtherPort(rig.configuration()), log)) {
            first.awaitReady();
            second.awaitReady();
            Conversations conversations = talking();

            // when
            first.kill();
            conversations.awaitSaidByEach(20);

            // then
            assertClean(conversations);
            assertThat(conversations.count("session-lost")).isEqualTo(conversations.count("session-resumed")).isPositive();
        }
    }

    private Conversations talking() {
        rig.openOutside();
        Conversations conversations = new Conversations(rig, CHATS);
        conversations.startAll();
        conversations.talk(Duration.ofMillis(600));
        conversations.awaitSaidByEach(4);
        return conversations;
    }

    private static void assertClean(Conversations conversations) {
        conversations.beSilent();
        await("all texts").atMost(Duration.ofSeconds(60)).pollInterval(Duration.ofMillis(250)).untilAsserted(() -> {
            assertThat(conversations.toAgent().lost()).isZero();
            assertThat(conversations.toGuest().lost()).isZero();
        });
        assertThat(conversations.toAgent()).isEqualTo(Tally.CLEAN);
        assertThat(conversations.toGuest()).isEqualTo(Tally.CLEAN);
        assertThat(conversations.count("chat-ended")).isZero();
        assertThat(conversations.count("request-failed")).isZero();
        assertThat(conversations.count("session-created")).isEqualTo(CHATS.size());
        assertThat(conversations.count("session-connected")).isEqualTo(CHATS.size());
        assertThat(conversations.count("conversation-assigned")).isEqualTo(CHATS.size());
    }

    private static Map<String, String> withOtherPort(Map<String, String> configuration) throws IOException {
        Map<String, String> other = new HashMap<>(configuration);
        try (ServerSocket free = new ServerSocket(0)) {
            other.put("camel.management.port", Integer.toString(free.getLocalPort()));
        }
        return other;
    }
}

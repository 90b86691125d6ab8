package io.guestchat.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.guestchat.harness.BridgeInstance;
import io.guestchat.harness.BridgeRig;
import io.guestchat.harness.Tally;
import io.guestchat.simulator.SimulatorOptions.Answering;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RestartUnderLoadIT {

    private static final int CHATS = 200;

    @Test
    void givenTwoHundredChatsTalkingBothWays_whenTheBridgeIsTerminatedAndStartedAgain_thenNoneEndsAndNothingIsLost()
            throws IOException {
        Path log = Files.createDirectories(Path.of("target", "restart")).resolve("bridge.log");
        try (BridgeRig rig = BridgeRig.withoutBridge(platform -> platform.answering(Answering.OFF), Map.of())) {
            List<String> chats = IntStream.range(0, CHATS).mapToObj(number -> "chat-" + number).toList();

            // given
            BridgeInstance first = new BridgeInstance(rig.configuration(), log).awaitReady();
            rig.openOutside();
            Conversations conversations = new Conversations(rig, chats);
            conversations.startAll();
            conversations.talk(Duration.ofMillis(700));
            conversations.awaitSaidByEach(4);

            // when
            assertThat(first.terminate()).isIn(0, 143);
            conversations.awaitSaidByEach(8);
            try (BridgeInstance second = new BridgeInstance(rig.configuration(), log).awaitReady()) {
                conversations.awaitSaidByEach(14);
                conversations.beSilent();

                // then
                await("all texts").atMost(Duration.ofSeconds(60)).pollInterval(Duration.ofMillis(250)).untilAsserted(() -> {
                    assertThat(conversations.toAgent()).satisfies(tally -> assertThat(tally.lost()).isZero());
                    assertThat(conversations.toGuest()).satisfies(tally -> assertThat(tally.lost()).isZero());
                });
                assertThat(conversations.toAgent()).isEqualTo(Tally.CLEAN);
                assertThat(conversations.toGuest()).isEqualTo(Tally.CLEAN);
                assertThat(conversations.count("chat-ended")).isZero();
                assertThat(conversations.count("request-failed")).isZero();
                assertThat(conversations.count("session-created")).isEqualTo(CHATS);
                assertThat(conversations.count("session-connected")).isEqualTo(CHATS);
                await("all resumed").atMost(Duration.ofSeconds(30)).untilAsserted(() -> {
                    assertThat(conversations.count("session-lost")).isEqualTo(CHATS);
                    assertThat(conversations.count("session-resumed")).isEqualTo(CHATS);
                });
                assertThat(second.terminate()).isIn(0, 143);
            }
        }
    }
}

package io.guestchat.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.guestchat.harness.OutsideSystem;
import io.guestchat.harness.Received;
import io.guestchat.simulator.SimulatorOptions.Answering;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** {@code chat.idle-timeout}. */
class IdleIT {

    @RegisterExtension
    static final LiveBridge BRIDGE = LiveBridge.with(platform -> platform.answering(Answering.OFF), Map.of("chat.idle-timeout", "2s"));

    @Test
    void givenSomethingOneWay_whenItKeepsComing_thenTheChatLivesOn() {
        // given
        List<String> chats = List.of("agent-talks", "guest-talks", "guest-types");
        chats.forEach(BRIDGE::converse);
        long begun = System.nanoTime();

        // when
        await().atMost(OutsideSystem.PATIENCE).pollDelay(Duration.ZERO).pollInterval(Duration.ofMillis(300)).until(() -> {
            BRIDGE.platform().say("Guest agent-talks", "Are you there?");
            BRIDGE.outside().message("guest-talks", "r", "Are you there?");
            BRIDGE.outside().request("guest-types", "t", "typing");
            return System.nanoTime() - begun > Duration.ofMillis(3_500).toNanos();
        });

        // then
        assertThat(chats).allSatisfy(chat -> assertThat(BRIDGE.outside().events(chat)).extracting(Received::type).doesNotContain("chat-ended"));
    }

    @Test
    void givenNothingEitherWay_whenTheTimeIsUp_thenTheChatIsEndedHereAndAtThePlatform() {
        // given
        String session = BRIDGE.connect("idle");

        // when
        Received ended = BRIDGE.outside().awaitEvent("idle", "chat-ended");

        // then
        assertThat(ended.text("reason")).isEqualTo("idle");
        assertThat(ended.text("webchatSessionId")).isEqualTo(session);
        await().atMost(OutsideSystem.PATIENCE)
                .untilAsserted(() -> assertThat(BRIDGE.platform().session(session).status()).isEqualTo("ended"));
    }
}

package io.guestchat.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.guestchat.harness.OutsideSystem;
import io.guestchat.harness.Received;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** {@code chat.idle-timeout}. */
class IdleIT {

    @RegisterExtension
    static final LiveBridge BRIDGE = LiveBridge.with(platform -> platform, Map.of("chat.idle-timeout", "2s"));

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

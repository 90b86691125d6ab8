package io.guestchat.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import io.guestchat.harness.BridgeRig;
import io.guestchat.simulator.SimulatorOptions.Answering;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The platform ends a chat whose partition is just being given away. */
class EndWhileLeavingIT {

    private static final int TEXTS = 25;

    private BridgeRig rig;

    @BeforeEach
    void startRig() {
        // Each record takes so long that the end of a socket waits behind its frames while the bridge is stopped.
        rig = BridgeRig.start(platform -> platform.answering(Answering.OFF), Map.of("camel.component.kafka.linger-ms", "150"));
    }

    @AfterEach
    void stopRig() {
        rig.close();
    }

    @Test
    void givenTheEndWaitsBehindTexts_whenTheChatIsGivenAway_thenItsEndIsToldOnceWithThePlatformsReason() {
        // given
        TestChat chat = TestChat.flowing(rig, "leaving");
        for (int text = 1; text <= TEXTS; text++) {
            chat.agentSays("text " + text);
        }
        rig.platform().end(chat.platformName());
        chat.outside().awaitMessages(chat.chatId(), 1);
        assertThat(chat.events("chat-ended")).isEmpty();

        // when
        rig.stopBridge();
        assertThat(chat.report().handshakes()).isEqualTo(1);
        rig.startBridge();

        // then
        assertThat(chat.awaitEvent("chat-ended").text("reason")).isEqualTo("closed-by-platform");
        assertThat(chat.count("chat-ended")).isEqualTo(1);
        assertThat(chat.count("session-lost")).isZero();
        assertThat(chat.agentTexts()).hasSize(TEXTS);
        assertThat(chat.report().handshakes()).as("nobody asks for a session that is over").isEqualTo(1);
    }
}

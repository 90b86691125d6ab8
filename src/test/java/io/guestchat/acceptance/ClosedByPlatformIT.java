package io.guestchat.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.guestchat.harness.BridgeRig;
import io.guestchat.harness.Received;
import io.guestchat.simulator.Silence;
import io.guestchat.simulator.SimulatorOptions.Answering;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Close codes that mean more than a loss. */
class ClosedByPlatformIT {

    private static final Duration SESSION_TIMEOUT = Duration.ofSeconds(6);

    private static BridgeRig rig;

    @BeforeAll
    static void startRig() {
        rig = BridgeRig.start(platform -> platform.answering(Answering.OFF),
                Map.of("kafka.session-timeout", "6s", "chat.messages-per-second", "5"));
    }

    @AfterAll
    static void stopRig() {
        rig.close();
    }

    @AfterEach
    void platformIsWellAgain() {
        rig.platform().unsilence();
    }

    @Test
    void givenAnotherSocketTookTheSession_whenOursIsClosedWith4000_thenWeWaitASessionTimeout() {
        // given
        TestChat chat = TestChat.flowing(rig, "displaced");
        long began = System.nanoTime();

        // when
        chat.drop(4000);
        chat.agentSays("in the gap");
        chat.guestWrites("meanwhile");

        // then
        await().atMost(TestChat.PATIENCE).until(() -> chat.report().handshakes() == 2);
        assertThat(Duration.ofNanos(System.nanoTime() - began)).isGreaterThanOrEqualTo(SESSION_TIMEOUT);
        chat.assertLossesTold(1);
        chat.assertNothingLostDoubledOrShuffled();
        chat.assertEachSentOnce();
    }

    @Test
    void givenTextsOnTheirWay_whenThePlatformEndsTheChat_thenEachRequestHasItsOutcome() {
        // given
        TestChat chat = TestChat.flowing(rig, "ended");
        String settled = chat.guestWrites("settled");
        chat.awaitAnswer("message-acknowledged", settled);
        rig.platform().silence(Silence.FRAMES, Silence.PINGS, Silence.PUSHES);
        String written = chat.guestWrites("written");
        chat.awaitAnswer("message-sent", written);
        for (int text = 0; text < 20; text++) {
            chat.guestWrites("in line " + text);
        }

        // when
        rig.platform().end(chat.platformName());
        Received ended = chat.awaitEvent("chat-ended");
        String after = chat.guestWrites("too late");
        chat.awaitAnswer("request-failed", after);

        // then
        assertThat(ended.text("reason")).isEqualTo("closed-by-platform");
        Map<String, List<Received>> sent = byRequest(chat, "message-sent");
        Map<String, List<Received>> failed = byRequest(chat, "request-failed");
        assertThat(failed).doesNotContainKey(settled);
        for (int text = 2; text <= chat.written().size(); text++) {
            String request = "m" + text;
            assertThat(failed.get(request)).as("refusals of %s", request).hasSize(1);
            String code = failed.get(request).get(0).text("error.code");
            if (sent.containsKey(request)) {
                assertThat(sent.get(request)).hasSize(1);
                assertThat(code).isEqualTo("delivery-unknown");
            } else {
                assertThat(code).isIn("chat-ended", "unknown-chat");
            }
        }
        assertThat(failed.get(written).get(0).text("error.code")).isEqualTo("delivery-unknown");
        List<Received> events = rig.outside().events(chat.chatId());
        assertThat(events.stream().filter(event -> event.text("webchatSessionId") != null).reduce((one, next) -> next).orElseThrow().type())
                .isEqualTo("chat-ended");
        assertThat(chat.count("session-lost")).isZero();
    }

    @Test
    void givenAnExpiredSession_whenItsSocketIsLost_thenTheChatHasExpired() {
        // given
        TestChat chat = TestChat.flowing(rig, "expired");
        rig.platform().expire(chat.platformName());

        // when
        chat.drop(1011);

        // then
        assertThat(chat.awaitEvent("chat-ended").text("reason")).isEqualTo("expired");
        assertThat(chat.count("chat-ended")).isEqualTo(1);
    }

    private static Map<String, List<Received>> byRequest(TestChat chat, String type) {
        return chat.events(type).stream().collect(Collectors.groupingBy(event -> event.text("requestId")));
    }
}

package io.guestchat.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.guestchat.harness.OutsideSystem;
import io.guestchat.harness.Received;
import io.guestchat.simulator.CallKind;
import io.guestchat.simulator.Fault;
import io.guestchat.simulator.SimulatorOptions;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** {@code start}, where the platform refuses: it fails and leaves no chat behind. */
class RefusedStartIT {

    @RegisterExtension
    static final LiveBridge BRIDGE = LiveBridge.with(platform -> platform, Map.of("genesys.retry.max-elapsed", "3s"));

    @AfterEach
    void noFaultsAreLeft() {
        BRIDGE.platform().clearFaults();
        await("no 429 holds the next test's calls").atMost(OutsideSystem.PATIENCE).until(() -> BRIDGE.rig().get("/observe/metrics").body()
                .contains("guestchat_platform_degraded{cause=\"throttled\",pace=\"http\"} 0.0"));
    }

    @Test
    void givenThePlatformAnswers400_whenStarted_thenTheSessionIsRefused() {
        // given
        BRIDGE.platform().refuse(CallKind.SESSION, 1, Fault.refuse(400));

        // when
        BRIDGE.outside().start("s-400", "r-1");

        // then
        assertRefused("s-400", "session-refused", 400);
    }

    @Test
    void givenThePlatformAnswers403_whenStarted_thenItIsForbidden() {
        // given
        BRIDGE.platform().refuse(CallKind.SESSION, 1, Fault.refuse(403));

        // when
        BRIDGE.outside().start("s-403", "r-1");

        // then
        assertRefused("s-403", "forbidden", 403);
    }

    @Test
    void givenATokenThatLacksAScope_whenStarted_thenTheRefusalNamesIt() {
        // given
        BRIDGE.platform().reconfigure(
                platform -> platform.scope("webchat:guest:read conversation:webchat:read conversation:webchat:write"));
        BRIDGE.platform().expireTokens();

        // when
        BRIDGE.outside().start("s-scope", "r-1");

        // then
        Received failed = assertRefused("s-scope", "forbidden", 403);
        BRIDGE.platform().reconfigure(platform -> platform.scope(SimulatorOptions.ALL_SCOPES));
        BRIDGE.platform().expireTokens();
        assertThat(failed.text("error.message")).endsWith("the token lacks the scope webchat:guest:write");
    }

    @Test
    void givenThePlatformAnswers401ToAFreshTokenToo_whenStarted_thenItIsUnauthorized() {
        // given
        BRIDGE.create("warm-up-1");
        long tokens = BRIDGE.platform().counts().of(CallKind.TOKEN);
        BRIDGE.platform().refuse(CallKind.SESSION, 2, Fault.refuse(401));

        // when
        BRIDGE.outside().start("s-401", "r-1");

        // then
        assertRefused("s-401", "unauthorized", 401);
        assertThat(BRIDGE.platform().faultsLeft(CallKind.SESSION)).isZero();
        assertThat(BRIDGE.platform().counts().of(CallKind.TOKEN)).isEqualTo(tokens + 1);
    }

    @Test
    void givenTheTokenHasExpired_whenStarted_thenAFreshOneIsUsed() {
        // given
        BRIDGE.create("warm-up-2");
        BRIDGE.platform().expireTokens();

        // when
        BRIDGE.outside().start("s-fresh", "r-1");

        // then
        BRIDGE.outside().awaitAnswer("s-fresh", "session-created", "r-1");
    }

    @Test
    void givenAnAnswerThatIsNoJson_whenStarted_thenTheSessionIsRefused() {
        // given
        BRIDGE.platform().refuse(CallKind.SESSION, 1, Fault.refuse(200).body("<html>a proxy</html>"));

        // when
        BRIDGE.outside().start("s-html", "r-1");

        // then
        assertRefused("s-html", "session-refused", null);
    }

    @Test
    void givenAnAnswerWithoutASession_whenStarted_thenTheSessionIsRefused() {
        // given
        BRIDGE.platform().refuse(CallKind.SESSION, 1, Fault.refuse(200).body("{\"id\":\"1\"}"));

        // when
        BRIDGE.outside().start("s-empty", "r-1");

        // then
        assertRefused("s-empty", "session-refused", null);
    }

    @Test
    void givenAnAnswerThatNobodyExpects_whenStarted_thenItIsAPlatformError() {
        // given
        BRIDGE.platform().refuse(CallKind.SESSION, 1, Fault.refuse(418));

        // when
        BRIDGE.outside().start("s-418", "r-1");

        // then
        assertRefused("s-418", "platform-error", 418);
    }

    @Test
    void givenA503ThatPasses_whenStarted_thenTheCallIsTriedAgain() {
        // given
        BRIDGE.platform().refuse(CallKind.SESSION, 1, Fault.refuse(503));

        // when
        BRIDGE.outside().start("s-503-once", "r-1");

        // then
        BRIDGE.outside().awaitAnswer("s-503-once", "session-created", "r-1");
    }

    @Test
    void givenA503ThatStays_whenStarted_thenThePlatformIsUnavailable() {
        // given
        BRIDGE.platform().refuse(CallKind.SESSION, 1_000, Fault.refuse(503));

        // when
        BRIDGE.outside().start("s-503", "r-1");

        // then
        BRIDGE.outside().awaitAnswer("s-503", "request-failed", "r-1");
        BRIDGE.platform().clearFaults();
        assertRefused("s-503", "platform-unavailable", 503);
    }

    @Test
    void givenA429ThatStays_whenStarted_thenItIsRateLimited() {
        // given
        BRIDGE.platform().refuse(CallKind.SESSION, 1_000, Fault.refuse(429));

        // when
        BRIDGE.outside().start("s-429", "r-1");

        // then
        BRIDGE.outside().awaitAnswer("s-429", "request-failed", "r-1");
        BRIDGE.platform().clearFaults();
        assertRefused("s-429", "rate-limited", 429);
    }

    @Test
    void givenARetryAfterBeyondThePatience_whenStarted_thenItIsRateLimitedAtOnce() {
        // given
        BRIDGE.platform().refuse(CallKind.SESSION, 1, Fault.refuse(429).header("Retry-After", "3600"));

        // when
        BRIDGE.outside().start("s-3600", "r-1");

        // then
        Received failed = assertRefused("s-3600", "rate-limited", 429);
        assertThat(failed.json().at("/error/retryAfterSeconds").asInt()).isBetween(3590, 3600);
        assertThat(BRIDGE.platform().faultsLeft(CallKind.SESSION)).isZero();
    }

    @Test
    void givenARefusedStart_whenStartedAgain_thenThereIsAChat() {
        // given
        BRIDGE.platform().refuse(CallKind.SESSION, 1, Fault.refuse(400));
        BRIDGE.outside().start("s-second", "r-1");
        BRIDGE.outside().awaitAnswer("s-second", "request-failed", "r-1");

        // when
        BRIDGE.outside().start("s-second", "r-2");

        // then
        BRIDGE.outside().awaitAnswer("s-second", "session-created", "r-2");
        BRIDGE.outside().awaitEvent("s-second", "conversation-assigned");
    }

    /** The outcome, its dead letter, and no chat: the next message is for nobody. */
    private static Received assertRefused(String chat, String code, Integer status) {
        Received failed = BRIDGE.outside().awaitAnswer(chat, "request-failed", "r-1");
        assertThat(failed.text("requestType")).isEqualTo("start");
        assertThat(failed.text("error.code")).isEqualTo(code);
        assertThat(failed.text("error.message")).isNotBlank();
        assertThat(failed.text("error.status")).isEqualTo(status == null ? null : status.toString());
        Received letter = BRIDGE.outside().awaitDeadLetter(dead -> chat.equals(dead.key()));
        assertThat(letter.header("guestchat.error.code")).isEqualTo(code);
        BRIDGE.outside().message(chat, "r-2", "Is anybody there?");
        assertThat(BRIDGE.refusal(chat, "r-2")).isIn("unknown-chat", "chat-ended");
        assertThat(BRIDGE.outside().events(chat)).extracting(Received::type).containsOnly("request-failed");
        return failed;
    }
}

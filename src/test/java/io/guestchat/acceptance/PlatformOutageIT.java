package io.guestchat.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.guestchat.harness.BridgeRig;
import io.guestchat.simulator.CallCounts;
import io.guestchat.simulator.CallKind;
import io.guestchat.simulator.Fault;
import io.guestchat.simulator.SimulatorOptions.Answering;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A platform that is away, or that asks for fewer calls: it is asked seldom, and all goes on when it is back. */
class PlatformOutageIT {

    private static final int CHATS = 20;
    private static final int EVERY_CALL = 100_000;
    /** Longer than a probe is away from the next one. */
    private static final Duration A_PROBE = Duration.ofMillis(5_500);

    private static BridgeRig rig;

    @BeforeAll
    static void startRig() {
        rig = BridgeRig.start(platform -> platform.answering(Answering.OFF), Map.of("genesys.retry.max-elapsed", "40s"));
    }

    @AfterAll
    static void stopRig() {
        rig.close();
    }

    @AfterEach
    void platformIsWellAgain() {
        rig.platform().clearFaults();
    }

    @Test
    void givenAnApiThatIsAway_whenManyStart_thenOneAsksNowAndThenOthersChatsGoOnAndAllStartWhenItIsBack() {
        // given
        TestChat live = TestChat.flowing(rig, "live");
        refuseAllCalls(Fault.refuse(503));

        // when
        List<TestChat> waiting = starts("waiting");
        awaitNotReady("degraded: the platform does not answer API calls since ");

        // then
        assertThat(rig.get("/observe/health/live").statusCode()).isEqualTo(200);
        assertThat(rig.get("/observe/metrics").body())
                .contains("guestchat_platform_degraded{cause=\"no-answer\",pace=\"http\"} 1.0");
        long asked = calls();
        live.guestWrites("meanwhile");
        live.awaitEvents("message-acknowledged", 1);
        await("a probe").atMost(A_PROBE).until(() -> calls() > asked);
        assertThat(calls() - asked).isLessThanOrEqualTo(2);
        assertThat(waiting).allSatisfy(chat -> assertThat(chat.events("request-failed")).isEmpty());

        rig.platform().clearFaults();
        awaitAll(waiting, "session-connected");
        awaitReady();
        assertThat(rig.platform().counts().of(CallKind.SESSION, 200)).isGreaterThanOrEqualTo(CHATS);
    }

    @Test
    void givenHandshakesThatAreNotAnswered_whenAllSocketsAreLost_thenTheyAreNotAllTriedAndAllComeBackOnceAProbeSucceeds() {
        // given
        List<TestChat> chats = starts("sockets");
        awaitAll(chats, "conversation-assigned");
        rig.platform().refuse(CallKind.HANDSHAKE, EVERY_CALL, Fault.cut());

        // when
        rig.platform().dropAll(1012, "restart");
        awaitNotReady("degraded: the platform does not answer handshakes since ");

        // then
        long tried = handshakes();
        await().during(Duration.ofMillis(1_500)).until(() -> handshakes() - tried <= 1);

        rig.platform().clearFaults();
        chats.forEach(chat -> chat.agentSays("in the gap"));
        awaitAll(chats, "session-resumed");
        awaitReady();
        chats.forEach(TestChat::assertNothingLostDoubledOrShuffled);
        assertThat(chats).allSatisfy(chat -> assertThat(chat.count("session-lost")).isEqualTo(1));
    }

    @Test
    void givenAHandshakeThatIsTold429UntilADate_whenOtherSocketsAreLost_thenTheyWaitForItTooAndNoneIsTold429() {
        // given
        List<TestChat> chats = starts("throttled");
        awaitAll(chats, "conversation-assigned");
        long told = rig.platform().counts().of(CallKind.HANDSHAKE, 429);
        Instant date = Instant.now().plusSeconds(4);
        rig.platform().refuse(CallKind.HANDSHAKE, 1, Fault.refuse(429).header("Retry-After",
                DateTimeFormatter.RFC_1123_DATE_TIME.format(date.atOffset(ZoneOffset.UTC))));
        chats.get(0).drop(1012);
        await("one is told").atMost(TestChat.PATIENCE).until(() -> rig.platform().counts().of(CallKind.HANDSHAKE, 429) > told);
        long before = handshakes();

        // when
        chats.subList(1, CHATS).forEach(chat -> chat.drop(1012));

        // then
        await().during(Duration.ofMillis(1_500)).until(() -> handshakes() == before);
        assertThat(Instant.now()).as("it was still to be waited for").isBefore(date);
        awaitAll(chats, "session-resumed");
        assertThat(Instant.now()).isAfter(date.minusSeconds(1));
        assertThat(rig.platform().counts().of(CallKind.HANDSHAKE, 429) - told).isEqualTo(1);
        assertThat(rig.ready().statusCode()).as("it does answer").isEqualTo(200);
    }

    @Test
    void givenAnApiThatAnswers429ForAWhile_whenManyStart_thenItSeesFewCallsAndAllStartInTheEnd() {
        // given
        long told = rig.platform().counts().of(CallKind.SESSION, 429);
        refuseAllCalls(Fault.refuse(429));
        TestChat first = TestChat.requested(rig, "first");
        await("one is told").atMost(TestChat.PATIENCE).until(() -> rig.platform().counts().of(CallKind.SESSION, 429) > told);

        // when
        List<TestChat> waiting = starts("slower");
        await("it goes on").atMost(TestChat.PATIENCE).until(() -> rig.platform().counts().of(CallKind.SESSION, 429) >= told + 3);
        rig.platform().clearFaults();

        // then
        awaitAll(waiting, "session-created");
        first.awaitEvent("session-created");
        assertThat(rig.platform().counts().of(CallKind.SESSION, 429) - told).isLessThanOrEqualTo(4);
        assertThat(waiting).allSatisfy(chat -> assertThat(chat.events("request-failed")).isEmpty());
    }

    private static List<TestChat> starts(String name) {
        List<TestChat> chats = new ArrayList<>();
        for (int index = 0; index < CHATS; index++) {
            chats.add(TestChat.requested(rig, name));
        }
        return chats;
    }

    private static void refuseAllCalls(Fault fault) {
        for (CallKind kind : List.of(CallKind.SESSION, CallKind.DETAILS, CallKind.HISTORY)) {
            rig.platform().refuse(kind, EVERY_CALL, fault);
        }
    }

    private static void awaitAll(List<TestChat> chats, String event) {
        await("all " + event).atMost(TestChat.PATIENCE)
                .untilAsserted(() -> assertThat(chats).allSatisfy(chat -> assertThat(chat.count(event)).isPositive()));
    }

    private static void awaitNotReady(String message) {
        await(message).atMost(TestChat.PATIENCE).untilAsserted(() -> assertThat(rig.ready().body()).contains(message));
        assertThat(rig.ready().statusCode()).isEqualTo(503);
        assertThat(rig.ready().body()).doesNotContain(rig.simulator().baseUrl());
    }

    private static void awaitReady() {
        await("ready again").atMost(TestChat.PATIENCE).untilAsserted(() -> assertThat(rig.ready().statusCode()).isEqualTo(200));
    }

    private static long calls() {
        CallCounts counts = rig.platform().counts();
        return counts.of(CallKind.SESSION) + counts.of(CallKind.DETAILS) + counts.of(CallKind.HISTORY);
    }

    private static long handshakes() {
        return rig.platform().counts().of(CallKind.HANDSHAKE);
    }
}

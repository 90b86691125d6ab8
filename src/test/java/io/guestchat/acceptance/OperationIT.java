package io.guestchat.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.guestchat.harness.BridgeRig;
import io.guestchat.simulator.CallKind;
import io.guestchat.simulator.Fault;
import io.guestchat.simulator.SimulatorOptions.Answering;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What an operator sees: health, metrics, and that nothing of ended chats stays. */
class OperationIT {

    private static final int MANY = 300;

    private static BridgeRig rig;

    @BeforeAll
    static void startRig() {
        rig = BridgeRig.start(platform -> platform.answering(Answering.OFF).assignmentDelay(Duration.ofMillis(20)), Map.of());
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
    void givenATokenEndpointThatRefuses_whenTheTokenIsNeeded_thenReadySaysWhyAndLiveStays() {
        // given
        TestChat chat = TestChat.flowing(rig, "token");
        rig.platform().refuse(CallKind.TOKEN, 1_000, Fault.refuse(401));
        rig.platform().expireTokens();

        // when
        chat.request("s", "status");

        // then
        await("not ready").atMost(TestChat.PATIENCE).untilAsserted(() -> assertThat(rig.ready().statusCode()).isEqualTo(503));
        assertThat(rig.ready().body()).contains("no access token").doesNotContain(rig.simulator().options().clientSecret());
        assertThat(rig.get("/observe/health/live").statusCode()).isEqualTo(200);
        assertThat(chat.awaitAnswer("request-failed", "s").text("error.code")).isEqualTo("unauthorized");
        rig.platform().clearFaults();
        await("ready again").atMost(Duration.ofSeconds(60)).untilAsserted(() -> assertThat(rig.ready().statusCode()).isEqualTo(200));
        chat.request("s2", "status");
        chat.awaitAnswer("session-status", "s2");
        assertThat(chat.count("session-lost")).isZero();
    }

    @Test
    void givenChats_whenMetricsAreRead_thenTheyCountWithoutNamingAnyChat() {
        // given
        TestChat chat = TestChat.flowing(rig, "metered");
        chat.guestWrites("a text of the guest");
        chat.agentSays("a text of the agent");
        chat.awaitEvents("message-acknowledged", 1);
        chat.outside().awaitMessages(chat.chatId(), 1);
        chat.drop(1012);
        chat.awaitEvent("session-resumed");

        // when
        HttpResponse<String> metrics = rig.get("/observe/metrics");

        // then
        assertThat(metrics.statusCode()).isEqualTo(200);
        assertThat(metrics.body())
                .contains("guestchat_sessions{", "guestchat_sockets", "guestchat_requests_total{", "guestchat_messages_total{",
                        "guestchat_reconnects_total{cause=\"1012\"", "guestchat_frames_total{", "guestchat_platform_calls_total{",
                        "guestchat_requests_oldest_seconds", "guestchat_partitions_assigned")
                .doesNotContain(chat.chatId(), chat.report().webchatSessionId(), chat.report().conversationId(), "a text of the");
    }

    @Test
    void givenManyChats_whenAllHaveEnded_thenNothingOfThemStays() {
        // given
        oneRound(20);
        int threads = Thread.activeCount();

        // when
        oneRound(MANY);

        // then
        await("all is as before").atMost(Duration.ofSeconds(60)).untilAsserted(() -> {
            for (String state : List.of("starting", "connecting", "lost", "ended")) {
                assertThat(metric("guestchat_sessions\\{state=\"" + state + "\"\\}")).as(state).isZero();
            }
            assertThat(metric("guestchat_sockets")).isEqualTo(metric("guestchat_sessions\\{state=\"connected\"\\}"));
            assertThat(metric("guestchat_requests_unfinished")).isZero();
            assertThat(Thread.activeCount()).as("threads").isLessThanOrEqualTo(threads + 15);
        });
        assertThat(rig.platform().sessions().stream().filter(session -> session.displayName().startsWith("Guest many") && session.connected()))
                .isEmpty();
    }

    private static void oneRound(int count) {
        List<TestChat> chats = new ArrayList<>();
        for (int index = 0; index < count; index++) {
            TestChat chat = TestChat.requested(rig, "many");
            chat.guestWrites("hello");
            chat.request("e", "end");
            chats.add(chat);
        }
        await("all have ended").atMost(Duration.ofSeconds(120)).untilAsserted(
                () -> assertThat(chats).allSatisfy(chat -> assertThat(chat.count("chat-ended")).isEqualTo(1)));
    }

    private static double metric(String pattern) {
        Matcher matcher = Pattern.compile("(?m)^" + pattern + " (\\S+)$").matcher(rig.get("/observe/metrics").body());
        assertThat(matcher.find()).as(pattern).isTrue();
        return Double.parseDouble(matcher.group(1));
    }
}

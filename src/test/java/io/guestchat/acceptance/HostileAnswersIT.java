package io.guestchat.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.guestchat.harness.Received;
import io.guestchat.simulator.CallKind;
import io.guestchat.simulator.Fault;
import io.guestchat.simulator.SimulatorOptions.Answering;
import io.guestchat.simulator.SimulatorOptions.NextPage;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Answers that no honest platform gives: each has one outcome, and the chat's next request works. */
class HostileAnswersIT {

    private static final int TOO_LARGE = 5 * 1024 * 1024;
    private static final AtomicInteger ELSEWHERE = new AtomicInteger();

    @RegisterExtension
    static final LiveBridge BRIDGE = LiveBridge.with(platform -> platform.answering(Answering.OFF),
            Map.of("genesys.retry.max-elapsed", "20s"));

    private static HttpServer elsewhere;

    @BeforeAll
    static void startElsewhere() throws Exception {
        elsewhere = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 10);
        elsewhere.createContext("/", exchange -> {
            ELSEWHERE.incrementAndGet();
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });
        elsewhere.start();
    }

    @AfterAll
    static void stopElsewhere() {
        elsewhere.stop(0);
    }

    @AfterEach
    void platformIsWellAgain() {
        BRIDGE.platform().clearFaults();
        BRIDGE.platform().reconfigure(platform -> platform.nextPage(NextPage.PATH));
        assertThat(ELSEWHERE).as("calls to another host").hasValue(0);
    }

    private static Fault redirect(int status) {
        return Fault.refuse(status).header("Location", url() + "/api");
    }

    private static String url() {
        return "http://127.0.0.1:" + elsewhere.getAddress().getPort();
    }

    private static Fault body(String body) {
        return Fault.refuse(200).body(body);
    }

    private static String session(String id) {
        return "{\"id\":\"1\",\"webchatSessionId\":" + id + "}";
    }

    static Stream<Arguments> answersToAStart() {
        return Stream.of(
                Arguments.of("truncated", body("{\"id\":\"1\",\"webchatSess"), "session-refused"),
                Arguments.of("html", body("<!DOCTYPE html><html><body>Sign in</body></html>"), "session-refused"),
                Arguments.of("no-id", body("{\"id\":\"1\"}"), "session-refused"),
                Arguments.of("slash", body(session("\"a/b\"")), "session-refused"),
                Arguments.of("dots", body(session("\"..\"")), "session-refused"),
                Arguments.of("question", body(session("\"a?b=c\"")), "session-refused"),
                Arguments.of("space", body(session("\"a b\"")), "session-refused"),
                Arguments.of("large", body("\"" + "x".repeat(TOO_LARGE) + "\""), "platform-error"),
                Arguments.of("endless", Fault.endless(200), "platform-error"),
                Arguments.of("endless-400", Fault.endless(400), "session-refused"),
                Arguments.of("redirect-302", redirect(302), "platform-error"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("answersToAStart")
    void givenAnAnswerThatCannotBeUsed_whenAChatStarts_thenItFailsOnceAndTheNextStartWorks(String name, Fault fault, String code) {
        // given
        String chat = "start-" + name;
        BRIDGE.platform().refuse(CallKind.SESSION, 1, fault);

        // when
        BRIDGE.outside().start(chat, "r-1");

        // then
        Received failed = BRIDGE.outside().awaitAnswer(chat, "request-failed", "r-1");
        assertThat(failed.text("error.code")).isEqualTo(code);
        assertThat(failed.text("error.message")).hasSizeLessThan(500);
        assertThat(BRIDGE.platform().faultsLeft(CallKind.SESSION)).as("it was asked once").isZero();
        BRIDGE.outside().start(chat, "r-2");
        BRIDGE.outside().awaitAnswer(chat, "session-created", "r-2");
    }

    static Stream<Arguments> answersToAHistory() {
        return Stream.of(
                Arguments.of("truncated", body("{\"entities\":[{\"id\":")),
                Arguments.of("html", body("<html></html>")),
                Arguments.of("next-elsewhere-odd", body("{\"entities\":[],\"nextPage\":\"" + url() + "/x?page=2\"}")),
                Arguments.of("endless", Fault.endless(200)),
                Arguments.of("redirect", redirect(301)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("answersToAHistory")
    void givenAnAnswerThatCannotBeUsed_whenTheHistoryIsAsked_thenItFailsOnceAndTheNextOneWorks(String name, Fault fault) {
        // given
        String chat = "history-" + name;
        BRIDGE.converse(chat);
        BRIDGE.platform().refuse(CallKind.HISTORY, 1, fault);

        // when
        BRIDGE.outside().request(chat, "ask", "history");

        // then
        assertThat(BRIDGE.refusal(chat, "ask")).isEqualTo("platform-error");
        assertThat(BRIDGE.outside().history(chat)).isEmpty();
        BRIDGE.outside().request(chat, "again", "history");
        BRIDGE.outside().awaitAnswer(chat, "history-delivered", "again");
    }

    @Test
    void givenANextPageOnAnotherHost_whenTheHistoryIsAsked_thenTheNextPageIsAskedOfThePlatform() {
        // given
        BRIDGE.converse("elsewhere");
        BRIDGE.platform().refuse(CallKind.HISTORY, 1,
                body("{\"entities\":[{\"id\":\"1\",\"text\":\"one\"}],\"nextPage\":\"" + url() + "/x?pageSize=1&pageNumber=2\"}"));
        long asked = BRIDGE.platform().counts().of(CallKind.HISTORY);

        // when
        BRIDGE.outside().request("elsewhere", "ask", "history");

        // then
        BRIDGE.outside().awaitAnswer("elsewhere", "history-delivered", "ask");
        assertThat(BRIDGE.platform().counts().of(CallKind.HISTORY) - asked).isEqualTo(2);
    }

    @Test
    void givenANextPageThatNeverEnds_whenTheHistoryIsAsked_thenItIsAPlatformErrorAfterAFewCalls() {
        // given
        String session = BRIDGE.converse("circle");
        BRIDGE.platform().say(session, "Hello");
        BRIDGE.platform().reconfigure(platform -> platform.nextPage(NextPage.ENDLESS));
        long asked = BRIDGE.platform().counts().of(CallKind.HISTORY);

        // when
        BRIDGE.outside().request("circle", "ask", "history");

        // then
        assertThat(BRIDGE.refusal("circle", "ask")).isEqualTo("platform-error");
        assertThat(BRIDGE.platform().counts().of(CallKind.HISTORY) - asked).isLessThanOrEqualTo(5);
    }

    static Stream<Arguments> answersToDetails() {
        return Stream.of(
                Arguments.of("truncated", body("{\"status\":"), "platform-error"),
                Arguments.of("without-status", body("{\"id\":\"1\",\"status\":null}"), "platform-error"),
                Arguments.of("redirect", redirect(303), "platform-error"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("answersToDetails")
    void givenAnAnswerThatCannotBeUsed_whenTheStatusIsAsked_thenItFailsOnceAndTheNextOneWorks(String name, Fault fault, String code) {
        // given
        String chat = "status-" + name;
        BRIDGE.converse(chat);
        BRIDGE.platform().refuse(CallKind.DETAILS, 1, fault);

        // when
        BRIDGE.outside().request(chat, "ask", "status");

        // then
        assertThat(BRIDGE.refusal(chat, "ask")).isEqualTo(code);
        BRIDGE.outside().request(chat, "again", "status");
        BRIDGE.outside().awaitAnswer(chat, "session-status", "again");
    }

    @Test
    void givenASlowAnswer_whenTheHistoryIsAsked_thenOnlyItsChatsRequestsWait() {
        // given
        BRIDGE.converse("slow");
        BRIDGE.converse("quick");
        BRIDGE.platform().refuse(CallKind.HISTORY, 1, Fault.slow(Duration.ofSeconds(2)));

        // when
        BRIDGE.outside().request("slow", "ask", "history");
        BRIDGE.outside().request("quick", "ask", "status");

        // then
        BRIDGE.outside().awaitAnswer("quick", "session-status", "ask");
        assertThat(BRIDGE.outside().events("slow")).noneMatch(event -> "ask".equals(event.text("requestId")));
        BRIDGE.outside().awaitAnswer("slow", "history-delivered", "ask");
    }

    @Test
    void givenARedirectedHandshake_whenAChatConnects_thenItIsNotFollowedAndTriedAgain() {
        // given
        BRIDGE.platform().refuse(CallKind.HANDSHAKE, 1, redirect(302));

        // when
        TestChat chat = TestChat.requested(BRIDGE.rig(), "moved");

        // then
        chat.awaitEvent("session-connected");
        assertThat(BRIDGE.platform().faultsLeft(CallKind.HANDSHAKE)).isZero();
    }
}

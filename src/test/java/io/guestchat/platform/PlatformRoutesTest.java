package io.guestchat.platform;

import static io.guestchat.dialect.PlatformCall.Kind.CREATE_SESSION;
import static io.guestchat.dialect.PlatformCall.Kind.GAP;
import static io.guestchat.dialect.PlatformCall.Kind.HISTORY;
import static io.guestchat.dialect.PlatformCall.Kind.POLL;
import static io.guestchat.dialect.PlatformCall.Kind.SESSION_DETAILS;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.guestchat.contract.Failure;
import io.guestchat.dialect.PlatformCall.Kind;
import io.guestchat.platform.Loopback.Answer;
import io.guestchat.platform.Loopback.Request;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.component.http.HttpEndpoint;
import org.apache.camel.support.MessageHelper;
import org.apache.hc.client5.http.config.Configurable;
import org.apache.hc.client5.http.config.RequestConfig;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class PlatformRoutesTest {

    private Loopback platform;
    private Routes routes;

    @BeforeEach
    void start() throws Exception {
        platform = new Loopback();
        routes = new Routes(platform.url(), Duration.ofMillis(1500));
    }

    @AfterEach
    void stop() {
        routes.close();
        platform.close();
    }

    @Test
    void givenAPost_whenCalled_thenTheRequestIsWordedAndTheAnswerIsItsBytes() {
        platform.next.add(Answer.of(200, "{\"id\":\"ä\"}"));

        Exchange done = routes.send(CREATE_SESSION);

        assertThat(done.getException()).isNull();
        assertThat(done.getMessage().getBody()).isInstanceOf(byte[].class);
        assertThat(new String((byte[]) done.getMessage().getBody(), StandardCharsets.UTF_8)).isEqualTo("{\"id\":\"ä\"}");
        Request request = platform.calls.get(0);
        assertThat(request.method()).isEqualTo("POST");
        assertThat(request.uri()).isEqualTo("/api/sessions");
        assertThat(request.body()).isEqualTo("{\"displayName\":\"Ann Lee\"}");
        assertThat(request.header("Authorization")).isEqualTo("Bearer SECRET-1");
        assertThat(request.header("Content-Type")).isEqualTo("application/json");
        assertThat(routes.counted("create-session", "200")).isEqualTo(1);
        Request token = platform.tokenCalls.get(0);
        assertThat(token.body()).isEqualTo("grant_type=client_credentials");
        assertThat(token.header("Content-Type")).isEqualTo("application/x-www-form-urlencoded");
        assertThat(token.header("Authorization"))
                .isEqualTo("Basic " + Base64.getEncoder().encodeToString("client:hush".getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void givenAGetWithEncodedPathAndQuery_whenCalled_thenBothArriveAsTheyAre() {
        assertThat(routes.send(HISTORY).getException()).isNull();

        assertThat(platform.calls.get(0).method()).isEqualTo("GET");
        assertThat(platform.calls.get(0).uri()).isEqualTo("/api/things/a%2Fb%3Fc?pageSize=50&pageNumber=1");
        assertThat(platform.calls.get(0).header("Content-Type")).isNull();
    }

    @Test
    @SuppressWarnings("deprecation")
    void givenTheEndpoints_whenTheirClientsAreMade_thenEveryWaitHasAnEnd() {
        List<HttpEndpoint> endpoints = routes.context.getEndpoints().stream()
                .filter(HttpEndpoint.class::isInstance).map(HttpEndpoint.class::cast).toList();

        assertThat(endpoints).hasSize(2).allSatisfy(endpoint -> {
            // What camel-http does not know as an option would be sent as a query.
            assertThat(endpoint.getHttpUri().getQuery()).isNull();
            RequestConfig config = ((Configurable) endpoint.getHttpClient()).getConfig();
            assertThat(config.getResponseTimeout().toSeconds()).isEqualTo(15);
            assertThat(config.getConnectTimeout().toSeconds()).isEqualTo(5);
            assertThat(config.getConnectionRequestTimeout().toSeconds()).isEqualTo(5);
        });
    }

    @Test
    void givenNoContent_whenCalled_thenTheBodyIsEmptyBytes() {
        platform.next.add(Answer.of(204, ""));

        assertThat(routes.send(HISTORY).getMessage().getBody()).isEqualTo(new byte[0]);
    }

    @ParameterizedTest
    @CsvSource({
        "400, CREATE_SESSION, session-refused", "400, HISTORY, platform-error",
        "403, CREATE_SESSION, forbidden", "404, HISTORY, not-found", "404, GAP, not-found",
        "404, SESSION_DETAILS, not-found", "404, POLL, not-found", "404, CREATE_SESSION, platform-error",
        "409, CREATE_SESSION, platform-error", "302, HISTORY, platform-error", "307, CREATE_SESSION, platform-error",
    })
    void givenAFinalStatus_whenCalled_thenOneAttemptAndTheContractsCode(int status, Kind kind, String code) {
        platform.next.add(Answer.of(status, "{\"message\":\"Ann Lee: no\",\"code\":\"c.1\"}",
                "Location", platform.url() + "/elsewhere", "Retry-After", "1"));

        Exchange done = routes.send(kind);

        Failure failure = Routes.failure(done);
        assertThat(failure.code()).isEqualTo(code);
        assertThat(failure.status()).isEqualTo(status);
        assertThat(failure.message()).contains(Integer.toString(status)).contains("(c.1)");
        assertThat(failure.retryAfterSeconds()).isNull();
        assertThat(platform.calls).hasSize(1);
        assertThat(done.getMessage().getHeaders().keySet()).allMatch(name -> name.startsWith("CamelRedeliver"));
        assertThat(done.getMessage().getBody()).isEqualTo(Routes.call(kind));
        if (kind == CREATE_SESSION) {
            assertThat(failure.message()).doesNotContain("Ann");
        }
    }

    @ParameterizedTest
    @CsvSource({"408, platform-unavailable", "429, rate-limited", "500, platform-unavailable", "503, platform-unavailable"})
    void givenAPassingStatusThatStays_whenTheTimeIsUp_thenTheContractsCode(int status, String code) {
        platform.otherwise = request -> Answer.of(status, "busy");

        long before = System.nanoTime();
        Failure failure = Routes.failure(routes.send(CREATE_SESSION));

        assertThat(failure.code()).isEqualTo(code);
        assertThat(failure.status()).isEqualTo(status);
        // A 429 holds for a second at least.
        assertThat(platform.calls).hasSizeGreaterThan(status == 429 ? 0 : 2);
        assertThat(Duration.ofNanos(System.nanoTime() - before)).isBetween(Duration.ofMillis(1400), Duration.ofSeconds(6));
        assertThat(routes.counted("create-session", Integer.toString(status))).isEqualTo(platform.calls.size());
    }

    @ParameterizedTest
    @CsvSource({"408", "500", "502", "503", "504"})
    void givenAPassingStatusThatPasses_whenCalled_thenTheAnswerAndTheSameRequestAgain(int status) {
        platform.next.add(Answer.of(status, "busy"));
        platform.next.add(Answer.of(status, "busy"));
        platform.next.add(Answer.of(200, "{\"id\":1}"));

        Exchange done = routes.send(CREATE_SESSION);

        assertThat(done.getException()).isNull();
        assertThat(done.getMessage().getBody(String.class)).isEqualTo("{\"id\":1}");
        assertThat(done.getMessage().getHeaders()).isEmpty();
        assertThat(platform.calls).hasSize(3).extracting(Request::body).containsOnly("{\"displayName\":\"Ann Lee\"}");
    }

    @Test
    void givenACallThatWasTriedInVain_whenWhatFollowsItsCatchFails_thenThatIsTriedAgain() throws Exception {
        platform.otherwise = request -> Answer.of(503, "busy");
        AtomicInteger tried = new AtomicInteger();
        routes.context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:caller").errorHandler(noErrorHandler())
                        .doTry().to("direct:call-platform").doCatch(Exception.class).to("direct:kafka").end();
                from("direct:kafka").errorHandler(defaultErrorHandler().maximumRedeliveries(3).redeliveryDelay(1))
                        .process(exchange -> {
                            if (tried.incrementAndGet() < 3) {
                                throw new IOException("not yet");
                            }
                        });
            }
        });

        Exchange done = routes.template.send("direct:caller", exchange -> exchange.getMessage().setBody(Routes.call(HISTORY)));

        assertThat(done.getException()).isNull();
        assertThat(tried).hasValue(3);
    }

    @Test
    void givenNoServer_whenTheTimeIsUp_thenPlatformUnavailableWithoutAStatus() throws Exception {
        try (Routes nowhere = new Routes("http://127.0.0.1:1", Duration.ofMillis(300))) {
            Failure failure = Routes.failure(nowhere.send(HISTORY));

            assertThat(failure.code()).isEqualTo("platform-unavailable");
            assertThat(failure.status()).isNull();
            assertThat(failure.message()).contains("refuses connections").doesNotContain("127.0.0.1");
            assertThat(nowhere.counted("token", "none")).isPositive();
        }
    }

    @Test
    void givenRetryAfterInSeconds_whenCalled_thenNeverSooner() {
        platform.next.add(Answer.of(503, "busy", "rEtry-aFter", "1"));

        long before = System.nanoTime();
        Exchange done = routes.send(HISTORY);

        assertThat(done.getException()).isNull();
        assertThat(System.nanoTime() - before).isGreaterThanOrEqualTo(Duration.ofSeconds(1).toNanos());
        assertThat(platform.calls).hasSize(2);
    }

    @Test
    void givenRetryAfterAsADate_whenBeyondWhatIsLeft_thenFailsAtOnceAndSaysHowLong() {
        String inAMinute = DateTimeFormatter.RFC_1123_DATE_TIME.format(Instant.now().plusSeconds(60).atOffset(ZoneOffset.UTC));
        platform.next.add(Answer.of(429, "busy", "Retry-After", inAMinute));

        Failure failure = Routes.failure(routes.send(HISTORY));

        assertThat(failure.code()).isEqualTo("rate-limited");
        assertThat(failure.retryAfterSeconds()).isBetween(58L, 60L);
        assertThat(platform.calls).hasSize(1);
    }

    @Test
    void givenRetryAfterBeyondWhatIsLeftOn503_whenCalled_thenFailsAtOnceAndOthersAreNotHeld() {
        platform.next.add(Answer.of(503, "busy", "Retry-After", "600"));

        assertThat(Routes.failure(routes.send(HISTORY)).retryAfterSeconds()).isEqualTo(600);
        assertThat(routes.send(HISTORY).getException()).isNull();
    }

    @Test
    void givenA429WithRetryAfter_whenAnotherCallIsMade_thenItWaitsToo() throws Exception {
        platform.next.add(Answer.of(429, "busy", "Retry-After", "1"));
        try (Routes patient = new Routes(platform.url(), Duration.ofSeconds(30))) {
            CompletableFuture<Exchange> first = patient.begin(HISTORY);
            await().until(() -> patient.counted("history", "429") == 1);

            long before = System.nanoTime();
            assertThat(patient.send(GAP).getException()).isNull();

            assertThat(Duration.ofNanos(System.nanoTime() - before)).isGreaterThan(Duration.ofMillis(700));
            assertThat(first.join().getException()).isNull();
        }
    }

    @Test
    void givenARefusedToken_whenAFreshOneIsTaken_thenTheCallSucceeds() {
        platform.otherwise = request ->
                Answer.of("Bearer SECRET-1".equals(request.header("Authorization")) ? 401 : 200, "{}");

        assertThat(routes.send(HISTORY).getException()).isNull();

        assertThat(platform.calls).extracting(request -> request.header("Authorization"))
                .containsExactly("Bearer SECRET-1", "Bearer SECRET-2");
        assertThat(platform.tokenCalls).hasSize(2);
    }

    @Test
    void givenEveryTokenIsRefused_whenCalled_thenUnauthorizedAfterOneFreshToken() {
        platform.otherwise = request -> Answer.of(401, "{\"message\":\"no\"}");

        Failure failure = Routes.failure(routes.send(HISTORY));

        assertThat(failure.code()).isEqualTo("unauthorized");
        assertThat(failure.status()).isEqualTo(401);
        assertThat(platform.calls).hasSize(2);
        assertThat(platform.tokenCalls).hasSize(2);
    }

    @Test
    void givenAWrongClient_whenCalled_thenUnauthorizedAndTheApiIsNotCalled() {
        platform.nextTokens.add(Answer.of(401, "{\"error\":\"invalid_client\"}"));

        Failure failure = Routes.failure(routes.send(HISTORY));

        assertThat(failure.code()).isEqualTo("unauthorized");
        assertThat(failure.message()).contains("token endpoint").contains("invalid_client");
        assertThat(platform.calls).isEmpty();
        assertThat(platform.tokenCalls).hasSize(1);
        assertThat(routes.beans.tokens().obtainable().reason()).contains("invalid_client");
    }

    @Test
    void givenATokenEndpointThatFailsForAMoment_whenCalled_thenTheFetchIsTriedAgain() {
        platform.nextTokens.add(Answer.of(503, ""));
        platform.nextTokens.add(Answer.of(429, ""));

        assertThat(routes.send(HISTORY).getException()).isNull();

        assertThat(platform.tokenCalls).hasSize(3);
        assertThat(routes.counted("token", "503")).isEqualTo(1);
    }

    @Test
    void givenAScopeThatLacksOne_whenForbidden_thenTheMessageNamesIt() {
        platform.scope = "webchat:guest:read";
        platform.next.add(Answer.of(403, "{\"message\":\"no\"}"));

        assertThat(Routes.failure(routes.send(CREATE_SESSION)).message()).contains("lacks the scope webchat:guest:write");
    }

    @Test
    void givenAHundredCallersAtOnce_whenThereIsNoToken_thenOneTokenCall() {
        List<CompletableFuture<Exchange>> calls = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            calls.add(routes.begin(HISTORY));
        }

        assertThat(calls).allSatisfy(call -> assertThat(call.join().getException()).isNull());
        assertThat(platform.calls).hasSize(100);
        assertThat(platform.tokenCalls).hasSize(1);
    }

    @Test
    void givenTwoHundredWaitWhileThePlatformIsAway_whenItIsBack_thenAllGoOnAndMeanwhileFewCallsAreMadeAndNoThreadIsHeld() throws Exception {
        try (Routes patient = new Routes(platform.url(), Duration.ofSeconds(30))) {
            platform.otherwise = request -> Answer.of(503, "busy");
            for (Kind kind : Kind.values()) {
                patient.begin(kind);
            }
            await().until(() -> patient.beans.noAnswer().isPresent());
            int before = platform.calls.size();
            List<CompletableFuture<Exchange>> waiting = new ArrayList<>();
            for (int i = 0; i < 200; i++) {
                waiting.add(patient.begin(i % 2 == 0 ? CREATE_SESSION : HISTORY));
            }
            await().atMost(8, SECONDS).until(() -> platform.calls.size() > before);

            await().untilAsserted(() -> assertThat(busyThreads()).isEmpty());
            assertThat(platform.calls).as("one has asked").hasSize(before + 1);
            assertThat(waiting).noneMatch(CompletableFuture::isDone);

            platform.otherwise = request -> Answer.of(200, "{}");
            assertThat(waiting).allSatisfy(call -> assertThat(call.get(8, SECONDS).getException()).isNull());
            assertThat(patient.beans.noAnswer()).isEmpty();
        }
    }

    @Test
    void givenThePlatformIsAway_whenTheTimeOfACallIsUpInTheLine_thenItIsUnavailableThen() throws Exception {
        platform.otherwise = request -> Answer.of(503, "busy");
        try (Routes brief = new Routes(platform.url(), Duration.ofSeconds(2))) {
            List<CompletableFuture<Exchange>> calls = new ArrayList<>();
            for (Kind kind : Kind.values()) {
                calls.add(brief.begin(kind));
            }
            await().until(() -> brief.beans.noAnswer().isPresent());
            int made = platform.calls.size();

            long before = System.nanoTime();
            Failure failure = Routes.failure(brief.send(HISTORY));

            assertThat(failure.code()).isEqualTo("platform-unavailable");
            assertThat(failure.message()).contains("not made");
            assertThat(Duration.ofNanos(System.nanoTime() - before)).isBetween(Duration.ofMillis(1900), Duration.ofMillis(3500));
            assertThat(platform.calls).hasSize(made);
            assertThat(calls).allSatisfy(call -> assertThat(Routes.failure(call.get(2, SECONDS)).status()).isEqualTo(503));
        }
    }

    @Test
    void givenOneCallThatAlwaysFails_whenAnotherComes_thenItIsTriedAtOnce() throws Exception {
        platform.otherwise = request -> Answer.of(request.method().equals("GET") ? 500 : 200, "{}");
        try (Routes patient = new Routes(platform.url(), Duration.ofSeconds(30))) {
            patient.begin(HISTORY);
            await().atMost(10, SECONDS).until(() -> patient.beans.noAnswer().isPresent());

            assertThat(patient.begin(CREATE_SESSION).get(2, SECONDS).getException()).isNull();

            assertThat(patient.beans.noAnswer()).isEmpty();
        }
    }

    @Test
    void givenManyCallsAndA429ForAWhile_whenItPasses_thenFewCallsWereAnsweredSoAndAllSucceed() throws Exception {
        try (Routes patient = new Routes(platform.url(), Duration.ofSeconds(30))) {
            platform.otherwise = request -> Answer.of(429, "slow down");
            CompletableFuture<Exchange> first = patient.begin(CREATE_SESSION);
            await().until(() -> patient.counted("create-session", "429") == 1);

            List<CompletableFuture<Exchange>> calls = new ArrayList<>();
            for (int i = 0; i < 100; i++) {
                calls.add(patient.begin(CREATE_SESSION));
            }
            await().atMost(8, SECONDS).until(() -> patient.counted("create-session", "429") >= 2);
            platform.otherwise = request -> Answer.of(200, "{}");

            assertThat(calls).allSatisfy(call -> assertThat(call.get(10, SECONDS).getException()).isNull());
            assertThat(first.get(10, SECONDS).getException()).isNull();
            assertThat(patient.counted("create-session", "429")).isLessThanOrEqualTo(3);
        }
    }

    private static List<String> busyThreads() {
        return Thread.getAllStackTraces().entrySet().stream()
                .filter(thread -> thread.getKey().getName().startsWith("platform-call")
                        || thread.getKey().getName().contains("ProducerTemplate")
                        || thread.getKey().getName().contains("ErrorHandler"))
                .filter(thread -> Stream.of(thread.getValue())
                        .anyMatch(frame -> frame.getClassName().startsWith("org.apache.camel.processor")
                                || frame.getClassName().startsWith("io.guestchat")))
                .map(thread -> thread.getKey().getName())
                .toList();
    }

    @Test
    void givenAPaceOfTwo_whenThreeCall_thenTheThirdWaitsWithoutAThreadAndWithoutAnAttempt() throws Exception {
        try (Routes slow = new Routes(platform.url(), Duration.ofMillis(200), 2, Duration.ofSeconds(30))) {
            slow.send(POLL);
            slow.send(POLL);
            CompletableFuture<Exchange> third = slow.begin(POLL);

            await().until(() -> slow.meters.get("guestchat.platform.waiting")
                    .tags("pace", "http", "priority", "2").gauge().value() == 1);
            await().untilAsserted(() -> assertThat(busyThreads()).isEmpty());
            assertThat(third).isNotDone();
            assertThat(platform.calls).hasSize(2);
        }
    }

    @Test
    void givenHeadersOnTheExchange_whenCalled_thenNoneReachesTheServerAndNoneOfTheServersComesBack() {
        platform.next.add(Answer.of(200, "{}", "kafka.OVERRIDE_TOPIC", "evil", "CamelHttpUri", "http://evil", "X-Any", "1",
                "Set-Cookie", "a=b", "Content-Type", "text/plain; charset=none-such"));

        Exchange done = routes.begin(SESSION_DETAILS, exchange -> {
            exchange.getMessage().setHeader("CamelHttpUri", "http://127.0.0.1:1/{{genesys.url}}");
            exchange.getMessage().setHeader("CamelRestHttpUri", "http://127.0.0.1:1/");
            exchange.getMessage().setHeader("CamelHttpRawQuery", "evil=1");
            exchange.getMessage().setHeader("guestSecret", "x");
            exchange.getMessage().setHeader("kafka.KEY", "chat");
            exchange.getMessage().setHeader("Authorization", "Basic evil");
        }).join();

        assertThat(done.getException()).isNull();
        assertThat(done.getMessage().getHeaders()).isEmpty();
        Request request = platform.calls.get(0);
        assertThat(request.headers().keySet()).extracting(String::toLowerCase).containsExactlyInAnyOrder(
                "authorization", "accept", "accept-encoding", "connection", "host", "user-agent");
        assertThat(request.header("Authorization")).isEqualTo("Bearer SECRET-1");
        assertThat(request.uri()).isEqualTo("/api/things/a%2Fb%3Fc?pageSize=50&pageNumber=1");
        assertThat(done.getProperties()).doesNotContainKey(Exchange.CHARSET_NAME);
        assertThat(routes.send(SESSION_DETAILS).getException()).isNull();
        assertThat(platform.calls.get(1).header("Cookie")).isNull();
    }

    @ParameterizedTest
    @EnumSource(value = Kind.class, names = {"CREATE_SESSION", "HISTORY"})
    void givenAnyOutcome_whenTheExchangeIsDumped_thenNoTokenAndNoSecretIsInIt(Kind kind) {
        for (int status : new int[] {200, 401, 403}) {
            platform.otherwise = request -> Answer.of(status, "{}");

            Exchange done = routes.send(kind);

            String dump = MessageHelper.dumpMessageHistoryStacktrace(done, null, true)
                    + MessageHelper.dumpAsJSon(done.getMessage(), true)
                    + done.getProperties() + done.getException() + routes.context.getEndpoints();
            assertThat(dump).doesNotContain("SECRET").doesNotContain("hush").doesNotContain("Y2xpZW50Omh1c2g");
            assertThat(dump).doesNotContain("Ann Lee");
        }
    }

    @Test
    void givenTwoCallsOnOneExchange_whenTheFirstWasRefusedItsToken_thenTheSecondHasAFreshTokenOfItsOwn() {
        platform.next.add(Answer.of(401, ""));
        Exchange done = routes.send(HISTORY);
        platform.next.add(Answer.of(401, ""));

        done.getMessage().setBody(Routes.call(HISTORY));
        routes.template.send("direct:call-platform", done);

        assertThat(done.getException()).isNull();
        assertThat(platform.calls).hasSize(4);
    }

    @Test
    void givenTheBridgeDrains_whenACallWaitsForItsTurn_thenItEndsAtOnce() throws Exception {
        try (Routes slow = new Routes(platform.url(), Duration.ofSeconds(30), 1, Duration.ofSeconds(30))) {
            slow.send(POLL);
            CompletableFuture<Exchange> second = slow.begin(POLL);

            slow.beans.stopping();

            assertThat(Routes.failure(second.get(5, SECONDS)).code()).isEqualTo("platform-unavailable");
        }
    }

    @Test
    void givenTheContextStops_whenACallWaitsForItsNextAttempt_thenItEnds() throws Exception {
        CountDownLatch asked = new CountDownLatch(1);
        try (Routes stopping = new Routes(platform.url(), Duration.ofSeconds(30))) {
            platform.otherwise = request -> {
                asked.countDown();
                return Answer.of(503, "busy", "Retry-After", "1");
            };
            CompletableFuture<Exchange> call = stopping.begin(HISTORY);
            assertThat(asked.await(5, SECONDS)).isTrue();

            stopping.context.stop();

            assertThat(call.get(5, SECONDS).getException()).isNotNull();
        }
    }
}

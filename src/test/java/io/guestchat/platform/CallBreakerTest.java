package io.guestchat.platform;

import static org.assertj.core.api.Assertions.assertThat;

import io.guestchat.contract.RequestFailedException;
import io.guestchat.dialect.PlatformCall;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.Test;

class CallBreakerTest {

    private static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");
    private static final Duration MINUTE = Duration.ofMinutes(1);

    private final FakeTimer timer = new FakeTimer();
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final Backoff throttle = new Backoff(Duration.ofSeconds(1), Duration.ofSeconds(30), new Random(3));
    private final CallBreaker breaker =
            new CallBreaker("http", throttle, MINUTE, timer, Clock.fixed(NOON, ZoneOffset.UTC)).measuredBy(meters);
    private final CallPace pace = new CallPace("http", 100, 3, breaker, timer, meters);
    private final List<String> given = new ArrayList<>();

    private void ask(String... names) {
        for (String name : names) {
            pace.turn(0).thenRun(() -> given.add(name));
        }
    }

    private void fail(int times) {
        for (int i = 0; i < times; i++) {
            breaker.unanswered();
        }
    }

    private double degraded(String cause) {
        return meters.get("guestchat.platform.degraded").tags("pace", "http", "cause", cause).gauge().value();
    }

    @Test
    void givenFailuresWithAnAnswerBetween_whenCallsAreMade_thenNobodyWaits() {
        fail(4);
        breaker.answered();
        fail(4);

        ask("a", "b");

        assertThat(given).containsExactly("a", "b");
        assertThat(breaker.noAnswerSince()).isEmpty();
    }

    @Test
    void givenNoAnswerFiveTimes_whenMoreCallsCome_thenOneProbesEveryFiveSecondsAndTheRestWaitsInOrder() {
        fail(5);
        ask("a", "b", "c", "d");

        assertThat(given).isEmpty();
        timer.advance(Duration.ofMillis(4_999));
        assertThat(given).isEmpty();
        timer.advance(Duration.ofMillis(1));
        assertThat(given).containsExactly("a");
        timer.advance(Duration.ofSeconds(30));
        assertThat(given).as("the probe is under way").containsExactly("a");
        breaker.unanswered();
        timer.advance(Duration.ofSeconds(5));
        assertThat(given).containsExactly("a", "b");
        assertThat(breaker.noAnswerSince()).contains(NOON);
        assertThat(degraded("no-answer")).isEqualTo(1);

        breaker.answered();

        assertThat(given).containsExactly("a", "b", "c", "d");
        assertThat(breaker.noAnswerSince()).isEmpty();
        assertThat(degraded("no-answer")).isZero();
        assertThat(timer.armed()).as("nobody waits").isLessThanOrEqualTo(1);
    }

    @Test
    void givenTwoCallsThatKeepFailing_whenAnotherComes_thenItIsTriedAtOnceAndTellsWhetherThePlatformIsAway() {
        breaker.unanswered("one");
        for (int i = 0; i < 4; i++) {
            breaker.unanswered("two");
        }
        ask("one");
        breaker.newcomer("one");
        assertThat(given).as("no newcomer").isEmpty();

        breaker.newcomer("three");
        ask("three");

        assertThat(given).containsExactly("one", "three");
        breaker.unanswered("three");
        breaker.newcomer("four");
        ask("four");
        assertThat(given).as("three are no coincidence").doesNotContain("four");
        assertThat(breaker.noAnswerSince()).contains(NOON);
        timer.advance(Duration.ofSeconds(5));
        assertThat(given).contains("four");
    }

    @Test
    void givenALateAnswer_whenThePlatformSeemedAway_thenItIsThere() {
        fail(5);
        ask("a", "b");

        breaker.answered();

        assertThat(given).containsExactly("a", "b");
    }

    @Test
    void givenAProbeThatMakesNoCall_whenItSaysSo_thenTheNextOneProbes() {
        fail(5);
        ask("a", "b", "c");
        timer.advance(Duration.ofSeconds(5));

        breaker.unused();

        assertThat(given).containsExactly("a", "b");
    }

    @Test
    void givenAProbeThatIsNeverHeardOf_whenItsTimeIsUp_thenTheNextOneProbes() {
        fail(5);
        ask("a", "b", "c");

        timer.advance(Duration.ofSeconds(96));

        assertThat(given).containsExactly("a", "b");
    }

    @Test
    void givenAProbeThatGaveUpWaiting_whenItsTurnComes_thenTheNextOneProbes() {
        fail(5);
        CompletableFuture<Void> gaveUp = pace.turn(0).toCompletableFuture();
        ask("a", "b");

        gaveUp.cancel(false);
        timer.advance(Duration.ofSeconds(5));

        assertThat(given).containsExactly("a");
    }

    @Test
    void givenNobodyCallsAnyMore_whenAMinuteHasPassed_thenNobodyKnowsThatThePlatformIsAway() {
        fail(5);
        timer.advance(Duration.ofSeconds(64));
        assertThat(breaker.noAnswerSince()).isPresent();

        timer.advance(Duration.ofSeconds(2));

        assertThat(breaker.noAnswerSince()).isEmpty();
    }

    @Test
    void givenA429ThatSaysForHowLong_whenCallsCome_thenNoneIsMadeBeforeAndThenOne() {
        breaker.throttled(Duration.ofSeconds(30));
        breaker.throttled(Duration.ofSeconds(5));
        ask("a", "b", "c");

        timer.advance(Duration.ofMillis(29_999));
        assertThat(given).isEmpty();
        assertThat(degraded("throttled")).isEqualTo(1);
        assertThat(breaker.noAnswerSince()).as("it does answer").isEmpty();
        timer.advance(Duration.ofMillis(1));
        assertThat(given).containsExactly("a");
        breaker.answered();
        assertThat(given).containsExactly("a", "b", "c");
    }

    @Test
    void givenA429AfterAnother_whenTheSecondAsksForLonger_thenTheLongerOneCounts() {
        breaker.throttled(Duration.ofSeconds(5));
        breaker.throttled(Duration.ofSeconds(30));
        ask("a");

        timer.advance(Duration.ofSeconds(29));
        assertThat(given).isEmpty();
        timer.advance(Duration.ofSeconds(1));
        assertThat(given).containsExactly("a");
    }

    @Test
    void givenA200AskedForBeforeThe429_whenItComes_thenTheHoldStays() {
        breaker.throttled(Duration.ofSeconds(30));
        ask("a");

        breaker.answered();

        assertThat(given).isEmpty();
    }

    @Test
    void given429sThatDoNotSayForHowLong_whenTheyStay_thenThePauseGrowsUpToHalfAMinuteAndASuccessEndsIt() {
        List<Long> pauses = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            breaker.throttled(null);
            breaker.throttled(null);
            pauses.add(pause("probe-" + i));
        }
        assertThat(pauses).allSatisfy(millis -> assertThat(millis).isBetween(1_000L, 31_001L));
        assertThat(pauses.get(0)).isLessThanOrEqualTo(2_001L);
        assertThat(pauses).as("it has grown").anySatisfy(millis -> assertThat(millis).isGreaterThan(10_000L));

        breaker.answered();
        breaker.throttled(null);

        assertThat(pause("again")).isLessThanOrEqualTo(2_001L);
    }

    private long pause(String name) {
        ask(name);
        long millis = 0;
        while (!given.contains(name)) {
            timer.advance(Duration.ofMillis(1));
            millis++;
        }
        return millis;
    }

    @Test
    void givenA429ThatAsksForLongerThanAnyCallIsTried_whenCallsCome_thenAShortPauseHoldsThem() {
        breaker.throttled(Duration.ofHours(1));

        assertThat(pause("a")).isBetween(1_000L, 2_001L);
    }

    @Test
    void givenAThrottle_whenItsProbeFailsOtherwise_thenTheThrottleIsOverAndItIsNoOutageYet() {
        breaker.throttled(Duration.ofSeconds(1));
        ask("a", "b");
        timer.advance(Duration.ofSeconds(1));

        breaker.unanswered();

        assertThat(given).containsExactly("a", "b");
        assertThat(breaker.noAnswerSince()).isEmpty();
    }

    @Test
    void givenACallWhoseTimeEndsWhileNobodyIsAnswered_whenItIsUp_thenItFailsThenAndIsNotMade() {
        fail(5);
        CompletableFuture<Void> turn = turnWithin(Duration.ofSeconds(3));

        timer.advance(Duration.ofMillis(2_999));
        assertThat(turn).isNotDone();
        timer.advance(Duration.ofMillis(1));

        assertThat(turn).failsWithin(Duration.ZERO).withThrowableOfType(Exception.class)
                .satisfies(error -> assertThat(((RequestFailedException) error.getCause()).failure().code())
                        .isEqualTo("platform-unavailable"));
        ask("a");
        timer.advance(Duration.ofSeconds(2));
        assertThat(given).as("who gave up is no probe").containsExactly("a");
    }

    @Test
    void givenACallWhoseTimeEndsWhileAll429sAreWaitedFor_whenItIsUp_thenItIsRateLimitedAndSaysForHowLong() {
        breaker.throttled(Duration.ofSeconds(20));
        CompletableFuture<Void> turn = turnWithin(Duration.ofSeconds(3));

        timer.advance(Duration.ofSeconds(3));

        assertThat(turn).failsWithin(Duration.ZERO).withThrowableOfType(Exception.class).satisfies(error -> {
            assertThat(((RequestFailedException) error.getCause()).failure().code()).isEqualTo("rate-limited");
            assertThat(((RequestFailedException) error.getCause()).failure().retryAfterSeconds()).isEqualTo(17);
        });
    }

    @Test
    void givenACallThatWaitsForOurOwnPace_whenItsTimeIsUpMeanwhile_thenItWaitsOnAndOnlyThePlatformsTimeCounts() {
        for (int i = 0; i < 100; i++) {
            ask("n" + i);
        }
        CompletableFuture<Void> turn = turnWithin(Duration.ofSeconds(3));
        timer.advance(Duration.ofSeconds(40));
        assertThat(turn).isNotDone();
        fail(5);

        timer.advance(Duration.ofMillis(2_999));
        assertThat(turn).isNotDone();
        timer.advance(Duration.ofMillis(1));

        assertThat(turn).isCompletedExceptionally();
    }

    private CompletableFuture<Void> turnWithin(Duration budget) {
        DefaultExchange exchange = new DefaultExchange(new DefaultCamelContext());
        CallAttempts.begin(exchange, new PlatformCall(PlatformCall.Kind.GAP, "GET", "/", null, null), budget, timer);
        return new TurnPatience(pace, timer).turn(CallAttempts.of(exchange)).toCompletableFuture();
    }
}

package io.guestchat.platform;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class CallPaceTest {

    private final FakeTimer timer = new FakeTimer();
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final List<String> order = new ArrayList<>();

    private CallPace pace(int perMinute) {
        CallBreaker breaker = new CallBreaker("http", new Backoff(Duration.ofSeconds(1), Duration.ofSeconds(2), new Random(1)),
                Duration.ofMinutes(2), timer, Clock.systemUTC());
        return new CallPace("http", perMinute, 3, breaker, timer, meters);
    }

    private CompletableFuture<Void> ask(CallPace pace, int priority, String name) {
        CompletableFuture<Void> turn = pace.turn(priority).toCompletableFuture();
        turn.thenRun(() -> order.add(name));
        return turn;
    }

    @Test
    void givenNTurnsAMinute_whenMoreAsk_thenNGoAtOnceAndTheRestSixtySecondsLater() {
        CallPace pace = pace(3);

        for (int i = 1; i <= 7; i++) {
            ask(pace, 0, "c" + i);
        }

        assertThat(order).containsExactly("c1", "c2", "c3");
        timer.advance(Duration.ofMillis(59_999));
        assertThat(order).hasSize(3);
        timer.advance(Duration.ofMillis(1));
        assertThat(order).containsExactly("c1", "c2", "c3", "c4", "c5", "c6");
        timer.advance(Duration.ofSeconds(60));
        assertThat(order).hasSize(7);
        assertThat(timer.armed()).as("nobody waits, no timer").isZero();
    }

    @Test
    void givenAnyArrivals_whenLookedAtAfterwards_thenNoWindowHasMoreThanN() {
        CallPace pace = pace(10);
        Random random = new Random(7);
        List<Long> given = new ArrayList<>();

        for (int i = 0; i < 500; i++) {
            pace.turn(random.nextInt(3)).thenRun(() -> given.add(timer.nanoTime()));
            timer.advance(Duration.ofMillis(random.nextInt(9000)));
            assertThat(timer.armed()).isLessThanOrEqualTo(1);
        }
        timer.advance(Duration.ofHours(1));

        assertThat(given).hasSize(500);
        for (int i = 10; i < given.size(); i++) {
            assertThat(given.get(i) - given.get(i - 10)).isGreaterThanOrEqualTo(Duration.ofSeconds(60).toNanos());
        }
    }

    @Test
    void givenManyWait_whenATurnIsFree_thenTheMostUrgentGoesFirstAndEqualsInOrder() {
        CallPace pace = pace(1);
        ask(pace, 0, "first");

        ask(pace, 2, "poll1");
        ask(pace, 1, "gap1");
        ask(pace, 0, "start1");
        ask(pace, 2, "poll2");
        ask(pace, 0, "start2");

        assertThat(meters.get("guestchat.platform.waiting").tag("priority", "2").gauge().value()).isEqualTo(2);
        timer.advance(Duration.ofMinutes(5));
        assertThat(order).containsExactly("first", "start1", "start2", "gap1", "poll1", "poll2");
        assertThat(meters.get("guestchat.platform.waiting").tag("priority", "2").gauge().value()).isZero();
    }

    @Test
    void givenACancelledTurn_whenItsTimeComes_thenTheNextOneGetsIt() {
        CallPace pace = pace(1);
        ask(pace, 0, "first");
        CompletableFuture<Void> gaveUp = ask(pace, 0, "gave up");
        ask(pace, 0, "next");

        gaveUp.cancel(false);
        timer.advance(Duration.ofSeconds(60));

        assertThat(order).containsExactly("first", "next");
    }

    @Test
    void givenTheBreakerOpensWhileOthersWait_whenTheArmedTimerFiresEarly_thenItArmsTheNext() {
        CallPace pace = pace(1);
        ask(pace, 0, "first");
        ask(pace, 0, "second");

        pace.breaker().throttled(Duration.ofSeconds(90));

        timer.advance(Duration.ofSeconds(89));
        assertThat(order).containsExactly("first");
        timer.advance(Duration.ofSeconds(1));
        assertThat(order).containsExactly("first", "second");
    }

    @Test
    void givenSomebodyWaits_whenClosed_thenThatFailsAndSoDoesWhatComesLater() {
        CallPace pace = pace(1);
        ask(pace, 0, "first");
        CompletableFuture<Void> waited = ask(pace, 0, "second");

        pace.close();

        assertThat(waited).isCompletedExceptionally();
        assertThat(ask(pace, 0, "third")).isCompletedExceptionally();
        timer.advance(Duration.ofMinutes(2));
        assertThat(order).containsExactly("first");
    }
}

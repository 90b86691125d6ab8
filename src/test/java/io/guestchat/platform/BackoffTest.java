package io.guestchat.platform;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Random;
import java.util.function.LongUnaryOperator;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BackoffTest {

    private static final Duration BASE = Duration.ofMillis(200);
    private static final Duration CAP = Duration.ofSeconds(10);

    @Test
    void givenTheLargestDraw_whenAttemptsFail_thenDelaysDoubleUpToTheCap() {
        Backoff backoff = new Backoff(BASE, CAP, drawing(bound -> bound - 1));

        assertThat(IntStream.of(1, 2, 3, 6, 7, 100, Integer.MAX_VALUE)
                .mapToObj(attempt -> backoff.delay(attempt, Duration.ZERO).toMillis()))
                .containsExactly(200L, 400L, 800L, 6400L, 10_000L, 10_000L, 10_000L);
    }

    @Test
    void givenTheSmallestDraw_whenAnAttemptFails_thenTheJitterIsFull() {
        assertThat(new Backoff(BASE, CAP, drawing(bound -> 0)).delay(5, Duration.ZERO)).isZero();
    }

    @Test
    void givenRetryAfter_whenDrawn_thenNeverSoonerAndNotAllInOneInstant() {
        Backoff backoff = new Backoff(BASE, CAP, new Random(1));

        assertThat(IntStream.range(0, 200).mapToObj(i -> backoff.delay(3, Duration.ofSeconds(7))))
                .allSatisfy(delay -> assertThat(delay).isBetween(Duration.ofSeconds(7), Duration.ofMillis(7800)))
                .satisfies(delays -> assertThat(delays.stream().distinct().count()).isGreaterThan(50));
    }

    private static RandomGenerator drawing(LongUnaryOperator draw) {
        return new RandomGenerator() {
            @Override
            public long nextLong() {
                throw new UnsupportedOperationException();
            }

            @Override
            public long nextLong(long bound) {
                return draw.applyAsLong(bound);
            }
        };
    }
}

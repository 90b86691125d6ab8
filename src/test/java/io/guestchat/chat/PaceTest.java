package io.guestchat.chat;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PaceTest {

    private static final long MILLI = 1_000_000;
    private static final long SECOND = 1_000 * MILLI;

    @Test
    void givenABurst_whenTheShareIsUsed_thenTheNextWaitsForTheOldestToBeASecondAgo() {
        // given
        Pace pace = new Pace(2);

        // then
        assertThat(pace.waitNanos(0)).isZero();
        pace.take(0);
        assertThat(pace.waitNanos(300 * MILLI)).isZero();
        pace.take(300 * MILLI);
        assertThat(pace.waitNanos(400 * MILLI)).isEqualTo(600 * MILLI);
        assertThat(pace.waitNanos(SECOND)).isZero();
        pace.take(SECOND);
        assertThat(pace.waitNanos(SECOND)).isEqualTo(300 * MILLI);
        assertThat(pace.waitNanos(10 * SECOND)).isZero();
    }

    @ParameterizedTest
    @ValueSource(longs = {0, -5 * SECOND, Long.MAX_VALUE - 2 * SECOND})
    void givenAnyOriginOfTheClock_whenTextsGoAsSoonAsTheyMay_thenNoSecondHasTooMany(long origin) {
        // given
        Pace pace = new Pace(5);
        Random random = new Random(7);
        List<Long> sent = new ArrayList<>();

        // when
        long elapsed = 0;
        for (int text = 0; text < 500; text++) {
            elapsed += random.nextInt(3) == 0 ? random.nextInt((int) SECOND) : 0;
            elapsed += pace.waitNanos(origin + elapsed);
            assertThat(pace.waitNanos(origin + elapsed)).isZero();
            pace.take(origin + elapsed);
            sent.add(elapsed);
        }

        // then
        for (int text = 5; text < sent.size(); text++) {
            assertThat(sent.get(text) - sent.get(text - 5)).isGreaterThanOrEqualTo(SECOND);
        }
    }
}

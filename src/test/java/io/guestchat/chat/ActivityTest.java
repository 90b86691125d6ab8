package io.guestchat.chat;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ActivityTest {

    private final Activity activity = new Activity();

    @ParameterizedTest
    @CsvSource({
        "40, 40",
        "100, 100",
        // An older version has not written it.
        "0, 100",
        "-1, 100",
        // A former owner's clock was ahead.
        "101, 100"})
    void givenAFormerOwnersChat_whenItIsTakenUp_thenItsTimeGoesOnWhereItIsKnown(long known, long last) {
        activity.restored(known);

        activity.takenUp(100);

        assertThat(activity.lastMillis()).isEqualTo(last);
    }

    @Test
    void givenAChat_whenSomethingGoesThrough_thenItsTimeBeginsAnew() {
        assertThat(activity.lastMillis()).isZero();

        activity.seen(7);

        assertThat(activity.lastMillis()).isEqualTo(7);
    }
}

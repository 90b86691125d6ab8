package io.guestchat.bench;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ScheduleTest {

    private static final long SECOND = 1_000_000_000L;

    @Test
    void givenARate_whenTextsAreDue_thenTheyAreEvenlySpreadFromTheStartOn() {
        Schedule schedule = new Schedule(7, 4);

        assertThat(schedule.due(0)).isEqualTo(7);
        assertThat(schedule.due(1)).isEqualTo(7 + SECOND / 4);
        assertThat(schedule.due(6)).isEqualTo(7 + SECOND + SECOND / 2);
    }

    @Test
    void givenARateThatDoesNotDivideASecond_whenAnHourHasPassed_thenNothingHasBeenRoundedAway() {
        assertThat(new Schedule(0, 300).due(300 * 3_600L)).isEqualTo(3_600 * SECOND);
        assertThat(new Schedule(0, 7).due(1)).isEqualTo(SECOND / 7);
    }

    @Test
    void givenSomeChats_whenTextsAreSent_thenTheyTakeTurns() {
        assertThat(Schedule.chat(0, 3)).isZero();
        assertThat(Schedule.chat(2, 3)).isEqualTo(2);
        assertThat(Schedule.chat(3, 3)).isZero();
    }
}

package io.guestchat.chat;

import static org.assertj.core.api.Assertions.assertThat;

import io.guestchat.dialect.PlatformFrame.AgentText;
import java.util.List;
import org.junit.jupiter.api.Test;

class GapReadingTest {

    @Test
    void givenAReadingUnderWay_whenAnotherIsBegun_thenOnlyTheLaterCounts() {
        // given
        Gap gap = new Gap();
        int first = gap.reading();
        gap.textCame(new AgentText("between the two", null, null));

        // when
        int second = gap.reading();

        // then
        assertThat(gap.closes(List.of("between the two"))).as("the second reading has the text").isTrue();
        assertThat(gap.newer()).isEmpty();
        assertThat(gap.isReading(first)).as("the first one may lack it").isFalse();
        assertThat(gap.isReading(second)).isTrue();
    }

    @Test
    void givenAHistoryThatWasRead_whenAnotherReadingIsBegun_thenThePongOfTheFirstSaysNothing() {
        // given
        Gap gap = new Gap();
        gap.reading();
        gap.read(History.of(List.of()), 7);

        // when
        gap.reading();

        // then
        assertThat(gap.isPong(7)).isFalse();
    }
}

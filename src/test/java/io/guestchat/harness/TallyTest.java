package io.guestchat.harness;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class TallyTest {

    @Test
    void givenTextsThatCameAsSent_whenCounted_thenNothingIsWrong() {
        assertThat(Tally.of(List.of("a", "b", "b", "c"), List.of("a", "b", "b", "c"))).isEqualTo(Tally.CLEAN);
    }

    @Test
    void givenALostADoubledAndAShuffledText_whenCounted_thenEachIsCountedBySelf() {
        assertThat(Tally.of(List.of("a", "b", "c"), List.of("a", "c"))).isEqualTo(new Tally(1, 0, 0));
        assertThat(Tally.of(List.of("a", "b", "c"), List.of("a", "b", "b", "c"))).isEqualTo(new Tally(0, 1, 0));
        assertThat(Tally.of(List.of("a", "b", "c"), List.of("b", "a", "c"))).isEqualTo(new Tally(0, 0, 1));
    }

    @Test
    void givenEqualTexts_whenOneOfThemIsLost_thenItIsCounted() {
        assertThat(Tally.of(List.of("a", "a", "a"), List.of("a", "a"))).isEqualTo(new Tally(1, 0, 0));
    }
}

package io.guestchat.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.guestchat.harness.Tally;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DirectionTest {

    private static final Fault FAULT = new Fault(at(10), at(12));

    @Test
    void givenTextsUnderWayAtTheFault_whenAskedSinceWhenAllFlow_thenOnlyWhatWasSaidAfterItCounts() {
        Direction direction = new Direction(
                Map.of("a", List.of(new Said("a0", at(9)), new Said("a1", at(11)), new Said("a2", at(13)))),
                Map.of("a", List.of(new Said("a0", at(15)), new Said("a1", at(16)), new Said("a2", at(20)))));

        assertThat(direction.flowsAgain(FAULT)).contains(Duration.ofSeconds(10));
    }

    @Test
    void givenTwoChats_whenOneIsSlower_thenItTellsTheTime() {
        Direction direction = new Direction(
                Map.of("a", List.of(new Said("a0", at(13))), "b", List.of(new Said("b0", at(13)))),
                Map.of("a", List.of(new Said("a0", at(14))), "b", List.of(new Said("b0", at(17)))));

        assertThat(direction.flowsAgain(FAULT)).contains(Duration.ofSeconds(7));
        assertThat(direction.slowest()).isEqualTo(Duration.ofSeconds(4));
    }

    @Test
    void givenTwoChats_whenOneIsStillSilent_thenNotAllFlow() {
        Direction direction = new Direction(
                Map.of("a", List.of(new Said("a0", at(13))), "b", List.of(new Said("b0", at(9)), new Said("b1", at(13)))),
                Map.of("a", List.of(new Said("a0", at(14))), "b", List.of(new Said("b0", at(15)))));

        assertThat(direction.flowsAgain(FAULT)).isEmpty();
    }

    @Test
    void givenALostADoubledAndAShuffledText_whenCounted_thenTheChatIsNamedWithThem() {
        Direction direction = new Direction(
                Map.of("a", List.of(said("a0"), said("a1"), said("a2"), said("a3")), "b", List.of(said("b0"))),
                Map.of("a", List.of(said("a1"), said("a0"), said("a2"), said("a2")), "b", List.of(said("b0"))));

        assertThat(direction.faulty()).containsExactly(Map.entry("a", new Tally(1, 1, 1)));
        assertThat(direction.missing("a")).containsExactly("a3");
        assertThat(direction.sent()).isEqualTo(5);
        assertThat(direction.received()).isEqualTo(5);
    }

    private static Said said(String text) {
        return new Said(text, at(1));
    }

    private static Instant at(int second) {
        return Instant.ofEpochSecond(second);
    }
}

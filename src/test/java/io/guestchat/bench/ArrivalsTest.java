package io.guestchat.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.guestchat.harness.Tally;
import org.junit.jupiter.api.Test;

class ArrivalsTest {

    private final Arrivals arrivals = new Arrivals(2);

    private void send(int chat, int texts) {
        for (int text = 0; text < texts; text++) {
            assertThat(arrivals.next(chat)).isEqualTo(text);
        }
    }

    @Test
    void givenTextsOfTwoChats_whenAllCameOnceInOrder_thenNothingIsWrong() {
        send(0, 2);
        send(1, 1);

        assertThat(arrivals.arrived(0, 0, 1)).isTrue();
        assertThat(arrivals.arrived(1, 0, 1)).isTrue();
        assertThat(arrivals.arrived(0, 1, 2)).isTrue();

        assertThat(arrivals.tally()).isEqualTo(Tally.CLEAN);
        assertThat(arrivals.sent()).isEqualTo(3);
    }

    @Test
    void givenATextThatHasNotCome_whenCounted_thenItIsLost() {
        send(0, 3);

        arrivals.arrived(0, 0, 1);
        arrivals.arrived(0, 2, 2);

        assertThat(arrivals.tally()).isEqualTo(new Tally(1, 0, 0));
    }

    @Test
    void givenATextThatComesAfterALaterOne_whenCounted_thenItIsOutOfOrderAndNotLost() {
        send(0, 3);

        arrivals.arrived(0, 1, 1);
        arrivals.arrived(0, 0, 2);
        arrivals.arrived(0, 2, 3);

        assertThat(arrivals.tally()).isEqualTo(new Tally(0, 0, 1));
    }

    @Test
    void givenATextThatComesUnderTwoIds_whenCounted_thenItIsDoubled() {
        send(0, 1);

        arrivals.arrived(0, 0, 1);

        assertThat(arrivals.arrived(0, 0, 2)).isFalse();
        assertThat(arrivals.tally()).isEqualTo(new Tally(0, 1, 0));
        assertThat(arrivals.again()).isZero();
    }

    @Test
    void givenATextThatComesAgainUnderItsId_whenCounted_thenItIsTheSame() {
        send(0, 1);

        arrivals.arrived(0, 0, 1);

        assertThat(arrivals.arrived(0, 0, 1)).isFalse();
        assertThat(arrivals.tally()).isEqualTo(Tally.CLEAN);
        assertThat(arrivals.again()).isEqualTo(1);
    }

    @Test
    void givenTextsWithoutIds_whenOneComesAgain_thenItIsDoubled() {
        send(0, 1);

        arrivals.arrived(0, 0, Arrivals.NO_ID);
        arrivals.arrived(0, 0, Arrivals.NO_ID);

        assertThat(arrivals.tally()).isEqualTo(new Tally(0, 1, 0));
    }
}

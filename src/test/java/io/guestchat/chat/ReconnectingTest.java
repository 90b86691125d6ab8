package io.guestchat.chat;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ReconnectingTest {

    private final Reconnecting reconnecting = new Reconnecting();

    @Test
    void givenASocket_whenAsked_thenItIsNotDown() {
        assertThat(reconnecting.downFor(1_000)).isZero();
        assertThat(reconnecting.lostFor(1_000)).isZero();
    }

    @Test
    void givenALoss_whenItIsToldAgain_thenTheTimeCountsFromTheFirst() {
        reconnecting.down(-50);
        reconnecting.down(100);

        assertThat(reconnecting.downFor(150)).isEqualTo(200);
        reconnecting.up();
        assertThat(reconnecting.downFor(500)).isZero();
        reconnecting.down(600);
        assertThat(reconnecting.downFor(700)).isEqualTo(100);
    }

    @Test
    void givenALoss_whenTheNextSocketIsOpen_thenItIsStillKnownHowLongAgoItWas() {
        reconnecting.down(100);
        reconnecting.up();

        assertThat(reconnecting.lostFor(350)).isEqualTo(250);
    }

    @Test
    void givenFailures_whenASocketOpens_thenCountingAndTheFreshTokenBeginAnew() {
        assertThat(reconnecting.failed()).isEqualTo(1);
        assertThat(reconnecting.failed()).isEqualTo(2);
        assertThat(reconnecting.mayTryFreshToken()).isTrue();
        assertThat(reconnecting.mayTryFreshToken()).isFalse();

        reconnecting.up();

        assertThat(reconnecting.failed()).isEqualTo(1);
        assertThat(reconnecting.mayTryFreshToken()).isTrue();
    }
}

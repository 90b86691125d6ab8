package io.guestchat.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class WindowMeterTest {

    private static final long MS = 1_000_000;

    private final WindowMeter meter = new WindowMeter();

    @Test
    void givenNoWindow_whenATextArrives_thenItIsNotCounted() {
        meter.arrived(1 * MS, 2 * MS);

        assertThat(meter.arrived()).isZero();
    }

    @Test
    void givenATextOfBeforeTheWindow_whenItArrivesInIt_thenItCountsAsArrivedAndItsTimeDoesNot() {
        meter.open(100 * MS);
        meter.arrived(50 * MS, 101 * MS);

        assertThat(meter.arrived()).isEqualTo(1);
        assertThat(meter.percentile(100)).isZero();
    }

    @Test
    void givenATextThatWasDueInTheWindow_whenItArrivesLongAfterIt_thenItsTimeCounts() {
        meter.open(100 * MS);
        meter.close(200 * MS);
        meter.arrived(150 * MS, 950 * MS);

        assertThat(meter.arrived()).isZero();
        assertThat(meter.percentile(99)).isCloseTo(800, within(1.0));
    }

    @Test
    void givenADriverThatWasHeldUp_whenItsTextsArrive_thenTheirTimeIsFromWhenTheyWereDue() {
        meter.open(0);
        // Both are sent at 500, as nothing could be sent before, and take 10.
        meter.arrived(100 * MS, 510 * MS);
        meter.arrived(490 * MS, 510 * MS);

        assertThat(meter.percentile(100)).isCloseTo(410, within(1.0));
        assertThat(meter.percentile(50)).isCloseTo(20, within(1.0));
    }

    @Test
    void givenAWindow_whenAnotherIsOpened_thenItBeginsWithNothing() {
        meter.open(0);
        meter.arrived(1 * MS, 2 * MS);

        meter.open(10 * MS);

        assertThat(meter.arrived()).isZero();
        assertThat(meter.percentile(100)).isZero();
    }
}

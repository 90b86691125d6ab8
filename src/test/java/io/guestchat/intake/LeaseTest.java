package io.guestchat.intake;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

import org.junit.jupiter.api.Test;

class LeaseTest {
    private final AtomicLong nanos = new AtomicLong();

    @Test
    void givenTheGroupsPatience_whenNothingRenewsTheLease_thenItRunsOutASecondBeforeThat() {
        Lease lease = Lease.within(Duration.ofSeconds(10), nanos::get);
        assertThat(lease.isHeld()).as("never renewed").isFalse();

        lease.renewed(nanos.get());
        nanos.set(Duration.ofSeconds(9).toNanos() - 1);
        assertThat(lease.isHeld()).isTrue();
        nanos.incrementAndGet();

        assertThat(lease.isHeld()).isFalse();
    }

    @Test
    void givenAShortPatience_whenNothingRenewsTheLease_thenItRunsOutAThirdBeforeThat() {
        Lease lease = Lease.within(Duration.ofMillis(1500), nanos::get);

        lease.renewed(nanos.get());
        nanos.set(Duration.ofSeconds(1).toNanos() - 1);
        assertThat(lease.isHeld()).isTrue();
        nanos.incrementAndGet();

        assertThat(lease.isHeld()).isFalse();
    }

    @Test
    void givenALease_whenAQuarterOfItIsOver_thenItIsDue() {
        Lease lease = Lease.within(Duration.ofSeconds(9), nanos::get);
        assertThat(lease.isDue()).as("never renewed").isTrue();

        lease.renewed(nanos.get());
        nanos.set(Duration.ofSeconds(2).toNanos() - 1);
        assertThat(lease.isDue()).isFalse();
        nanos.incrementAndGet();

        assertThat(lease.isDue()).isTrue();
    }

    @Test
    void givenAClockThatWrapsRound_whenAsked_thenOnlyTheDifferenceCounts() {
        Lease lease = Lease.within(Duration.ofSeconds(10), nanos::get);
        nanos.set(Long.MAX_VALUE - 1);

        lease.renewed(nanos.get());
        nanos.addAndGet(Duration.ofSeconds(5).toNanos());

        assertThat(lease.isHeld()).isTrue();
    }
}

package io.guestchat.socket;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;

import io.guestchat.socket.Keepalive.Verdict;
import org.junit.jupiter.api.Test;

class KeepaliveTest {

    /** Monotonic clocks may stand anywhere, also shortly before they wrap. */
    private static final long START = Long.MAX_VALUE - Duration.ofSeconds(20).toNanos();

    private final Keepalive keepalive = new Keepalive(SocketOptions.defaults(), at(5));

    @Test
    void givenAnOpenSocket_whenItsFirstPingIsDue_thenOneIsSentAndTheNextAPeriodLater() {
        assertThat(keepalive.check(at(4.9))).isEqualTo(Verdict.WAIT);
        assertThat(keepalive.check(at(5))).isEqualTo(Verdict.PING);
        keepalive.pong();
        assertThat(keepalive.check(at(19.9))).isEqualTo(Verdict.WAIT);
        assertThat(keepalive.check(at(20))).isEqualTo(Verdict.PING);
    }

    @Test
    void givenAPing_whenNoPongComesInTime_thenThePeerIsSilent() {
        keepalive.check(at(5));

        assertThat(keepalive.check(at(14.9))).isEqualTo(Verdict.WAIT);
        assertThat(keepalive.check(at(15))).isEqualTo(Verdict.SILENT);
    }

    @Test
    void givenAPing_whenReadingPauses_thenNobodyIsJudgedUntilAfterAPingThatFollows() {
        keepalive.check(at(5));
        keepalive.pause();

        assertThat(keepalive.check(at(100))).isEqualTo(Verdict.WAIT);
        keepalive.resume();
        assertThat(keepalive.check(at(101))).isEqualTo(Verdict.PING);
        assertThat(keepalive.check(at(110.9))).isEqualTo(Verdict.WAIT);
        assertThat(keepalive.check(at(111))).isEqualTo(Verdict.SILENT);
    }

    private static long at(double seconds) {
        return START + (long) (seconds * 1e9);
    }
}

package io.guestchat.socket;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.buffer.Buffer;
import org.junit.jupiter.api.Test;

class PingLedgerTest {

    private final PingLedger ledger = new PingLedger();

    @Test
    void givenPingsThatWereAsked_whenPongsCome_thenEachIsTakenOnceAndOnlyForwards() {
        ledger.next();
        long second = ledger.next();
        long third = ledger.next();

        assertThat(ledger.answered(PingLedger.payload(second))).hasValue(second);
        assertThat(ledger.answered(PingLedger.payload(second))).isEmpty();
        assertThat(ledger.answered(PingLedger.payload(1))).isEmpty();
        assertThat(ledger.answered(PingLedger.payload(third))).hasValue(third);
    }

    @Test
    void givenPongsThatNobodyAskedFor_whenTheyCome_thenTheyAreNotTaken() {
        assertThat(ledger.answered(PingLedger.payload(1))).isEmpty();
        assertThat(ledger.answered(PingLedger.payload(-1))).isEmpty();
        assertThat(ledger.answered(PingLedger.KEEPALIVE)).isEmpty();
        assertThat(ledger.answered(Buffer.buffer())).isEmpty();
    }
}

package io.guestchat.flow;

import io.guestchat.platform.CallBreaker;
import io.guestchat.platform.RetryAfter;
import io.guestchat.socket.HandshakeRefusal;
import java.time.Clock;

/** What a handshake says of the platform, whatever it means to its chat. Stateless; any thread. */
final class HandshakeOutcome {

    private static final int TOO_MANY_REQUESTS = 429;
    private static final int SERVER_ERROR = 500;

    private final CallBreaker breaker;
    private final Clock clock;

    HandshakeOutcome(CallBreaker breaker, Clock clock) {
        this.breaker = breaker;
        this.clock = clock;
    }

    void opened() {
        breaker.answered();
    }

    void refused(HandshakeRefusal refusal) {
        if (refusal.wasCancelled()) {
            breaker.unused();
        } else if (refusal.status() == null || refusal.status() >= SERVER_ERROR) {
            breaker.unanswered();
        } else if (refusal.status() == TOO_MANY_REQUESTS) {
            breaker.throttled(refusal.retryAfter() == null ? null
                    : RetryAfter.parse(refusal.retryAfter().strip(), clock.instant()).orElse(null));
        } else {
            breaker.answered();
        }
    }
}

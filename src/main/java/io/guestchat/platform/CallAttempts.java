package io.guestchat.platform;

import io.guestchat.dialect.PlatformCall;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import org.apache.camel.Exchange;

/**
 * What one call has been through, over all its attempts. It travels as a property of the exchange, so one thread at a time is in
 * it: whoever has the exchange. It shows nothing of the call but its kind.
 */
final class CallAttempts {

    private static final String PROPERTY = "guestchat.platform.attempts";

    private final PlatformCall call;
    private final Duration budget;
    private final Timer timer;
    private final long begunAt;

    private int failed;
    private long waitedForTurns;
    private AccessToken token;
    private boolean tokenRefused;
    private boolean freshTokenGiven;

    private CallAttempts(PlatformCall call, Duration budget, Timer timer) {
        this.call = call;
        this.budget = budget;
        this.timer = timer;
        this.begunAt = timer.nanoTime();
    }

    /**
     * Begins the count on an exchange.
     *
     * @param call null for the call that fetches a token
     * @param budget for how long it may be tried again
     */
    static void begin(Exchange exchange, PlatformCall call, Duration budget, Timer timer) {
        exchange.setProperty(PROPERTY, new CallAttempts(call, budget, timer));
    }

    static CallAttempts of(Exchange exchange) {
        CallAttempts attempts = exchange.getProperty(PROPERTY, CallAttempts.class);
        if (attempts == null) {
            throw new IllegalStateException("no call to the platform was begun on this exchange");
        }
        return attempts;
    }

    /** Empty for the call that fetches a token. */
    Optional<PlatformCall> call() {
        return Optional.ofNullable(call);
    }

    /** For a metric label: the kind, in small letters. */
    String label() {
        return call == null ? "token" : call.kind().name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    int failed() {
        return failed;
    }

    Duration budget() {
        return budget;
    }

    /**
     * What is left of the budget; negative where it is used up. Waiting for a turn does not count: our own pace must not fail a
     * call that the platform was never asked for.
     */
    Duration remaining() {
        return budget.minusNanos(timer.nanoTime() - begunAt - waitedForTurns);
    }

    void waitedForTurn(long nanos) {
        waitedForTurns += nanos;
    }

    void authorizedBy(AccessToken token) {
        this.token = token;
    }

    /** The attempt has been answered or has failed: the token is let go. */
    Optional<AccessToken> releaseToken() {
        AccessToken used = token;
        token = null;
        return Optional.ofNullable(used);
    }

    void attemptFailed(boolean tokenRefused) {
        this.failed++;
        this.tokenRefused = tokenRefused;
    }

    /** True once a call: after the platform refused a token for the first time. */
    boolean mayTryFreshToken() {
        if (tokenRefused && !freshTokenGiven) {
            freshTokenGiven = true;
            return true;
        }
        return false;
    }

    @Override
    public String toString() {
        return "CallAttempts[" + label() + ", failed=" + failed + "]";
    }
}

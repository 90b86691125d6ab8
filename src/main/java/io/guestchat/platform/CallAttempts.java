package io.guestchat.platform;

import io.guestchat.contract.Failure;
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
    private boolean reachedThePlatform;
    private boolean turnGiven;
    private long waitedForTurns;
    private Failure lastAnswer;
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

    /** Tells calls apart: another attempt, and the same call made anew, are the same. Holds nothing of it. */
    Object what() {
        return call == null ? 0 : call.hashCode();
    }

    /** For a metric label: the kind, in small letters. */
    String label() {
        return call == null ? "token" : call.kind().name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    int failed() {
        return failed;
    }

    /**
     * What is left of the budget; negative where it is used up. Waiting for a turn does not count, as our own pace must not fail
     * a call that the platform was never asked for; but waiting for the platform does, {@link CallBreaker}.
     */
    Duration remaining() {
        return budget.minusNanos(timer.nanoTime() - begunAt - waitedForTurns);
    }

    /** @param nanos waited for our own pace */
    void waitedForTurn(long nanos) {
        waitedForTurns += nanos;
    }

    void turnGiven() {
        turnGiven = true;
    }

    /** @return whether there was a turn, of which somebody has to be told what came of it */
    boolean endTurn() {
        boolean given = turnGiven;
        turnGiven = false;
        return given;
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

    /** The attempt ended before it reached the platform. */
    void notMade() {
        failed++;
        tokenRefused = false;
        reachedThePlatform = false;
    }

    void attemptFailed(Failure answer, boolean tokenRefused) {
        failed++;
        reachedThePlatform = true;
        lastAnswer = answer;
        this.tokenRefused = tokenRefused;
    }

    /** Whether the last attempt did: if not, it is no use to stand in line at once. */
    boolean reachedThePlatform() {
        return reachedThePlatform;
    }

    /** What the last attempt that reached the platform was told, or that it was told nothing. */
    Optional<Failure> lastAnswer() {
        return Optional.ofNullable(lastAnswer);
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

package io.guestchat.platform;

import io.guestchat.contract.ErrorCode;
import io.guestchat.contract.Failure;
import io.guestchat.contract.RequestFailedException;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.apache.camel.Exchange;

/**
 * Decides whether a failed attempt is followed by another, and when. Camel's {@code RedeliveryErrorHandler} asks after each
 * failure, and only then reads the delay from the message's header, which it throws away with the rest of the message before the
 * next attempt. Stateless; any thread.
 */
public final class PlatformRetries {

    /** The platform may answer otherwise next time. Every other code is final. */
    private static final Set<String> PASSING =
            Set.of(ErrorCode.RATE_LIMITED.code(), ErrorCode.PLATFORM_UNAVAILABLE.code());

    private final Backoff backoff;
    private final BooleanSupplier held;
    private final BooleanSupplier stopping;

    /**
     * @param held whether calls are held back: then the next attempt waits in their line, not on its own, so that it goes on when
     *        they do
     * @param stopping whether the bridge is on its way out: then no attempt follows another
     */
    PlatformRetries(Backoff backoff, BooleanSupplier held, BooleanSupplier stopping) {
        this.backoff = backoff;
        this.held = held;
        this.stopping = stopping;
    }

    /** Called by the routes as the predicate of {@code retryWhile}. */
    public boolean again(Exchange exchange) {
        RequestFailedException failed = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, RequestFailedException.class);
        Optional<Duration> delay = delay(CallAttempts.of(exchange), failed.failure());
        delay.ifPresent(wait -> exchange.getIn().setHeader(Exchange.REDELIVERY_DELAY, wait.toMillis()));
        return delay.isPresent();
    }

    private Optional<Duration> delay(CallAttempts attempts, Failure failure) {
        if (stopping.getAsBoolean()) {
            return Optional.empty();
        }
        if (attempts.mayTryFreshToken()) {
            return Optional.of(Duration.ZERO);
        }
        Duration remaining = attempts.remaining();
        if (!PASSING.contains(failure.code()) || remaining.toMillis() <= 0) {
            return Optional.empty();
        }
        Duration floor = failure.retryAfterSeconds() == null ? Duration.ZERO : Duration.ofSeconds(failure.retryAfterSeconds());
        if (floor.compareTo(remaining) > 0) {
            // Told now rather than after a wait that can't help (contract: "then at once").
            return Optional.empty();
        }
        boolean standInLine = held.getAsBoolean() && attempts.reachedThePlatform();
        Duration delay = standInLine ? floor : backoff.delay(attempts.failed(), floor);
        // The last attempt is made when the time is up, not left out because its turn would have been later.
        return Optional.of(delay.compareTo(remaining) > 0 ? remaining : delay);
    }
}

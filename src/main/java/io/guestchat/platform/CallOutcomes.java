package io.guestchat.platform;

import io.guestchat.contract.ErrorCode;
import io.guestchat.contract.Failure;
import io.guestchat.contract.RequestFailedException;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.time.Duration;
import org.apache.camel.Exchange;
import org.apache.camel.http.base.HttpOperationFailedException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** How an attempt ended: counts it, and turns an exception of any layer into the contract's failure. Any thread. */
final class CallOutcomes {

    private static final Logger log = LoggerFactory.getLogger(CallOutcomes.class);

    private final AccessTokens tokens;
    private final CallBreaker breaker;
    private final FailureWords words;
    private final MeterRegistry meters;

    CallOutcomes(AccessTokens tokens, CallBreaker breaker, FailureWords words, MeterRegistry meters) {
        this.tokens = tokens;
        this.breaker = breaker;
        this.words = words;
        this.meters = meters;
    }

    /** After a 2xx. */
    void answered(Exchange exchange) {
        CallAttempts attempts = CallAttempts.of(exchange);
        attempts.releaseToken();
        if (attempts.endTurn()) {
            breaker.answered();
        }
        count(attempts, exchange.getMessage().getHeader(Exchange.HTTP_RESPONSE_CODE, "unknown", String.class));
    }

    /** After anything else. Leaves nothing of the attempt on the exchange: the body is the call again, or nothing. */
    void failed(Exchange exchange) throws RequestFailedException {
        Throwable error = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Throwable.class);
        CallAttempts attempts = CallAttempts.of(exchange);
        AccessToken used = attempts.releaseToken().orElse(null);
        exchange.getMessage().setBody(attempts.call().orElse(null));
        if (error instanceof RequestFailedException told) {
            // No token, or no turn in time: the attempt ended before it reached the platform.
            attempts.notMade();
            if (attempts.endTurn()) {
                breaker.unused();
            }
            throw told;
        }
        int status = error instanceof HttpOperationFailedException answered ? answered.getStatusCode() : 0;
        Failure failure = words.tell(error, attempts, used);
        attempts.attemptFailed(failure, status == 401 && used != null);
        if (status == 401 && used != null) {
            tokens.invalidate(used);
        }
        if (attempts.endTurn()) {
            report(error, status, failure, attempts);
        }
        count(attempts, status == 0 ? "none" : Integer.toString(status));
        if (failure.code().equals(ErrorCode.PLATFORM_ERROR.code()) && status == 0) {
            log.warn("call not answered usably kind={} error={}", attempts.label(), error.getClass().getName());
        } else {
            log.debug("attempt failed kind={} status={} code={} error={}", attempts.label(), status, failure.code(),
                    error.getClass().getSimpleName());
        }
        throw new RequestFailedException(failure);
    }

    /** Whatever is below 500 says that the platform is there; so does an answer that nobody can use. */
    private void report(Throwable error, int status, Failure failure, CallAttempts attempts) {
        if (status == 429) {
            breaker.throttled(failure.retryAfterSeconds() == null ? null : Duration.ofSeconds(failure.retryAfterSeconds()));
        } else if (status >= 500 || status == 0 && failure.code().equals(ErrorCode.PLATFORM_UNAVAILABLE.code())
                && error instanceof IOException) {
            breaker.unanswered(attempts.what());
        } else if (status > 0 || error instanceof IOException) {
            breaker.answered();
        } else {
            breaker.unused();
        }
    }

    private void count(CallAttempts attempts, String status) {
        Counter.builder("guestchat.platform.calls")
                .description("HTTP calls to the platform by their answer; status none where there was no answer")
                .tag("kind", attempts.label())
                .tag("status", status)
                .register(meters)
                .increment();
    }
}

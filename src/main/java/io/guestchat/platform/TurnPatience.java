package io.guestchat.platform;

import io.guestchat.contract.ErrorCode;
import io.guestchat.contract.Failure;
import io.guestchat.contract.RequestFailedException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Stands in line for a call, and gives up when the platform has kept it waiting for all that is left of its time: away, or
 * throttling. What our own pace makes it wait is not counted. Stateless; any thread.
 */
final class TurnPatience {

    /** For a call whose time is up, and which waits for our own pace to make its last attempt. */
    private static final Duration LOOK_AGAIN = Duration.ofSeconds(1);

    private final CallPace pace;
    private final CallBreaker breaker;
    private final Timer timer;

    TurnPatience(CallPace pace, Timer timer) {
        this.pace = pace;
        this.breaker = pace.breaker();
        this.timer = timer;
    }

    /** Completes with the turn; fails with a {@link RequestFailedException} where there was none in time. */
    CompletionStage<Void> turn(CallAttempts attempts) {
        breaker.newcomer(attempts.what());
        long askedAt = timer.nanoTime();
        long heldBefore = breaker.heldNanos();
        CompletableFuture<Void> turn = pace.turn(attempts.call().orElseThrow().kind().priority()).toCompletableFuture();
        CompletionStage<Void> counted = turn.whenComplete((given, error) -> {
            attempts.waitedForTurn(timer.nanoTime() - askedAt - (breaker.heldNanos() - heldBefore));
            if (error == null) {
                attempts.turnGiven();
            }
        });
        if (!turn.isDone()) {
            giveUpAt(heldBefore + attempts.remaining().toNanos(), turn, attempts);
        }
        return counted;
    }

    /** The time runs only while the breaker is open, so it may have to be looked at more than once. */
    private void giveUpAt(long held, CompletableFuture<Void> turn, CallAttempts attempts) {
        Duration left = Duration.ofNanos(held - breaker.heldNanos());
        boolean over = left.isZero() || left.isNegative();
        if (over && breaker.holds().isPresent()) {
            turn.completeExceptionally(new RequestFailedException(failure(attempts)));
        } else {
            Runnable look = timer.after(over ? LOOK_AGAIN : left, () -> giveUpAt(held, turn, attempts));
            turn.whenComplete((given, error) -> look.run());
        }
    }

    /** What the platform has said itself says more than that it was not asked again. */
    private Failure failure(CallAttempts attempts) {
        return attempts.lastAnswer().orElseGet(() -> {
            if (breaker.holds().filter(CallBreaker.Cause.THROTTLED::equals).isPresent()) {
                long seconds = Duration.ofNanos(Math.max(0, breaker.untilFree(timer.nanoTime()))).plusNanos(999_999_999).toSeconds();
                return new Failure(ErrorCode.RATE_LIMITED.code(), "the platform has asked for fewer calls; this one was not made",
                        null, seconds);
            }
            return Failure.of(ErrorCode.PLATFORM_UNAVAILABLE, "the platform has not answered other calls; this one was not made");
        });
    }
}

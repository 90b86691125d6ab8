package io.guestchat.platform;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import org.apache.camel.AsyncCallback;
import org.apache.camel.Exchange;
import org.apache.camel.support.AsyncProcessorSupport;

/**
 * A step of a route that holds no thread while it waits. Where it did wait, the route goes on in {@code goOn}: the thread that
 * ends the wait may have ten thousand others to end, and must not carry out what follows in each of them.
 *
 * <p>A bean method that returns a stage would do nearly the same (Camel's {@code MethodInfo}), but goes on in the thread that
 * ends the wait, and keeps the {@code CompletionException} around an error.
 */
final class AsyncStep extends AsyncProcessorSupport {

    /** What the step does; the exchange fails with what the stage fails with. */
    @FunctionalInterface
    interface Work {
        CompletionStage<?> begin(Exchange exchange) throws Exception;
    }

    private final Work work;
    private final Executor goOn;

    AsyncStep(Work work, Executor goOn) {
        this.work = work;
        this.goOn = goOn;
    }

    @Override
    public boolean process(Exchange exchange, AsyncCallback callback) {
        CompletableFuture<?> done;
        try {
            done = work.begin(exchange).toCompletableFuture();
        } catch (Exception e) {
            done = CompletableFuture.failedFuture(e);
        }
        if (done.isDone()) {
            done.whenComplete((value, error) -> fail(exchange, error));
            callback.done(true);
            return true;
        }
        done.whenCompleteAsync((value, error) -> {
            fail(exchange, error);
            callback.done(false);
        }, goOn);
        return false;
    }

    private static void fail(Exchange exchange, Throwable error) {
        if (error != null) {
            exchange.setException(error instanceof CompletionException && error.getCause() != null ? error.getCause() : error);
        }
    }
}

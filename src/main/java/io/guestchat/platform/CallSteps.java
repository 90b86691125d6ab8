package io.guestchat.platform;

import io.guestchat.dialect.PlatformCall;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletionStage;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.component.http.HttpMethods;

/** The steps of {@code call-platform} and {@code attempt-call} that YAML has no words for. Stateless; any thread. */
final class CallSteps {

    private final AccessTokens tokens;
    private final TurnPatience line;
    private final Timer timer;
    private final Duration maxElapsed;

    CallSteps(AccessTokens tokens, CallPace pace, Timer timer, Duration maxElapsed) {
        this.tokens = tokens;
        this.line = new TurnPatience(pace, timer);
        this.timer = timer;
        this.maxElapsed = maxElapsed;
    }

    void begin(Exchange exchange) {
        if (!(exchange.getMessage().getBody() instanceof PlatformCall call)) {
            throw new IllegalArgumentException("the body has to be a PlatformCall");
        }
        CallAttempts.begin(exchange, call, maxElapsed, timer);
    }

    /**
     * After the last attempt. An error handler that has tried in vain marks the exchange, and no catch clears the mark: whoever
     * goes on with the exchange would find that nothing is tried again on it (RedeliveryErrorHandler.isDone), and what Kafka does
     * not take at once would be lost.
     */
    void giveUp(Exchange exchange) throws Exception {
        exchange.getExchangeExtension().setFailureHandled(false);
        throw exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Exception.class);
    }

    /** Before the turn: while no token can be had, no turn is spent. */
    CompletionStage<?> awaitToken(Exchange exchange) {
        return tokens.current();
    }

    CompletionStage<?> takeTurn(Exchange exchange) {
        return line.turn(CallAttempts.of(exchange));
    }

    /** After the turn, as late as can be: the token that was there before may have expired in the queue. */
    CompletionStage<?> authorize(Exchange exchange) {
        return tokens.current().thenAccept(token -> word(exchange, token));
    }

    /** The request, in camel-http's words. The headers were all removed before: nothing else goes out. */
    private static void word(Exchange exchange, AccessToken token) {
        CallAttempts attempts = CallAttempts.of(exchange);
        PlatformCall call = attempts.call().orElseThrow();
        attempts.authorizedBy(token);
        Message message = exchange.getMessage();
        message.setHeader("Authorization", token.bearer());
        message.setHeader("Accept", "application/json");
        // Not as text: that would look for a converter, each time in vain before it finds the one for enums.
        message.setHeader(Exchange.HTTP_METHOD, HttpMethods.valueOf(call.method()));
        message.setHeader(Exchange.HTTP_PATH, call.path());
        if (call.query() != null) {
            message.setHeader(Exchange.HTTP_QUERY, call.query());
        }
        if (call.body() == null) {
            message.setBody(null);
        } else {
            message.setHeader(Exchange.CONTENT_TYPE, "application/json");
            message.setBody(call.body().getBytes(StandardCharsets.UTF_8));
        }
    }
}

package io.guestchat.platform;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.ProducerTemplate;

/** The steps of {@code fetch-token} that YAML has no words for, and the way into that route. Stateless; any thread. */
final class TokenSteps implements TokenSource {

    /** A fetch is tried again for so long; then {@link AccessTokens} backs off, and callers know where they stand. */
    static final Duration BUDGET = Duration.ofSeconds(5);

    private final Supplier<ProducerTemplate> template;
    private final String clientId;
    private final Supplier<String> clientSecret;
    private final Timer timer;

    TokenSteps(Supplier<ProducerTemplate> template, String clientId, Supplier<String> clientSecret, Timer timer) {
        this.template = template;
        this.clientId = clientId;
        this.clientSecret = clientSecret;
        this.timer = timer;
    }

    @Override
    public CompletionStage<AccessToken> fetch() {
        return template.get().asyncSend("direct:fetch-token", exchange -> { }).thenCompose(exchange -> {
            Exception failed = exchange.getException();
            return failed != null ? CompletableFuture.failedFuture(failed)
                    : CompletableFuture.completedFuture(exchange.getMessage().getBody(AccessToken.class));
        });
    }

    void begin(Exchange exchange) {
        CallAttempts.begin(exchange, null, BUDGET, timer);
    }

    void authorize(Exchange exchange) {
        String client = clientId + ":" + clientSecret.get();
        Message message = exchange.getMessage();
        message.setHeader("Authorization",
                "Basic " + Base64.getEncoder().encodeToString(client.getBytes(StandardCharsets.UTF_8)));
        message.setHeader("Accept", "application/json");
        message.setHeader(Exchange.CONTENT_TYPE, "application/x-www-form-urlencoded");
        message.setBody("grant_type=client_credentials".getBytes(StandardCharsets.US_ASCII));
    }

    void read(Exchange exchange) throws Exception {
        exchange.getMessage().setBody(TokenAnswer.read(exchange.getMessage().getMandatoryBody(byte[].class)));
    }
}

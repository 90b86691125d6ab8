package io.guestchat.flow;

import io.guestchat.chat.Chat;
import io.guestchat.intake.RequestRecord;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.apache.camel.AsyncCallback;
import org.apache.camel.AsyncProcessor;
import org.apache.camel.AsyncProducer;
import org.apache.camel.CamelContext;
import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangePattern;
import org.apache.camel.support.AsyncProcessorSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Starts a route from where no exchange is: a socket's event, a timer, a partition that was given to us. The seam between what
 * happens and the routes that say what it means.
 */
public final class Flows {

    private static final Logger LOG = LoggerFactory.getLogger(Flows.class);

    private final CamelContext context;
    private final Executor workers;
    private final Map<String, AsyncProducer> producers = new ConcurrentHashMap<>();

    public Flows(CamelContext context, Executor workers) {
        this.context = context;
        this.workers = workers;
    }

    /**
     * Sends a new exchange through {@code direct:<route>}, on a worker.
     *
     * @return completes when the exchange is through, exceptionally where it failed
     */
    public CompletionStage<Void> run(String route, Object body, Map<String, Object> properties) {
        CompletableFuture<Void> through = new CompletableFuture<>();
        try {
            workers.execute(() -> process(route, body, properties, through));
        } catch (RejectedExecutionException closed) {
            through.completeExceptionally(closed);
        }
        return through;
    }

    /** As {@link #run}, on this thread: a worker, or the one that has told of Kafka's answer. */
    public CompletionStage<Void> now(String route, Object body, Map<String, Object> properties) {
        CompletableFuture<Void> through = new CompletableFuture<>();
        process(route, body, properties, through);
        return through;
    }

    /** As {@link #run}, for a chat; nobody waits for it, so a failure is told here. */
    public void start(String route, Chat chat, Object body) {
        run(route, body, Map.of(Step.CHAT, chat)).exceptionally(failure -> {
            if (!(failure instanceof NotOursException) && !chat.isReleased()) {
                LOG.error("flow failed route={} chatId={}", route, chat.chatId(), failure);
            }
            return null;
        });
    }

    /** The entry of {@code direct:<route>}, for exchanges that somebody else makes. */
    public AsyncProcessor processor(String route) {
        return new AsyncProcessorSupport() {
            @Override
            public boolean process(Exchange exchange, AsyncCallback callback) {
                return producers.computeIfAbsent(route, Flows.this::producer).process(exchange, callback);
            }
        };
    }

    /** A request whose route failed where it may not: its offset stays uncommitted, so that it comes again. */
    public void leftUnfinished(RequestRecord record, Throwable failure, Runnable whenFinished) {
        record.handOver();
        LOG.warn("request left unfinished record={} reason={}", record, failure.getClass().getName());
        whenFinished.run();
    }

    private void process(String route, Object body, Map<String, Object> properties, CompletableFuture<Void> through) {
        try {
            AsyncProducer producer = producers.computeIfAbsent(route, this::producer);
            Exchange exchange = producer.getEndpoint().createExchange(ExchangePattern.InOnly);
            properties.forEach(exchange::setProperty);
            exchange.getMessage().setBody(body);
            producer.process(exchange, doneSync -> {
                if (exchange.getException() == null) {
                    through.complete(null);
                } else {
                    through.completeExceptionally(exchange.getException());
                }
            });
        } catch (RuntimeException failure) {
            through.completeExceptionally(failure);
        }
    }

    private AsyncProducer producer(String route) {
        try {
            Endpoint endpoint = context.getEndpoint("direct:" + route);
            AsyncProducer producer = endpoint.createAsyncProducer();
            producer.start();
            return producer;
        } catch (Exception failure) {
            throw new IllegalStateException("no route " + route, failure);
        }
    }
}

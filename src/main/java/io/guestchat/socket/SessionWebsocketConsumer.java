package io.guestchat.socket;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.support.DefaultConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The consumer of one socket: starting connects, without waiting for it; stopping closes with 1001. It does not connect again.
 *
 * <p>A text message becomes an exchange (InOnly) with the text as a String body and no headers. The next message waits until the
 * processor's callback is done. An exchange that ends with an exception is done: who cares for it is the processor.
 */
final class SessionWebsocketConsumer extends DefaultConsumer {

    private static final Logger LOG = LoggerFactory.getLogger(SessionWebsocketConsumer.class);

    private final boolean once;
    private Function<SessionWebsocketConsumer, LiveSocket> sockets;
    private LiveSocket socket;

    /**
     * @param sockets a new socket for a start; at most one of them lives
     * @param once whether it is started only once, and may then forget how: what it knows has the token
     */
    SessionWebsocketConsumer(SessionWebsocketEndpoint endpoint, Processor processor, boolean once,
            Function<SessionWebsocketConsumer, LiveSocket> sockets) {
        super(endpoint, processor);
        this.once = once;
        this.sockets = sockets;
    }

    /** Of the latest start. */
    LiveSocket socket() {
        return socket;
    }

    /** The stage completes, without failure, when the exchange is done. */
    CompletionStage<?> frame(String text) {
        Exchange exchange = createExchange(false);
        exchange.getIn().setBody(text);
        CompletableFuture<Void> done = new CompletableFuture<>();
        getAsyncProcessor().process(exchange, doneSync -> {
            if (exchange.getException() != null) {
                // Only the class: the message of an exception may quote the chat.
                LOG.warn("frame failed cause={}", exchange.getException().getClass().getName());
            }
            releaseExchange(exchange, false);
            done.complete(null);
        });
        return done;
    }

    /** The socket's last signal has been delivered. */
    void lived() {
        ((SessionWebsocketEndpoint) getEndpoint()).lived(this);
    }

    @Override
    protected void doStart() throws Exception {
        super.doStart();
        socket = sockets.apply(this);
        if (once) {
            sockets = null;
        }
        socket.open();
    }

    @Override
    protected void doStop() throws Exception {
        if (socket != null) {
            socket.close(SessionWebsocketComponent.GOING_AWAY, "going away");
        }
        super.doStop();
    }
}

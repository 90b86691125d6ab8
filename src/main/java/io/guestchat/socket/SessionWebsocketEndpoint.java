package io.guestchat.socket;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.WebSocket;
import io.vertx.core.http.WebSocketConnectOptions;
import org.apache.camel.AsyncCallback;
import org.apache.camel.AsyncProcessor;
import org.apache.camel.Consumer;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.Producer;
import org.apache.camel.component.vertx.websocket.VertxWebsocketConfiguration;
import org.apache.camel.component.vertx.websocket.VertxWebsocketEndpoint;
import org.apache.camel.support.service.ServiceHelper;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An endpoint with at most one live socket: its consumer's. Its producers write to that one.
 *
 * <p>The token is never a property of the endpoint: it goes to the handshake in a closure that is dropped there.
 */
final class SessionWebsocketEndpoint extends VertxWebsocketEndpoint {

    private static final Logger LOG = LoggerFactory.getLogger(SessionWebsocketEndpoint.class);

    /** Only asked whether it forces TLS; costly to make anew for each socket. */
    private static final HttpClientOptions BY_URI = new HttpClientOptions();

    private volatile LiveSocket live;
    private volatile boolean ownedByConsumer;

    SessionWebsocketEndpoint(String uri, SessionWebsocketComponent component, VertxWebsocketConfiguration configuration) {
        super(uri, component, configuration);
    }

    /** A consumer for a route: handshake headers are the endpoint's, what the socket tells goes to the log. */
    @Override
    public Consumer createConsumer(Processor processor) throws Exception {
        if (!getConfiguration().isConsumeAsClient()) {
            throw new IllegalArgumentException("vertx-websocket is a client here: the URI needs consumeAsClient=true");
        }
        SessionWebsocketConsumer consumer = new SessionWebsocketConsumer(this, processor, false,
                self -> component().live(this::handshake, self, new LoggingListener()));
        configureConsumer(consumer);
        return consumer;
    }

    /** The consumer of a session. It and its endpoint stop by themselves when the socket has ended. */
    SessionWebsocketConsumer createConsumer(String authorization, AsyncProcessor frames, SocketListener listener) {
        ownedByConsumer = true;
        Supplier<WebSocketConnectOptions> handshake = () -> {
            WebSocketConnectOptions options = handshake();
            options.putHeader("Authorization", authorization);
            return options;
        };
        return new SessionWebsocketConsumer(this, new Shared(frames), true,
                self -> component().live(handshake, self, listener));
    }

    @Override
    public Producer createProducer() {
        return new SessionWebsocketProducer(this);
    }

    LiveSocket socket() throws SocketClosedException {
        LiveSocket socket = live;
        if (socket == null) {
            throw new SocketClosedException();
        }
        return socket;
    }

    void lives(LiveSocket socket) {
        live = socket;
    }

    void lived(SessionWebsocketConsumer consumer) {
        live = null;
        if (ownedByConsumer) {
            ServiceHelper.stopService(consumer, this);
        }
    }

    @Override
    protected WebSocket getWebSocket() throws SocketClosedException {
        return socket().transport();
    }

    /** The stock one replaces the socket's exception handler by one bound to this exchange. */
    @Override
    protected WebSocket getWebSocket(Exchange exchange) throws SocketClosedException {
        return getWebSocket();
    }

    @Override
    protected void doStop() throws Exception {
        LiveSocket socket = live;
        if (socket != null) {
            socket.close(SessionWebsocketComponent.GOING_AWAY, "going away");
        }
        super.doStop();
    }

    private WebSocketConnectOptions handshake() {
        WebSocketConnectOptions options = getWebSocketConnectOptions(BY_URI);
        // There is no page that we come from.
        options.setAllowOriginHeader(false);
        options.setTimeout(component().options().handshakeTimeout().toMillis());
        return options;
    }

    private SessionWebsocketComponent component() {
        return (SessionWebsocketComponent) getComponent();
    }

    /**
     * A processor that many consumers share. DefaultConsumer starts and stops its processor with itself where that is a
     * service: the first session to end would stop it for all.
     */
    private record Shared(AsyncProcessor frames) implements AsyncProcessor {

        @Override
        public boolean process(Exchange exchange, AsyncCallback callback) {
            return frames.process(exchange, callback);
        }

        @Override
        public CompletableFuture<Exchange> processAsync(Exchange exchange) {
            return frames.processAsync(exchange);
        }

        @Override
        public void process(Exchange exchange) throws Exception {
            frames.process(exchange);
        }
    }

    /** For a consumer of a route, which has nobody to tell. */
    private static final class LoggingListener implements SocketListener {

        @Override
        public CompletionStage<?> opened(SessionSocket socket) {
            LOG.info("socket opened");
            return CompletableFuture.completedFuture(null);
        }

        @Override
        public CompletionStage<?> refused(HandshakeRefusal refusal) {
            LOG.warn("socket refused status={} cause={}", refusal.status(), refusal.cause());
            return CompletableFuture.completedFuture(null);
        }

        @Override
        public CompletionStage<?> pong(long ping) {
            return CompletableFuture.completedFuture(null);
        }

        @Override
        public CompletionStage<?> closed(Integer closeCode, String reason, String cause) {
            LOG.info("socket closed code={} cause=\"{}\"", closeCode, cause);
            return CompletableFuture.completedFuture(null);
        }
    }
}

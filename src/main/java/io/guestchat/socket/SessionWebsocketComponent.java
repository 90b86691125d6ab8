package io.guestchat.socket;

import java.net.URI;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.stream.Stream;

import io.guestchat.config.ProxySettings;
import io.vertx.core.http.WebSocketClient;
import io.vertx.core.http.WebSocketClientOptions;
import io.vertx.core.http.WebSocketConnectOptions;
import io.vertx.core.impl.VertxInternal;
import io.vertx.core.net.KeyCertOptions;
import io.vertx.core.net.ProxyOptions;
import io.vertx.core.net.ProxyType;
import io.vertx.core.net.TrustOptions;
import org.apache.camel.AsyncProcessor;
import org.apache.camel.component.vertx.websocket.VertxWebsocketComponent;
import org.apache.camel.component.vertx.websocket.VertxWebsocketConfiguration;
import org.apache.camel.component.vertx.websocket.VertxWebsocketConsumer;
import org.apache.camel.component.vertx.websocket.VertxWebsocketEndpoint;
import org.apache.camel.component.vertx.websocket.VertxWebsocketHost;
import org.apache.camel.component.vertx.websocket.VertxWebsocketHostConfiguration;
import org.apache.camel.component.vertx.websocket.VertxWebsocketHostKey;
import org.apache.camel.spi.annotations.Component;
import org.apache.camel.support.service.ServiceHelper;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * camel-vertx-websocket for a client that may lose nothing; to be bound as {@code vertx-websocket}.
 *
 * <p>What the stock component does in 4.17.0, and this one does not: it loses frames that come before its handlers are set,
 * runs the frames of one socket in parallel, never pauses a socket, drops large messages silently, leaves a socket open whose
 * handshake came too late, and connects again for ever, even after the consumer's end. All sockets share one
 * {@link WebSocketClient}, and so one TLS context.
 *
 * <p>The annotation is not inherited, and without it Camel does not find the endpoint's configurer: {@code consumeAsClient}
 * would be taken for a parameter of the remote URL.
 */
@Component("vertx-websocket")
public final class SessionWebsocketComponent extends VertxWebsocketComponent {

    static final int GOING_AWAY = 1001;

    private static final Logger LOG = LoggerFactory.getLogger(SessionWebsocketComponent.class);
    private static final String SCHEME = "vertx-websocket:";

    private final SocketOptions options;
    private final Executor workers;
    private final LongSupplier nanos;
    private final AtomicInteger turn = new AtomicInteger();
    private volatile List<SocketLoop> loops = List.of();
    private WebSocketClient client;

    /**
     * @param workers runs the processors and listeners of all sockets. Bounded in threads, not in its queue: a socket has at
     *        most one task of frames there, and one for each text being written. It must never run a task on the thread that
     *        gives it, which may be an event loop
     */
    public SessionWebsocketComponent(SocketOptions options, Executor workers) {
        this(options, workers, System::nanoTime);
    }

    SessionWebsocketComponent(SocketOptions options, Executor workers, LongSupplier nanos) {
        this.options = Objects.requireNonNull(options, "options");
        this.workers = Objects.requireNonNull(workers, "workers");
        this.nanos = nanos;
        setAllowOriginHeader(false);
    }

    /**
     * Opens a socket for a session, through the Camel API: an endpoint, which no registry holds, and its consumer. Returns at
     * once; the outcome is told to the listener. When the socket has ended, endpoint and consumer are stopped; nothing is left
     * to clean up.
     *
     * @param wsUri {@code ws} or {@code wss}; ports 80 and 443 where it has none
     * @param authorization the value of the {@code Authorization} header; kept until the handshake is sent, shown nowhere
     * @param frames gets each text message (see {@link SessionWebsocketConsumer}); is neither started nor stopped
     * @throws IllegalArgumentException where the URI is none for a WebSocket, or the value can't be in a header
     * @throws IllegalStateException where the component is not started, or stopped
     */
    public SessionSocket open(String wsUri, String authorization, AsyncProcessor frames, SocketListener listener) {
        Objects.requireNonNull(frames, "frames");
        Objects.requireNonNull(listener, "listener");
        checkHeaderValue(authorization);
        VertxWebsocketConfiguration configuration = configuration(wsUri);
        // Without the remote query: nobody knows what secret it may carry.
        String endpointUri = SCHEME + wsUri.split("\\?", 2)[0] + "?consumeAsClient=true";
        SessionWebsocketEndpoint endpoint = createEndpointInstance(endpointUri, configuration);
        SessionWebsocketConsumer consumer = endpoint.createConsumer(authorization, frames, listener);
        ServiceHelper.startService(endpoint, consumer);
        return consumer.socket();
    }

    /** How many sockets are opening, open, or not quite gone yet. */
    public int sockets() {
        return loops.stream().mapToInt(SocketLoop::watched).sum();
    }

    /** How many of them are not read just now, as what they have brought is not worked off yet. */
    public int paused() {
        return loops.stream().mapToInt(SocketLoop::paused).sum();
    }

    SocketOptions options() {
        return options;
    }

    /** A socket, not yet opened, on the next event loop in turn. */
    LiveSocket live(Supplier<WebSocketConnectOptions> handshake, SessionWebsocketConsumer consumer, SocketListener listener) {
        List<SocketLoop> now = loops;
        if (now.isEmpty()) {
            throw new IllegalStateException("the component vertx-websocket is not started");
        }
        SocketLoop loop = now.get(Math.floorMod(turn.getAndIncrement(), now.size()));
        LiveSocket socket = new LiveSocket(loop, handshake, consumer, listener);
        ((SessionWebsocketEndpoint) consumer.getEndpoint()).lives(socket);
        return socket;
    }

    @Override
    protected SessionWebsocketEndpoint createEndpointInstance(String uri, VertxWebsocketConfiguration configuration) {
        return new SessionWebsocketEndpoint(uri, this, configuration);
    }

    /** Reached only by a server's consumer, which the endpoint does not create. */
    @Override
    public void connectConsumer(VertxWebsocketConsumer consumer) {
        throw new UnsupportedOperationException("vertx-websocket is a client here: it serves nothing");
    }

    @Override
    protected VertxWebsocketHost createVertxWebsocketHost(
            VertxWebsocketHostConfiguration configuration, VertxWebsocketHostKey key) {
        throw new UnsupportedOperationException("vertx-websocket is a client here: it serves nothing");
    }

    @Override
    protected void doStart() throws Exception {
        super.doStart();
        VertxInternal vertx = (VertxInternal) getVertx();
        client = vertx.createWebSocketClient(clientOptions());
        loops = Stream.generate(() -> new SocketLoop(vertx.createEventLoopContext(), client, options, workers, nanos))
                .limit(Runtime.getRuntime().availableProcessors())
                .toList();
        loops.forEach(SocketLoop::start);
    }

    /** Closes all sockets with 1001 and waits for their ends to be told, within the closing timeout and one second. */
    @Override
    protected void doStop() throws Exception {
        List<SocketLoop> last = loops;
        loops = List.of();
        CompletableFuture<?>[] emptied = last.stream().map(SocketLoop::stop).toArray(CompletableFuture<?>[]::new);
        try {
            CompletableFuture.allOf(emptied).get(options.closingTimeout().toMillis() + 1000, TimeUnit.MILLISECONDS);
        } catch (TimeoutException | ExecutionException e) {
            LOG.warn("sockets left at stop count={}", last.stream().mapToInt(SocketLoop::watched).sum());
        }
        if (client != null) {
            client.close();
            client = null;
        }
        super.doStop();
    }

    private WebSocketClientOptions clientOptions() {
        WebSocketClientOptions tuned = new WebSocketClientOptions();
        // "No limit" is documented as -1, which in 4.5.22 lets no connection through at all (WebSocketEndpoint.tryAcquire).
        tuned.setMaxConnections(Integer.MAX_VALUE);
        tuned.setMaxFrameSize(options.maxFrameBytes());
        // Vert.x's own aggregation is not used: MessageAssembler.
        tuned.setMaxMessageSize(options.maxMessageBytes());
        tuned.setConnectTimeout((int) options.connectTimeout().toMillis());
        tuned.setSslHandshakeTimeout(options.handshakeTimeout().toMillis());
        tuned.setSslHandshakeTimeoutUnit(TimeUnit.MILLISECONDS);
        // Only in whole seconds, and not for all ways a socket may hang: SocketLoop sees to it exactly.
        tuned.setClosingTimeout((int) Math.max(1, options.closingTimeout().toSeconds()));
        tuned.setTcpKeepAlive(true);
        tuned.setTrustOptions(TrustOptions.wrap(options.tls().trustManager()));
        options.tls().keyManager().map(KeyCertOptions::wrap).ifPresent(tuned::setKeyCertOptions);
        options.proxy().map(this::proxy).ifPresent(tuned::setProxyOptions);
        return tuned;
    }

    private ProxyOptions proxy(ProxySettings settings) {
        ProxyOptions proxy = new ProxyOptions().setType(ProxyType.HTTP).setHost(settings.host()).setPort(settings.port())
                .setConnectTimeout(options.connectTimeout());
        return settings.username() == null ? proxy
                : proxy.setUsername(settings.username()).setPassword(settings.password().reveal());
    }

    private static VertxWebsocketConfiguration configuration(String wsUri) {
        URI uri = URI.create(wsUri);
        boolean webSocket = "ws".equals(uri.getScheme()) || "wss".equals(uri.getScheme());
        if (!webSocket || uri.getHost() == null || uri.getUserInfo() != null) {
            throw new IllegalArgumentException("not ws://host[:port]/path[?query], nor the same with wss");
        }
        VertxWebsocketConfiguration configuration = new VertxWebsocketConfiguration();
        configuration.setWebsocketURI(uri);
        configuration.setConsumeAsClient(true);
        configuration.setAllowOriginHeader(false);
        return configuration;
    }

    /**
     * Ours to check: where Vert.x's own check throws, it forgets to tell that the handshake failed
     * (Http1xClientConnection.toWebSocket).
     */
    private static void checkHeaderValue(String value) {
        if (value == null || value.isBlank() || !value.chars().allMatch(c -> c >= ' ' && c < 127)) {
            throw new IllegalArgumentException("the authorization is empty or has characters that a header can't carry");
        }
    }
}

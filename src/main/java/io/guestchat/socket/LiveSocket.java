package io.guestchat.socket;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Supplier;

import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.CorruptedWebSocketFrameException;
import io.netty.handler.codec.http.websocketx.WebSocketCloseStatus;
import io.netty.handler.codec.http.websocketx.WebSocketHandshakeException;
import io.vertx.core.Future;
import io.vertx.core.http.ClientWebSocket;
import io.vertx.core.http.WebSocket;
import io.vertx.core.http.WebSocketConnectOptions;
import io.vertx.core.http.WebSocketFrame;
import io.vertx.core.http.impl.WebSocketInternal;
import io.guestchat.socket.SocketState.Abandoned;
import io.guestchat.socket.SocketState.Closing;
import io.guestchat.socket.SocketState.Gone;
import io.guestchat.socket.SocketState.Lingering;
import io.guestchat.socket.SocketState.Open;
import io.guestchat.socket.SocketState.Opening;
import org.apache.camel.Endpoint;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One socket's life. Its {@link SocketState} belongs to its event loop; the methods of {@link SessionSocket} hop there.
 *
 * <p>All that comes is taken from Vert.x as frames, not by its handlers for messages and pongs: Vert.x calls its pong and close handlers at
 * once, ahead of frames that it holds back while the socket is paused (WebSocketImplBase.handleFrame). The frames come in order.
 */
final class LiveSocket implements SessionSocket, Inbox.Owner {

    private static final Logger LOG = LoggerFactory.getLogger(LiveSocket.class);

    private final SocketLoop loop;
    private final Inbox inbox;
    private final Delivery delivery;
    private final MessageAssembler assembler;
    private final PingLedger pings = new PingLedger();
    private volatile SocketState state = new Gone();
    private volatile boolean unwanted;
    private volatile boolean delivered;

    // The event loop's own.
    private Supplier<WebSocketConnectOptions> handshake;
    private Keepalive keepalive;
    private Signal.Closed violation;
    private boolean deaf;
    private boolean codeless;

    /** @param handshake asked once, when connecting, and then forgotten: it knows the token */
    LiveSocket(SocketLoop loop, Supplier<WebSocketConnectOptions> handshake, SessionWebsocketConsumer consumer, SocketListener listener) {
        this.loop = loop;
        this.handshake = handshake;
        this.inbox = new Inbox(loop.workers(), loop.options(), this);
        this.delivery = new Delivery(this, consumer, listener);
        this.assembler = new MessageAssembler(loop.options().maxMessageBytes());
    }

    void open() {
        loop.execute(this::connect);
    }

    @Override
    public CompletionStage<Void> write(String text) {
        if (unwanted || !(state instanceof Open open)) {
            return CompletableFuture.failedFuture(new SocketClosedException());
        }
        Future<Void> handedOver;
        // Two long texts at once would mix their frames: Vert.x writes the frames of a message one by one.
        synchronized (pings) {
            handedOver = open.transport().writeTextMessage(text);
        }
        CompletableFuture<Void> written = new CompletableFuture<>();
        handedOver.onComplete(result -> offTheLoop(() -> {
            if (result.succeeded()) {
                written.complete(null);
            } else {
                written.completeExceptionally(new SocketClosedException(result.cause()));
            }
        }));
        return written;
    }

    @Override
    public long ping() {
        synchronized (pings) {
            long number = pings.next();
            if (!unwanted && state instanceof Open open) {
                open.transport().writePing(PingLedger.payload(number));
            }
            return number;
        }
    }

    @Override
    public void close(int code, String reason) {
        CloseFrames.check(code);
        unwanted = true;
        loop.execute(() -> close(new Signal.Closed(code, CloseFrames.cut(reason), CloseCause.ASKED)));
    }

    @Override
    public boolean isOpen() {
        return !unwanted && state instanceof Open;
    }

    /** The transport of the open socket, for the endpoint. */
    WebSocket transport() throws SocketClosedException {
        if (unwanted || !(state instanceof Open open)) {
            throw new SocketClosedException();
        }
        return (WebSocket) open.transport();
    }

    /** How many signals wait to be handled. */
    int waiting() {
        return inbox.size();
    }

    Endpoint endpoint() {
        return delivery.consumer().getEndpoint();
    }

    /** On the loop: the context is being stopped. */
    void goAway() {
        unwanted = true;
        close(new Signal.Closed(WebSocketCloseStatus.ENDPOINT_UNAVAILABLE.code(), "going away", CloseCause.ASKED));
    }

    /** On the loop, several times a second. True where nothing is left of the socket. */
    boolean sweep(long now) {
        if (state instanceof Opening opening && now - opening.until() >= 0) {
            state = new Abandoned(WebSocketCloseStatus.ENDPOINT_UNAVAILABLE.code(), "too late", patience(now));
            inbox.offer(new Signal.Refused(HandshakeRefusal.timeout()));
        } else if (state instanceof Abandoned abandoned && now - abandoned.until() >= 0) {
            state = new Gone();
        } else if (state instanceof Open open) {
            keepAlive(open, now);
        } else if (state instanceof Closing closing && now - closing.until() >= 0) {
            drop(closing.transport());
            ended(closing.transport(), closing.told());
        } else if (state instanceof Lingering lingering) {
            if (!lingering.transport().channelHandlerContext().channel().isOpen()) {
                state = new Gone();
            } else if (now - lingering.until() >= 0) {
                drop(lingering.transport());
            }
        }
        return state instanceof Gone && delivered;
    }

    private void connect() {
        long now = loop.now();
        boolean welcome = loop.watch(this) && !unwanted;
        Supplier<WebSocketConnectOptions> asked = handshake;
        handshake = null;
        if (!welcome) {
            inbox.offer(new Signal.Refused(HandshakeRefusal.cancelled()));
            return;
        }
        state = new Opening(now, patience(now));
        try {
            ClientWebSocket socket = loop.client().webSocket();
            socket.frameHandler(this::received);
            socket.exceptionHandler(this::failed);
            socket.closeHandler(nothing -> connectionClosed());
            // On this loop's context, so that its handlers are called on this loop. Vert.x would else take the context that it
            // has stuck to the calling thread, and all sockets opened by one thread would share one event loop.
            socket.connect(asked.get()).onComplete(opened -> {
                if (opened.succeeded()) {
                    connected((WebSocketInternal) opened.result());
                } else {
                    refused(opened.cause());
                }
            });
        } catch (RuntimeException e) {
            refused(e);
        }
    }

    private void connected(WebSocketInternal transport) {
        if (state instanceof Opening) {
            keepalive = new Keepalive(loop.options(), loop.firstPing());
            state = new Open(transport);
            inbox.offer(new Signal.Opened());
            return;
        }
        if (state instanceof Abandoned abandoned) {
            transport.close((short) abandoned.code(), abandoned.reason());
        } else {
            transport.close((short) WebSocketCloseStatus.ENDPOINT_UNAVAILABLE.code(), "too late");
        }
        state = new Lingering(transport, loop.now() + loop.options().closingTimeout().toNanos());
        loop.watch(this);
    }

    private void refused(Throwable failure) {
        if (state instanceof Opening opening) {
            boolean late = failure instanceof WebSocketHandshakeException
                    && loop.now() - opening.handshakeAt() >= loop.options().handshakeTimeout().toNanos();
            // Vert.x enforces its handshake timeout by closing the connection, and tells only that.
            inbox.offer(new Signal.Refused(late ? HandshakeRefusal.timeout() : HandshakeRefusal.of(failure)));
        }
        state = new Gone();
    }

    private void received(WebSocketFrame frame) {
        switch (frame.type()) {
            case PONG -> {
                keepalive.pong();
                pings.answered(frame.binaryData()).ifPresent(number -> inbox.offer(new Signal.Pong(number)));
            }
            case TEXT, BINARY, CONTINUATION -> receivedData(frame);
            case CLOSE -> codeless = frame.binaryData().length() < Short.BYTES;
            default -> {
                // Vert.x answers pings.
            }
        }
    }

    private void receivedData(WebSocketFrame frame) {
        if (deaf) {
            return;
        }
        try {
            Signal message = assembler.accept(frame);
            if (message != null) {
                inbox.offer(message);
            }
        } catch (MessageTooBigException e) {
            // What follows would be told with a hole before it.
            deaf = true;
            close(new Signal.Closed(WebSocketCloseStatus.MESSAGE_TOO_BIG.code(), e.getMessage(), CloseCause.TOO_BIG));
        }
    }

    /**
     * Netty's decoder found a frame too large or malformed. Vert.x closes the connection right after this call, so the close frame is
     * written and flushed past Vert.x, which would hold it back to the end of the read.
     */
    private void failed(Throwable failure) {
        if (state instanceof Open open && failure instanceof CorruptedWebSocketFrameException corrupted) {
            WebSocketCloseStatus status = corrupted.closeStatus();
            boolean tooBig = status.code() == WebSocketCloseStatus.MESSAGE_TOO_BIG.code();
            violation = new Signal.Closed(status.code(), status.reasonText(), tooBig ? CloseCause.TOO_BIG : CloseCause.PROTOCOL);
            open.transport().channelHandlerContext().writeAndFlush(new CloseWebSocketFrame(status));
        }
    }

    private void close(Signal.Closed told) {
        long now = loop.now();
        if (state instanceof Opening) {
            state = new Abandoned(told.code(), told.reason(), patience(now));
            inbox.offer(new Signal.Refused(HandshakeRefusal.cancelled()));
        } else if (state instanceof Open open) {
            state = new Closing(open.transport(), told, now + loop.options().closingTimeout().toNanos());
            open.transport().close(told.code().shortValue(), told.reason());
        }
    }

    private void connectionClosed() {
        if (state instanceof Closing closing) {
            ended(closing.transport(), closing.told());
        } else if (state instanceof Open open) {
            Short code = open.transport().closeStatusCode();
            if (violation != null) {
                ended(open.transport(), violation);
            } else if (code == null) {
                ended(open.transport(), new Signal.Closed(null, null, CloseCause.LOST));
            } else {
                ended(open.transport(), new Signal.Closed(Short.toUnsignedInt(code), open.transport().closeReason(), CloseCause.PEER));
            }
        }
    }

    private void keepAlive(Open open, long now) {
        switch (keepalive.check(now)) {
            case PING -> open.transport().writePing(PingLedger.KEEPALIVE);
            case SILENT -> {
                drop(open.transport());
                ended(open.transport(), new Signal.Closed(null, null, CloseCause.NO_PONG));
            }
            default -> {
                // Nothing is due.
            }
        }
    }

    /** The end is told behind the frames that Vert.x still holds; they come out by a task that this puts before the one that tells. */
    private void ended(WebSocketInternal transport, Signal.Closed told) {
        state = new Lingering(transport, loop.now() + loop.options().closingTimeout().toNanos());
        transport.resume();
        loop.execute(() -> {
            deaf = true;
            // Vert.x has called its close handler before it passes on the close frame, and takes one without a code for a 1000: the end
            // of a chat, where there may have been but a proxy that restarts.
            boolean unsaid = codeless && told.cause().equals(CloseCause.PEER);
            inbox.offer(unsaid ? new Signal.Closed(WebSocketCloseStatus.EMPTY.code(), null, CloseCause.PEER) : told);
        });
    }

    /** With the pool gone the task is run all the same: somebody waits for it. */
    private void offTheLoop(Runnable task) {
        try {
            loop.workers().execute(task);
        } catch (RejectedExecutionException e) {
            task.run();
        }
    }

    private static void drop(WebSocketInternal transport) {
        transport.channelHandlerContext().close();
    }

    /** All that Vert.x may take for TCP, TLS and the handshake, one after the other, and a little for its own timers to come first. */
    private long patience(long now) {
        SocketOptions options = loop.options();
        return now + options.connectTimeout().plus(options.handshakeTimeout().multipliedBy(2)).plusMillis(100).toNanos();
    }

    @Override
    public CompletionStage<?> handle(Signal signal) {
        CompletionStage<?> handled;
        try {
            handled = signal.deliver(delivery);
        } catch (RuntimeException e) {
            handled = CompletableFuture.failedFuture(e);
        }
        return (handled == null ? CompletableFuture.completedFuture(null) : handled).handle((done, failure) -> {
            if (failure != null) {
                LOG.warn("socket signal failed signal={} cause={}", signal.getClass().getSimpleName(), failure.getClass().getName());
            }
            if (signal instanceof Signal.Last) {
                delivered = true;
                delivery.consumer().lived();
            }
            return null;
        });
    }

    @Override
    public void full() {
        if (state instanceof Open open) {
            open.transport().pause();
            keepalive.pause();
        } else if (state instanceof Closing closing) {
            closing.transport().pause();
        }
    }

    @Override
    public void roomAgain() {
        loop.execute(() -> {
            // It may have filled again before this came to run; then the next room will resume it.
            if (inbox.isFull()) {
                return;
            }
            if (state instanceof Open open) {
                keepalive.resume();
                open.transport().resume();
            } else if (state instanceof Closing closing) {
                closing.transport().resume();
            }
        });
    }

    @Override
    public void workersGone() {
        delivered = true;
        loop.execute(() -> {
            LOG.warn("socket dropped cause=\"the worker pool takes no work\"");
            goAway();
        });
    }
}

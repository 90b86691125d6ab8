package io.guestchat.socket;

import java.util.function.Supplier;

import io.guestchat.socket.SocketState.Abandoned;
import io.guestchat.socket.SocketState.Closing;
import io.guestchat.socket.SocketState.Gone;
import io.guestchat.socket.SocketState.Lingering;
import io.guestchat.socket.SocketState.Open;
import io.guestchat.socket.SocketState.Opening;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.CorruptedWebSocketFrameException;
import io.netty.handler.codec.http.websocketx.WebSocketCloseStatus;
import io.netty.handler.codec.http.websocketx.WebSocketHandshakeException;
import io.vertx.core.http.ClientWebSocket;
import io.vertx.core.http.WebSocketConnectOptions;
import io.vertx.core.http.WebSocketFrame;
import io.vertx.core.http.WebSocketFrameType;
import io.vertx.core.http.impl.WebSocketInternal;

/**
 * The transitions of one socket's {@link SocketState}. They belong to its event loop: all methods are called there, but for
 * those that say otherwise.
 */
final class SocketLife {

    private final SocketLoop loop;
    private final Inbox inbox;
    private final FrameReader reader;
    private volatile SocketState state = new Gone();
    private volatile boolean unwanted;
    private volatile boolean delivered;
    private Supplier<WebSocketConnectOptions> handshake;
    private Keepalive keepalive;
    private Signal.Closed violation;

    /** @param handshake asked once, when connecting, and then forgotten: it knows the token */
    SocketLife(SocketLoop loop, Supplier<WebSocketConnectOptions> handshake, Inbox inbox, FrameReader reader) {
        this.loop = loop;
        this.handshake = handshake;
        this.inbox = inbox;
        this.reader = reader;
    }

    /** From any thread: the transport while the socket is open and nobody wants to close it, else null. */
    WebSocketInternal transport() {
        return !unwanted && state instanceof Open open ? open.transport() : null;
    }

    /** From any thread: it is about to be closed, and not open any more for its users. */
    void unwanted() {
        unwanted = true;
    }

    /** From any thread: the last signal has been handled. */
    void delivered() {
        delivered = true;
    }

    void connect() {
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

    void close(Signal.Closed told) {
        long now = loop.now();
        if (state instanceof Opening) {
            state = new Abandoned(told.code(), told.reason(), patience(now));
            inbox.offer(new Signal.Refused(HandshakeRefusal.cancelled()));
        } else if (state instanceof Open open) {
            state = new Closing(open.transport(), told, bounded(now));
            open.transport().close(told.code().shortValue(), told.reason());
        }
    }

    /** The context is being stopped, or nobody is there to handle what comes. */
    void goAway() {
        unwanted = true;
        close(new Signal.Closed(WebSocketCloseStatus.ENDPOINT_UNAVAILABLE.code(), "going away", CloseCause.ASKED));
    }

    /** Several times a second. True where nothing is left of the socket. */
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
            linger(lingering, now);
        }
        return state instanceof Gone && delivered;
    }

    void pauseReading() {
        if (state instanceof Open open) {
            open.transport().pause();
            keepalive.pause();
        } else if (state instanceof Closing closing) {
            closing.transport().pause();
        }
    }

    void resumeReading() {
        if (state instanceof Open open) {
            keepalive.resume();
            open.transport().resume();
        } else if (state instanceof Closing closing) {
            closing.transport().resume();
        }
    }

    private void connected(WebSocketInternal transport) {
        if (state instanceof Opening) {
            keepalive = new Keepalive(loop.options(), loop.firstPing());
            state = new Open(transport);
            inbox.offer(new Signal.Opened());
            return;
        }
        reader.stop();
        if (state instanceof Abandoned abandoned) {
            transport.close((short) abandoned.code(), abandoned.reason());
        } else {
            transport.close((short) WebSocketCloseStatus.ENDPOINT_UNAVAILABLE.code(), "too late");
        }
        state = new Lingering(transport, bounded(loop.now()));
        loop.watch(this);
    }

    private void refused(Throwable failure) {
        if (state instanceof Opening opening) {
            // Vert.x enforces its handshake timeout by closing the connection, and tells only that.
            boolean late = failure instanceof WebSocketHandshakeException
                    && loop.now() - opening.handshakeAt() >= loop.options().handshakeTimeout().toNanos();
            inbox.offer(new Signal.Refused(late ? HandshakeRefusal.timeout() : HandshakeRefusal.of(failure)));
        }
        state = new Gone();
    }

    private void received(WebSocketFrame frame) {
        if (keepalive != null && frame.type() == WebSocketFrameType.PONG) {
            keepalive.pong();
        }
        try {
            reader.read(frame);
        } catch (MessageTooBigException e) {
            close(new Signal.Closed(WebSocketCloseStatus.MESSAGE_TOO_BIG.code(), e.getMessage(), CloseCause.TOO_BIG));
        }
    }

    /**
     * Netty's decoder found a frame too large or malformed. Vert.x closes the connection right after this call, so the close
     * frame is written and flushed past Vert.x, which would hold it back to the end of the read.
     */
    private void failed(Throwable failure) {
        if (state instanceof Open open && failure instanceof CorruptedWebSocketFrameException corrupted) {
            WebSocketCloseStatus status = corrupted.closeStatus();
            boolean tooBig = status.code() == WebSocketCloseStatus.MESSAGE_TOO_BIG.code();
            violation = new Signal.Closed(status.code(), status.reasonText(), tooBig ? CloseCause.TOO_BIG : CloseCause.PROTOCOL);
            open.transport().channelHandlerContext().writeAndFlush(new CloseWebSocketFrame(status));
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
                String reason = open.transport().closeReason();
                ended(open.transport(), new Signal.Closed(Short.toUnsignedInt(code), reason, CloseCause.PEER));
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

    /** The end is told behind the frames that Vert.x still holds: resuming puts a task before ours that lets them out. */
    private void ended(WebSocketInternal transport, Signal.Closed told) {
        state = new Lingering(transport, bounded(loop.now()));
        transport.resume();
        loop.execute(() -> {
            reader.stop();
            // Vert.x has called its close handler before it passed on the close frame, and takes one without a code for a 1000:
            // the end of a chat, where there may have been but a proxy that restarts.
            boolean unsaid = reader.sawCodelessClose() && told.cause().equals(CloseCause.PEER);
            inbox.offer(unsaid ? new Signal.Closed(WebSocketCloseStatus.EMPTY.code(), null, CloseCause.PEER) : told);
        });
    }

    private void linger(Lingering lingering, long now) {
        if (!lingering.transport().channelHandlerContext().channel().isOpen()) {
            state = new Gone();
        } else if (now - lingering.until() >= 0) {
            drop(lingering.transport());
        }
    }

    private static void drop(WebSocketInternal transport) {
        transport.channelHandlerContext().close();
    }

    private long bounded(long now) {
        return now + loop.options().closingTimeout().toNanos();
    }

    /**
     * All that Vert.x may take for TCP, TLS and the handshake, one after the other, and a little for its timers to come first.
     */
    private long patience(long now) {
        SocketOptions options = loop.options();
        return now + options.connectTimeout().plus(options.handshakeTimeout().multipliedBy(2)).plusMillis(100).toNanos();
    }
}

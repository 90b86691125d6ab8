package io.guestchat.socket;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Supplier;

import io.vertx.core.Future;
import io.vertx.core.http.WebSocket;
import io.vertx.core.http.WebSocketConnectOptions;
import io.vertx.core.http.impl.WebSocketInternal;
import org.apache.camel.Endpoint;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A session's socket as others see it: hops to its event loop for what they ask, and to the worker pool for what they are told.
 */
final class LiveSocket implements SessionSocket, Inbox.Owner {

    private static final Logger LOG = LoggerFactory.getLogger(LiveSocket.class);

    private final SocketLoop loop;
    private final Inbox inbox;
    private final SocketLife life;
    private final Delivery delivery;
    private final PingLedger pings = new PingLedger();

    /** @param handshake asked once, when connecting, and then forgotten: it knows the token */
    LiveSocket(SocketLoop loop, Supplier<WebSocketConnectOptions> handshake, SessionWebsocketConsumer consumer,
            SocketListener listener) {
        this.loop = loop;
        this.inbox = new Inbox(loop.workers(), loop.options(), this);
        this.life = new SocketLife(loop, handshake, inbox, new FrameReader(inbox, pings, loop.options().maxMessageBytes()));
        this.delivery = new Delivery(this, consumer, listener);
    }

    void open() {
        loop.execute(life::connect);
    }

    @Override
    public CompletionStage<Void> write(String text) {
        WebSocketInternal transport = life.transport();
        if (transport == null) {
            return CompletableFuture.failedFuture(new SocketClosedException());
        }
        Future<Void> handedOver;
        // Two long texts at once would mix their frames: Vert.x writes the frames of a message one by one.
        synchronized (pings) {
            handedOver = transport.writeTextMessage(text);
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
            WebSocketInternal transport = life.transport();
            if (transport != null) {
                transport.writePing(PingLedger.payload(number));
            }
            return number;
        }
    }

    @Override
    public void close(int code, String reason) {
        CloseFrames.check(code);
        life.unwanted();
        loop.execute(() -> life.close(new Signal.Closed(code, CloseFrames.cut(reason), CloseCause.ASKED)));
    }

    @Override
    public boolean isOpen() {
        return life.transport() != null;
    }

    /** The transport of the open socket, for the endpoint. */
    WebSocket transport() throws SocketClosedException {
        WebSocketInternal transport = life.transport();
        if (transport == null) {
            throw new SocketClosedException();
        }
        return (WebSocket) transport;
    }

    /** How many signals wait to be handled. */
    int waiting() {
        return inbox.size();
    }

    Endpoint endpoint() {
        return delivery.consumer().getEndpoint();
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
                LOG.warn("socket signal failed signal={} cause={}",
                        signal.getClass().getSimpleName(), failure.getClass().getName());
            }
            if (signal instanceof Signal.Last) {
                life.delivered();
                delivery.consumer().lived();
            }
            return null;
        });
    }

    @Override
    public void full() {
        loop.paused(true);
        life.pauseReading();
    }

    @Override
    public void roomAgain() {
        loop.paused(false);
        loop.execute(() -> {
            // It may have filled again before this came to run; then the next room resumes it.
            if (!inbox.isFull()) {
                life.resumeReading();
            }
        });
    }

    @Override
    public void workersGone() {
        LOG.warn("socket dropped cause=\"the worker pool takes no work\"");
        life.delivered();
        loop.execute(life::goAway);
    }

    /** With the pool gone the task is run all the same: somebody waits for it. */
    private void offTheLoop(Runnable task) {
        try {
            loop.workers().execute(task);
        } catch (RejectedExecutionException e) {
            task.run();
        }
    }
}

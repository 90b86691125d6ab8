package io.guestchat.socket;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.net.NetSocket;
import org.apache.camel.CamelContext;
import org.apache.camel.impl.DefaultCamelContext;

/** A Camel context with the component, and real servers for it to connect to. */
final class SocketBed implements AutoCloseable {

    static final String AUTHORIZATION = "Bearer s3cr3t-token";

    final Vertx peers = Vertx.vertx();
    final ExecutorService workers = Executors.newFixedThreadPool(4, task -> new Thread(task, "bed-worker"));
    final CamelContext camel = new DefaultCamelContext();
    final SessionWebsocketComponent component;
    /** What is connected to the servers now. */
    final Set<Object> connected = ConcurrentHashMap.newKeySet();

    SocketBed(SocketOptions options) {
        component = new SessionWebsocketComponent(options, workers);
        camel.getRegistry().bind("vertx-websocket", component);
        camel.getComponent("vertx-websocket");
        camel.start();
    }

    /** A WebSocket server on a free port. */
    int serve(Consumer<ServerWebSocket> onSocket) {
        return serve(new HttpServerOptions(), server -> server.webSocketHandler(socket -> {
            connected.add(socket);
            socket.closeHandler(nothing -> connected.remove(socket));
            onSocket.accept(socket);
        }));
    }

    int serve(HttpServerOptions options, Consumer<HttpServer> setup) {
        HttpServer server = peers.createHttpServer(options.setPort(0).setHost("localhost"));
        setup.accept(server);
        return await(server.listen()).actualPort();
    }

    /** A TCP server on a free port that does what the test tells it to: for peers that no library would play. */
    int serveRaw(Consumer<NetSocket> onConnection) {
        return await(peers.createNetServer().connectHandler(socket -> {
            connected.add(socket);
            socket.closeHandler(nothing -> connected.remove(socket));
            onConnection.accept(socket);
        }).listen(0, "localhost")).actualPort();
    }

    SessionSocket open(int port, Recorder recorder) {
        return component.open("ws://localhost:" + port + "/webchat/v1/guests/sessions/s1", AUTHORIZATION, recorder, recorder);
    }

    private static <T> T await(io.vertx.core.Future<T> future) {
        try {
            return future.toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        camel.stop();
        await(peers.close());
        workers.shutdownNow();
    }
}

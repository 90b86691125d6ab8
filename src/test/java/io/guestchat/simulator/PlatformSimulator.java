package io.guestchat.simulator;

import io.vertx.core.AbstractVerticle;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.file.FileSystemOptions;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.net.PfxOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The running simulator: a server on loopback with event loops of its own. {@link #stop()} and {@link #resume()} are an outage:
 * the port and all that is remembered stay the same. {@link #close()} ends all its threads. Its methods wait for the event loops:
 * call them from other threads.
 */
public final class PlatformSimulator implements AutoCloseable {

    private static final int ANY_SHARED_PORT = -1;
    private static final int LARGEST_MESSAGE = 1 << 20;
    private static final long PATIENCE_SECONDS = 30;

    private final SimulatorOptions options;
    private final SelfMadeCertificate certificate;
    private final Platform platform;
    private final Vertx vertx;
    private final ScheduledExecutorService timers;
    private final SimulatorControl control;
    private final Gateway gateway;
    private int port;
    private String deployment;

    private PlatformSimulator(SimulatorOptions options) {
        this.options = options;
        this.certificate = options.tls() ? SelfMadeCertificate.make(options.tlsNames()) : null;
        this.platform = new Platform(options);
        this.vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(eventLoops()).setWorkerPoolSize(1)
                .setInternalBlockingPoolSize(1)
                .setFileSystemOptions(new FileSystemOptions().setFileCachingEnabled(false).setClassPathResolvingEnabled(false)));
        // Not the timers of Vert.x: those end with the listeners, and what the agent is about to do outlives an outage. One
        // thread for all, so that answers of one delay keep their order.
        this.timers = Executors.newSingleThreadScheduledExecutor(task -> new Thread(task, "simulator-timers"));
        Agent agent = new Agent(timers, platform);
        this.control = new SimulatorControl(platform, agent);
        this.gateway = new Gateway(vertx, timers, platform, control);
        this.port = options.port();
    }

    /** Starts one that listens when this returns. */
    public static PlatformSimulator start(SimulatorOptions options) {
        PlatformSimulator simulator = new PlatformSimulator(options);
        try {
            simulator.writeCertificate();
            simulator.resume();
            return simulator;
        } catch (RuntimeException failed) {
            simulator.close();
            throw failed;
        }
    }

    public SimulatorControl control() {
        return control;
    }

    /** As it was started. */
    public SimulatorOptions options() {
        return options;
    }

    public synchronized int port() {
        return port;
    }

    /** {@code http://host:port} or {@code https://host:port}. */
    public String baseUrl() {
        return (options.tls() ? "https" : "http") + "://" + authority();
    }

    /** {@code ws://host:port} or {@code wss://host:port}. */
    public String wsUrl() {
        return (options.tls() ? "wss" : "ws") + "://" + authority();
    }

    /** The certificate, PEM; null without TLS. */
    public String certificatePem() {
        return certificate == null ? null : certificate.pem();
    }

    /** Stops listening and resets every connection, as an outage would. Everything is remembered. */
    public synchronized void stop() {
        if (deployment != null) {
            // In this order: no socket may be left for Vert.x to close, as it would close it with 1000, the end of a chat.
            platform.down(true);
            control.cutAll();
            await(vertx.undeploy(deployment));
            deployment = null;
        }
    }

    /** Listens again, on the same port. */
    public synchronized void resume() {
        if (deployment == null) {
            DeploymentOptions instances = new DeploymentOptions().setInstances(eventLoops());
            AtomicInteger actual = new AtomicInteger();
            platform.down(false);
            int wanted = port == 0 ? ANY_SHARED_PORT : port;
            deployment = await(vertx.deployVerticle(() -> new Listener(wanted, actual), instances));
            port = actual.get();
        }
    }

    @Override
    public void close() {
        stop();
        timers.shutdownNow();
        await(vertx.close());
    }

    private String authority() {
        return ("0.0.0.0".equals(options.host()) ? "localhost" : options.host()) + ":" + port();
    }

    private void writeCertificate() {
        if (certificate != null && options.certificateOut() != null) {
            try {
                Files.writeString(options.certificateOut(), certificate.pem());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private HttpServerOptions serverOptions() {
        HttpServerOptions server = new HttpServerOptions().setHost(options.host())
                // Java's own client would otherwise leave WebSocket-capable HTTP/1.1 on its first call.
                .setHttp2ClearTextEnabled(false)
                .setMaxWebSocketFrameSize(LARGEST_MESSAGE).setMaxWebSocketMessageSize(LARGEST_MESSAGE)
                .setPerMessageWebSocketCompressionSupported(false).setPerFrameWebSocketCompressionSupported(false);
        if (certificate != null) {
            server.setSsl(true).setKeyCertOptions(
                    new PfxOptions().setValue(Buffer.buffer(certificate.keyStore())).setPassword(certificate.password()));
        }
        return server;
    }

    private static int eventLoops() {
        return Math.max(1, Math.min(4, Runtime.getRuntime().availableProcessors()));
    }

    private static <T> T await(Future<T> future) {
        try {
            return future.toCompletionStage().toCompletableFuture().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while the simulator starts or stops", e);
        } catch (ExecutionException e) {
            throw new IllegalStateException("the simulator cannot start or stop: " + e.getCause().getMessage(), e.getCause());
        } catch (TimeoutException e) {
            throw new IllegalStateException("the simulator did not start or stop in time", e);
        }
    }

    /** One of the event loops that share the port. */
    private final class Listener extends AbstractVerticle {

        private final int wanted;
        private final AtomicInteger actual;

        Listener(int wanted, AtomicInteger actual) {
            this.wanted = wanted;
            this.actual = actual;
        }

        @Override
        public void start(Promise<Void> started) {
            vertx.createHttpServer(serverOptions()).requestHandler(gateway).listen(wanted)
                    .onSuccess(server -> actual.set(server.actualPort())).<Void>mapEmpty().onComplete(started);
        }
    }
}

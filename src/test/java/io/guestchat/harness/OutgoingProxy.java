package io.guestchat.harness;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.net.HostAndPort;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

/**
 * A company's way out: a real HTTP proxy. It tunnels by CONNECT, passes plain requests on, and asks for Basic authentication where
 * it is told to. It alone knows where hosts are: whatever the name, it is this machine.
 */
public final class OutgoingProxy implements AutoCloseable {

    private final Vertx vertx = Vertx.vertx();
    private final NetClient tunnels = vertx.createNetClient();
    private final HttpClient plain = vertx.createHttpClient();
    private final Set<NetSocket> open = ConcurrentHashMap.newKeySet();
    private final List<String> passed = new CopyOnWriteArrayList<>();
    private final int port;
    private volatile String credentials;
    private volatile int refusal;

    private OutgoingProxy() {
        port = await(vertx.createHttpServer().requestHandler(this::handle).listen(0, "127.0.0.1")).actualPort();
    }

    public static OutgoingProxy start() {
        return new OutgoingProxy();
    }

    /** From now on only those may pass who show this; null lets all pass. */
    public void demand(String username, String password) {
        credentials = username == null ? null : "Basic "
                + Base64.getEncoder().encodeToString((username + ":" + password).getBytes(StandardCharsets.UTF_8));
    }

    /** From now on all requests are answered so; 0 lets them pass. */
    public void refuseWith(int status) {
        refusal = status;
    }

    /** Ends all tunnels. */
    public void dropTunnels() {
        open.forEach(NetSocket::close);
    }

    public int port() {
        return port;
    }

    public String url() {
        return "http://127.0.0.1:" + port;
    }

    /** What has passed, such as {@code CONNECT host:443} and {@code GET http://host/path}. */
    public List<String> passed() {
        return List.copyOf(passed);
    }

    private void handle(HttpServerRequest request) {
        if (request.method() == HttpMethod.CONNECT) {
            answer(request, Buffer.buffer());
        } else {
            request.body().onSuccess(body -> answer(request, body));
        }
    }

    private void answer(HttpServerRequest request, Buffer body) {
        if (refusal != 0) {
            refuse(request, request.response().setStatusCode(refusal));
        } else if (credentials != null && !credentials.equals(request.getHeader("Proxy-Authorization"))) {
            refuse(request, request.response().setStatusCode(407).putHeader("Proxy-Authenticate", "Basic realm=\"way out\""));
        } else if (request.method() == HttpMethod.CONNECT) {
            tunnel(request);
        } else {
            passOn(request, body);
        }
    }

    /** Every word of it repeats what was shown, as error pages of proxies like to. */
    private static void refuse(HttpServerRequest request, HttpServerResponse response) {
        String shown = request.getHeader("Proxy-Authorization");
        response.setStatusMessage("the proxy says no to " + shown).putHeader("X-Shown", String.valueOf(shown))
                .end("no to " + shown + "\n" + request.headers());
    }

    private void tunnel(HttpServerRequest request) {
        HostAndPort to = request.authority();
        passed.add("CONNECT " + to.host() + ":" + to.port());
        request.pause();
        tunnels.connect(to.port(), "127.0.0.1").onSuccess(far -> request.toNetSocket().onSuccess(near -> {
            open.add(near);
            near.closeHandler(closed -> open.remove(near));
            near.pipeTo(far);
            far.pipeTo(near);
        })).onFailure(away -> request.response().setStatusCode(502).end());
    }

    private void passOn(HttpServerRequest request, Buffer body) {
        URI to = URI.create(request.absoluteURI());
        passed.add(request.method() + " " + to);
        String path = to.getRawPath() + (to.getRawQuery() == null ? "" : "?" + to.getRawQuery());
        plain.request(request.method(), to.getPort(), "127.0.0.1", path).compose(onward -> {
            request.headers().forEach(header -> {
                if (!header.getKey().toLowerCase(Locale.ROOT).startsWith("proxy-")) {
                    onward.putHeader(header.getKey(), header.getValue());
                }
            });
            return onward.send(body);
        }).compose(answer -> answer.body().onSuccess(answered -> request.response().setStatusCode(answer.statusCode()).end(answered)))
                .onFailure(away -> request.response().setStatusCode(502).end());
    }

    private static <T> T await(Future<T> future) {
        try {
            return future.toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        await(vertx.close());
    }
}

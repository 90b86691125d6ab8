package io.guestchat.platform;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

/** A platform on a loopback port: a token endpoint and an API, each answering what the test tells it. */
final class Loopback implements AutoCloseable {

    record Request(String method, String uri, Map<String, List<String>> headers, String body) {
        String header(String name) {
            return headers.entrySet().stream().filter(h -> h.getKey().equalsIgnoreCase(name))
                    .map(h -> String.join(",", h.getValue())).findFirst().orElse(null);
        }
    }

    record Answer(int status, Map<String, String> headers, byte[] body) {
        static Answer of(int status, String body, String... headers) {
            Map<String, String> map = new LinkedHashMap<>();
            for (int i = 0; i < headers.length; i += 2) {
                map.put(headers[i], headers[i + 1]);
            }
            return new Answer(status, map, body.getBytes(StandardCharsets.UTF_8));
        }
    }

    final List<Request> calls = new CopyOnWriteArrayList<>();
    final List<Request> tokenCalls = new CopyOnWriteArrayList<>();
    /** Answered first, in order; then {@link #otherwise}. */
    final Queue<Answer> next = new ConcurrentLinkedQueue<>();
    final Queue<Answer> nextTokens = new ConcurrentLinkedQueue<>();
    volatile Function<Request, Answer> otherwise = request -> Answer.of(200, "{}");
    volatile String scope = null;

    private final AtomicInteger issued = new AtomicInteger();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final HttpServer server;

    Loopback() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 500);
        server.setExecutor(threads);
        server.createContext("/oauth/token", exchange -> answer(exchange, tokenCalls, nextTokens, this::token));
        server.createContext("/", exchange -> answer(exchange, calls, next, otherwise));
        server.start();
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    private Answer token(Request request) {
        String told = scope == null ? "" : ",\"scope\":\"" + scope + "\"";
        return Answer.of(200, "{\"access_token\":\"SECRET-" + issued.incrementAndGet()
                + "\",\"token_type\":\"bearer\",\"expires_in\":3600" + told + "}");
    }

    private static void answer(HttpExchange exchange, List<Request> record, Queue<Answer> next,
            Function<Request, Answer> otherwise) throws IOException {
        try (exchange) {
            Request request = new Request(exchange.getRequestMethod(), exchange.getRequestURI().toString(),
                    Map.copyOf(exchange.getRequestHeaders()),
                    new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            record.add(request);
            Answer told = next.poll();
            Answer answer = told != null ? told : otherwise.apply(request);
            answer.headers().forEach(exchange.getResponseHeaders()::set);
            exchange.sendResponseHeaders(answer.status(), answer.body().length == 0 ? -1 : answer.body().length);
            if (answer.body().length > 0) {
                exchange.getResponseBody().write(answer.body());
            }
        }
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}

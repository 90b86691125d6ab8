package io.guestchat.bench.bare;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.ClientWebSocket;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.WebSocketClient;
import io.vertx.core.http.WebSocketClientOptions;
import io.vertx.core.http.WebSocketConnectOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.function.Consumer;

/** The platform's calls and sockets, without a second try. Safe for all threads. */
final class BarePlatform {

    private static final int AT_ONCE = 128;
    private static final int LARGEST = 1 << 20;
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final BareOptions options;
    private final HttpClient http;
    private final WebSocketClient sockets;
    private final Gate handshakes = new Gate(AT_ONCE);
    private volatile String token;

    BarePlatform(Vertx vertx, BareOptions options) {
        this.options = options;
        this.http = vertx.createHttpClient(new HttpClientOptions().setSsl(options.tls()).setMaxPoolSize(AT_ONCE)
                .setDefaultHost(options.url().getHost()).setDefaultPort(options.url().getPort()));
        this.sockets = vertx.createWebSocketClient(new WebSocketClientOptions().setSsl(options.tls())
                .setMaxConnections(Integer.MAX_VALUE).setMaxFrameSize(LARGEST).setMaxMessageSize(LARGEST));
    }

    Future<Void> fetchToken() {
        String client = options.clientId() + ":" + options.clientSecret();
        return http.request(HttpMethod.POST, "/oauth/token").compose(request -> answer(request
                .putHeader("Authorization", "Basic " + Base64.getEncoder().encodeToString(client.getBytes(StandardCharsets.UTF_8)))
                .putHeader("Content-Type", "application/x-www-form-urlencoded"), "grant_type=client_credentials"))
                .map(answer -> {
                    token = answer.path("access_token").asText();
                    return null;
                });
    }

    /** @return the session's id */
    Future<String> createSession(String guest) {
        return http.request(HttpMethod.POST, "/api/v2/webchat/guests/sessions")
                .compose(request -> answer(authorized(request).putHeader("Content-Type", "application/json"),
                        "{\"language\":\"en-US\",\"displayName\":\"" + guest + "\"}"))
                .map(answer -> answer.path("webchatSessionId").asText());
    }

    /** @return what the agent said, oldest first */
    Future<List<String>> history(String conversation) {
        return history(conversation, 1, new ArrayList<>());
    }

    private Future<List<String>> history(String conversation, int page, List<String> said) {
        String path = "/api/v2/conversations/webchat/" + conversation + "/messages?pageSize=100&pageNumber=" + page;
        return http.request(HttpMethod.GET, path).compose(request -> answer(authorized(request), "")).compose(answer -> {
            for (JsonNode text : answer.path("entities")) {
                if (text.path("direction").asText().equals("outbound")) {
                    said.add(text.path("text").asText());
                }
            }
            return answer.path("nextPage").isNull() ? Future.succeededFuture(said) : history(conversation, page + 1, said);
        });
    }

    private HttpClientRequest authorized(HttpClientRequest request) {
        return request.putHeader("Authorization", "Bearer " + token);
    }

    private static Future<JsonNode> answer(HttpClientRequest request, String body) {
        return request.send(Buffer.buffer(body)).compose(response -> {
            if (response.statusCode() != 200) {
                return Future.failedFuture("HTTP " + response.statusCode());
            }
            return response.body();
        }).map(bytes -> json(bytes.getBytes()));
    }

    /** @param frames gets each frame, on the socket's event loop, from the first on */
    Future<ClientWebSocket> connect(String session, Consumer<JsonNode> frames, Runnable closed) {
        WebSocketConnectOptions where = new WebSocketConnectOptions().setHost(options.sockets().getHost())
                .setPort(options.sockets().getPort()).setSsl(options.tls()).setAllowOriginHeader(false)
                .setURI("/webchat/v1/guests/sessions/" + session).putHeader("Authorization", "Bearer " + token);
        Promise<ClientWebSocket> connected = Promise.promise();
        handshakes.pass(() -> {
            ClientWebSocket socket = sockets.webSocket();
            socket.textMessageHandler(text -> frames.accept(json(text.getBytes(StandardCharsets.UTF_8))));
            socket.closeHandler(end -> closed.run());
            return socket.connect(where).onSuccess(open -> connected.complete(socket)).onFailure(connected::fail);
        });
        return connected.future();
    }

    private static JsonNode json(byte[] text) {
        try {
            return JSON.readTree(text);
        } catch (IOException notJson) {
            throw new UncheckedIOException(notJson);
        }
    }
}

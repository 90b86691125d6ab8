package io.guestchat.faults;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.guestchat.simulator.PlatformSimulator;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * What nothing but Java's own client needs to connect sessions and to read their histories, all at once: what a bridge's takeover
 * is measured against.
 */
final class BareClient {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final int END_OF_THE_CHAT = 1000;

    private final PlatformSimulator platform;
    private final HttpClient http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    BareClient(PlatformSimulator platform) {
        this.platform = platform;
    }

    /**
     * Makes sessions of its own, in whose histories so many texts stand, then measures; the sessions are ended after it.
     *
     * @return from the token's call until all are connected and read
     */
    Duration connectAndRead(int sessions, int texts) {
        List<Session> made = new ArrayList<>();
        String token = token();
        for (int number = 0; number < sessions; number++) {
            made.add(session(token, "Bare " + sessions + "-" + number, texts));
        }
        long began = System.nanoTime();
        String fresh = token();
        List<CompletableFuture<WebSocket>> sockets = made.stream().map(session -> connectAndRead(session, fresh, texts)).toList();
        CompletableFuture.allOf(sockets.toArray(CompletableFuture<?>[]::new)).join();
        Duration needed = Duration.ofNanos(System.nanoTime() - began);
        sockets.forEach(socket -> socket.join().sendClose(END_OF_THE_CHAT, "").join());
        return needed;
    }

    private record Session(String id, String conversation) {
    }

    private Session session(String token, String guest, int texts) {
        String id = json(authorized("/api/v2/webchat/guests/sessions", token).header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString("{\"language\":\"en\",\"displayName\":\"" + guest + "\"}")).build())
                .path("webchatSessionId").asText();
        platform.control().assign(id);
        for (int text = 0; text < texts; text++) {
            platform.control().say(id, "agent says " + text);
        }
        return new Session(id, platform.control().session(id).conversationId());
    }

    private String token() {
        String client = platform.options().clientId() + ":" + platform.options().clientSecret();
        return json(HttpRequest.newBuilder(URI.create(platform.baseUrl() + "/oauth/token"))
                .header("Authorization", "Basic " + Base64.getEncoder().encodeToString(client.getBytes(StandardCharsets.UTF_8)))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString("grant_type=client_credentials")).build())
                .path("access_token").asText();
    }

    private CompletableFuture<WebSocket> connectAndRead(Session session, String token, int texts) {
        URI uri = URI.create(platform.wsUrl() + "/webchat/v1/guests/sessions/" + session.id());
        return http.newWebSocketBuilder().header("Authorization", "Bearer " + token).buildAsync(uri, new WebSocket.Listener() { })
                .thenCompose(socket -> read(session, token, 1, 0).thenApply(entities -> {
                    if (entities != texts) {
                        throw new IllegalStateException("a history of " + entities + " texts instead of " + texts);
                    }
                    return socket;
                }));
    }

    /** How many texts the pages from this one on have, and those before it. */
    private CompletableFuture<Integer> read(Session session, String token, int page, int before) {
        String path = "/api/v2/conversations/webchat/" + session.conversation() + "/messages?pageSize=100&pageNumber=" + page;
        return http.sendAsync(authorized(path, token).build(), BodyHandlers.ofString()).thenCompose(answer -> {
            JsonNode body = json(answer.body());
            int entities = before + body.path("entities").size();
            return body.path("nextPage").isNull() ? CompletableFuture.completedFuture(entities)
                    : read(session, token, page + 1, entities);
        });
    }

    private HttpRequest.Builder authorized(String path, String token) {
        return HttpRequest.newBuilder(URI.create(platform.baseUrl() + path)).header("Authorization", "Bearer " + token);
    }

    private JsonNode json(HttpRequest request) {
        try {
            return json(http.send(request, BodyHandlers.ofString()).body());
        } catch (IOException noAnswer) {
            throw new UncheckedIOException(noAnswer);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(stopped);
        }
    }

    private static JsonNode json(String body) {
        try {
            return JSON.readTree(body);
        } catch (IOException notJson) {
            throw new UncheckedIOException(notJson);
        }
    }
}

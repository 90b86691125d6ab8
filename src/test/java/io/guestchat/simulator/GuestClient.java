package io.guestchat.simulator;

import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.concurrent.CompletableFuture;
import javax.net.ssl.SSLContext;

/** A guest's backend made of the JDK's own clients only, so that the simulator is not judged by the library it is built with. */
final class GuestClient {

    static final String SESSIONS = "/api/v2/webchat/guests/sessions";

    private final String baseUrl;
    private final HttpClient http;

    /** What a call brought back; the body is empty where it is not a JSON object. */
    record Answer(int status, HttpHeaders headers, String text, JsonObject body) {
    }

    GuestClient(String baseUrl) {
        this(baseUrl, HttpClient.newHttpClient());
    }

    GuestClient(String baseUrl, SSLContext trusting) {
        this(baseUrl, HttpClient.newBuilder().sslContext(trusting).build());
    }

    private GuestClient(String baseUrl, HttpClient http) {
        this.baseUrl = baseUrl;
        this.http = http;
    }

    Answer askToken(String client, String secret, String form) {
        String basic = Base64.getEncoder().encodeToString((client + ":" + secret).getBytes(StandardCharsets.UTF_8));
        return send(request("/oauth/token").header("Authorization", "Basic " + basic)
                .header("Content-Type", "application/x-www-form-urlencoded").POST(HttpRequest.BodyPublishers.ofString(form)));
    }

    String token() {
        return askToken("your_client_id", "your_client_secret", "grant_type=client_credentials").body().getString("access_token");
    }

    Answer createSession(String token, String json) {
        return send(request(SESSIONS).header("Authorization", "Bearer " + token).header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(json)));
    }

    /** Opens a session and returns its {@code webchatSessionId}. */
    String session(String token, String displayName) {
        return createSession(token, new JsonObject().put("displayName", displayName).put("language", "en-US").encode())
                .body().getString("webchatSessionId");
    }

    Answer details(String token, String session) {
        return get(token, SESSIONS + "/" + session);
    }

    Answer history(String token, String conversation, String query) {
        return get(token, "/api/v2/conversations/webchat/" + conversation + "/messages" + query);
    }

    Answer get(String token, String path) {
        return send(request(path).header("Authorization", "Bearer " + token).GET());
    }

    Answer control(String verb, JsonObject body) {
        return send(request("/control/" + verb).POST(HttpRequest.BodyPublishers.ofString(body.encode())));
    }

    Answer report(String what) {
        return send(request("/control/" + what).GET());
    }

    static String encoded(String segment) {
        return URLEncoder.encode(segment, StandardCharsets.UTF_8).replace("+", "%20");
    }

    CompletableFuture<GuestChat> connecting(String token, String session) {
        GuestChat chat = new GuestChat();
        return http.newWebSocketBuilder().header("Authorization", "Bearer " + token)
                .buildAsync(URI.create(baseUrl.replaceFirst("http", "ws") + "/webchat/v1/guests/sessions/" + session), chat)
                .thenApply(chat::opened);
    }

    GuestChat connect(String token, String session) {
        return connecting(token, session).join();
    }

    CompletableFuture<Answer> sending(HttpRequest.Builder request) {
        return http.sendAsync(request.build(), HttpResponse.BodyHandlers.ofString()).thenApply(GuestClient::answer);
    }

    HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(baseUrl + path)).timeout(Duration.ofSeconds(10));
    }

    private Answer send(HttpRequest.Builder request) {
        return sending(request).join();
    }

    private static Answer answer(HttpResponse<String> response) {
        boolean object = response.body().startsWith("{");
        return new Answer(response.statusCode(), response.headers(), response.body(),
                object ? new JsonObject(response.body()) : new JsonObject());
    }
}

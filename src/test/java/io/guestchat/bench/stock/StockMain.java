package io.guestchat.bench.stock;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.guestchat.bench.bare.BareOptions;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.apache.camel.main.Main;

/** The stock routes as a process, until it is killed. The token is fetched once. */
public final class StockMain {

    private StockMain() {
    }

    public static void main(String[] args) throws Exception {
        BareOptions options = BareOptions.read(args);
        Main main = new Main();
        main.configure().addRoutesBuilder(new StockRoutes(options, token(options)));
        main.start();
        System.out.println("ready");
        main.run();
    }

    private static String token(BareOptions options) throws IOException, InterruptedException {
        String client = options.clientId() + ":" + options.clientSecret();
        HttpRequest request = HttpRequest.newBuilder(URI.create(options.url() + "/oauth/token"))
                .header("Authorization", "Basic " + Base64.getEncoder().encodeToString(client.getBytes(StandardCharsets.UTF_8)))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString("grant_type=client_credentials")).build();
        String answer = HttpClient.newHttpClient().send(request, BodyHandlers.ofString()).body();
        JsonNode json = JsonMapper.builder().build().readTree(answer);
        return json.path("access_token").asText();
    }
}

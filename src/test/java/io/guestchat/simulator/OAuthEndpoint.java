package io.guestchat.simulator;

import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;

/** {@code POST /oauth/token}: client credentials for a bearer token. Its errors are those of RFC 6749, section 5.2. */
final class OAuthEndpoint {

    private final Platform platform;

    OAuthEndpoint(Platform platform) {
        this.platform = platform;
    }

    void token(Call call, String form) {
        SimulatorOptions options = platform.options();
        if (!knownClient(call.request().getHeader("Authorization"), options)) {
            call.request().response().putHeader("WWW-Authenticate", "Basic realm=\"oauth\"");
            call.answer(401, oauthError("invalid_client", "client not found or invalid client"));
        } else if (!Arrays.asList(form.split("&")).contains("grant_type=client_credentials")) {
            call.answer(400, oauthError("unsupported_grant_type", "grant_type must be client_credentials"));
        } else {
            JsonObject answer = new JsonObject().put("access_token", platform.tokens().issue()).put("token_type", "bearer")
                    .put("expires_in", options.tokenLifetime().toSeconds());
            if (options.scope() != null) {
                answer.put("scope", options.scope());
            }
            call.answer(200, answer);
        }
    }

    private static boolean knownClient(String authorization, SimulatorOptions options) {
        if (authorization == null || !authorization.regionMatches(true, 0, "Basic ", 0, 6)) {
            return false;
        }
        try {
            byte[] given = Base64.getDecoder().decode(authorization.substring(6).strip());
            String expected = options.clientId() + ":" + options.clientSecret();
            return Arrays.equals(given, expected.getBytes(StandardCharsets.UTF_8));
        } catch (IllegalArgumentException notBase64) {
            return false;
        }
    }

    private static JsonObject oauthError(String error, String description) {
        return new JsonObject().put("error", error).put("error_description", description);
    }
}

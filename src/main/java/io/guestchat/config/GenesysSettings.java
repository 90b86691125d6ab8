package io.guestchat.config;

import io.guestchat.tls.ClientTls;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;

/**
 * The keys {@code genesys.*}. No URI has user info, a query or a fragment; the two bases have no slash at their end.
 *
 * @param url base of the platform's HTTP API, {@code http} or {@code https}
 * @param oauthUrl the token endpoint, whole
 * @param websocketUrl base of the platform's WebSockets, {@code ws} or {@code wss}
 * @param clientId the OAuth client
 * @param clientSecret the OAuth client's secret
 * @param retryMaxElapsed how long one call is retried before its request fails
 * @param connectPerMinute WebSocket handshakes a minute, this instance
 * @param requestsPerMinute HTTP calls a minute to the platform's API, this instance
 * @param assignmentPollAfter how long after the socket opened the session is asked for its conversation
 * @param tls for {@code https} and {@code wss}
 * @param proxy which all calls and sockets go through
 */
public record GenesysSettings(URI url, URI oauthUrl, URI websocketUrl, String clientId, Secret clientSecret,
        Duration retryMaxElapsed, int connectPerMinute, int requestsPerMinute, Duration assignmentPollAfter, ClientTls tls,
        Optional<ProxySettings> proxy) {
}

package io.guestchat.platform;

import io.guestchat.config.ProxySettings;
import io.guestchat.tls.ClientTls;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * What this package needs of the configuration (contract, "Configuration"). The two URLs are not here: the routes read
 * {@code genesys.url} and {@code genesys.oauth-url}.
 *
 * @param clientSecret read at each fetch of a token and kept nowhere
 * @param requiredScopes what the calls need together, in the platform's words
 * @param tls for {@code https}
 * @param proxy which all calls go through
 */
public record PlatformSettings(
        String clientId,
        Supplier<String> clientSecret,
        Duration maxElapsed,
        int requestsPerMinute,
        int handshakesPerMinute,
        Set<String> requiredScopes,
        ClientTls tls,
        Optional<ProxySettings> proxy) {
}

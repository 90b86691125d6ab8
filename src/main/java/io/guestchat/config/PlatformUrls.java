package io.guestchat.config;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Locale;

/**
 * Reads the three addresses of the platform. A fault never shows the address: it may hold a password.
 *
 * @param base of the HTTP API, without a slash at its end
 * @param oauth the token endpoint
 * @param websocket base of the WebSockets, without a slash at its end
 */
record PlatformUrls(URI base, URI oauth, URI websocket) {

    private static final List<String> HTTP = List.of("https", "http");
    private static final List<String> WEBSOCKET = List.of("wss", "ws");
    private static final int HIGHEST_PORT = 65535;

    static PlatformUrls read(Values values) {
        URI base = parse(values, Key.GENESYS_URL, values.text(Key.GENESYS_URL), HTTP, true);
        URI oauth = values.given(Key.GENESYS_OAUTH_URL)
                .map(text -> parse(values, Key.GENESYS_OAUTH_URL, text, HTTP, false))
                .orElseGet(() -> base == null ? null : URI.create(base + "/oauth/token"));
        URI websocket = values.given(Key.GENESYS_WEBSOCKET_URL)
                .map(text -> parse(values, Key.GENESYS_WEBSOCKET_URL, text, WEBSOCKET, true))
                .orElseGet(() -> base == null ? null : URI.create("ws" + base.toString().substring("http".length())));
        return new PlatformUrls(base, oauth, websocket);
    }

    /** Null where it is at fault; the fault is noted. */
    private static URI parse(Values values, Key key, String text, List<String> schemes, boolean isBase) {
        String problem;
        try {
            URI uri = new URI(isBase ? text.replaceAll("/+$", "") : text);
            problem = problemOf(uri, schemes, "; the client goes into genesys.client-id and genesys.client-secret");
            if (problem == null) {
                // Lower case, so that the WebSocket's scheme can be made of it.
                return URI.create(uri.getScheme().toLowerCase(Locale.ROOT) + uri.toString().substring(uri.getScheme().length()));
            }
        } catch (URISyntaxException e) {
            problem = "not a URL";
        }
        values.fault(key, problem);
        return null;
    }

    /** What is wrong with an address, without showing it; null where nothing is. @param instead where user and password belong */
    static String problemOf(URI uri, List<String> schemes, String instead) {
        if (uri.getScheme() == null || !schemes.contains(uri.getScheme().toLowerCase(Locale.ROOT))) {
            return "has to begin with " + String.join(":// or ", schemes) + "://";
        }
        if (uri.getRawUserInfo() != null) {
            return "must hold no user or password" + instead;
        }
        if (uri.getHost() == null || uri.getPort() == 0 || uri.getPort() > HIGHEST_PORT) {
            return "names no host, or one that is not a host name with a port of 1 to " + HIGHEST_PORT;
        }
        if (uri.getRawQuery() != null || uri.getRawFragment() != null) {
            return "must hold no query and no fragment";
        }
        return null;
    }
}

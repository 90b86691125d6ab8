package io.guestchat.config;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Optional;

/** Reads the keys {@code genesys.proxy-*}. A fault never shows the address: it may hold a password. */
final class ProxyReader {

    private final Values values;
    private final SecretReader secrets;

    ProxyReader(Values values, SecretReader secrets) {
        this.values = values;
        this.secrets = secrets;
    }

    Optional<ProxySettings> read() {
        Optional<String> username = values.given(Key.GENESYS_PROXY_USERNAME);
        Optional<URI> url = values.given(Key.GENESYS_PROXY_URL).map(this::parse);
        if (username.isEmpty()) {
            for (Key key : List.of(Key.GENESYS_PROXY_PASSWORD, Key.GENESYS_PROXY_PASSWORD_FILE)) {
                values.given(key).ifPresent(given -> values.fault(key, "given without genesys.proxy-username"));
            }
        } else if (values.given(Key.GENESYS_PROXY_URL).isEmpty()) {
            values.fault(Key.GENESYS_PROXY_USERNAME, "given without genesys.proxy-url");
        } else if (username.get().contains(":")) {
            // RFC 7617, section 2.
            values.fault(Key.GENESYS_PROXY_USERNAME, "must hold no colon");
        }
        Secret password = username.isEmpty() ? null
                : secrets.needed(Key.GENESYS_PROXY_PASSWORD, Key.GENESYS_PROXY_PASSWORD_FILE);
        return url.map(proxy -> new ProxySettings(proxy.getHost(), proxy.getPort(), username.orElse(null), password));
    }

    private URI parse(String text) {
        String problem;
        try {
            URI uri = new URI(text.replaceAll("/+$", ""));
            problem = PlatformUrls.problemOf(uri, List.of("http"),
                    "; they go into genesys.proxy-username and genesys.proxy-password");
            if (problem == null && (uri.getPort() < 0 || !uri.getRawPath().isEmpty())) {
                problem = "not http://host:port";
            }
            if (problem == null) {
                return uri;
            }
        } catch (URISyntaxException e) {
            problem = "not a URL";
        }
        values.fault(Key.GENESYS_PROXY_URL, problem);
        return null;
    }
}

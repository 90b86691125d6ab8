package io.guestchat.config;

/**
 * An outgoing HTTP proxy.
 *
 * @param host its name or address
 * @param port its port
 * @param username for Basic authentication at it; null where it asks for none
 * @param password null where it asks for none
 */
public record ProxySettings(String host, int port, String username, Secret password) {

    /** As it stands in the configuration. */
    String url() {
        return "http://" + host + ":" + port;
    }
}

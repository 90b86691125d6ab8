package io.guestchat.bench.bare;

import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What the reference is told on its command line, as {@code --name value}.
 *
 * @param url the platform's base, {@code http} or {@code https}
 * @param sockets the sockets' base, {@code ws} or {@code wss}
 */
public record BareOptions(String brokers, String group, String requests, String messages, String events, URI url, URI sockets,
        String clientId, String clientSecret) {

    public static BareOptions read(String... arguments) {
        Map<String, String> given = new HashMap<>();
        for (int index = 0; index + 1 < arguments.length; index += 2) {
            given.put(arguments[index], arguments[index + 1]);
        }
        return new BareOptions(given.get("--brokers"), given.get("--group"), given.get("--requests"), given.get("--messages"),
                given.get("--events"), URI.create(given.get("--url")), URI.create(given.get("--sockets")),
                given.get("--client-id"), given.get("--client-secret"));
    }

    public List<String> arguments() {
        return List.of("--brokers", brokers, "--group", group, "--requests", requests, "--messages", messages, "--events",
                events, "--url", url.toString(), "--sockets", sockets.toString(), "--client-id", clientId, "--client-secret",
                clientSecret);
    }

    public boolean tls() {
        return url.getScheme().equals("https");
    }

    /** Without the secret. */
    @Override
    public String toString() {
        return "BareOptions[brokers=" + brokers + ", url=" + url + "]";
    }
}

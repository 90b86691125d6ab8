package io.guestchat.broker;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.apache.kafka.common.security.auth.SecurityProtocol;

/**
 * One more listener of the embedded broker, which lets in only who can show what it asks for.
 *
 * @param name in Kafka's words a listener's name: upper case
 * @param settings of this listener alone, in Kafka's keys without {@code listener.name.}
 */
public record ProtectedListener(String name, SecurityProtocol protocol, int port, Map<String, String> settings) {

    /** On a free port. */
    public static ProtectedListener of(String name, SecurityProtocol protocol, Map<String, String> settings) {
        return new ProtectedListener(name, protocol, LoopbackPorts.free(), Map.copyOf(settings));
    }

    /** What clients take as {@code bootstrap.servers}. */
    public String bootstrapServers() {
        return "127.0.0.1:" + port;
    }

    String address() {
        return name + "://127.0.0.1:" + port;
    }

    Map<String, String> brokerProperties() {
        Map<String, String> properties = new HashMap<>();
        settings.forEach((key, value) -> properties.put("listener.name." + name.toLowerCase(Locale.ROOT) + "." + key, value));
        return properties;
    }
}

package io.guestchat.packaging;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/**
 * A compose file as far as the checks need it.
 *
 * @param services by name, in the order of the file
 */
record ComposeFile(Map<String, Service> services) {

    private static final Pattern VARIABLE = Pattern.compile("\\$\\{[A-Z_]+:-([^}]*)}");
    private static final Pattern SECONDS = Pattern.compile("(\\d+)s");

    /**
     * @param image what is pulled, or the name of what is built
     * @param target the Dockerfile's stage; null for an image that is pulled
     * @param environment values with their {@code ${NAME:-default}} as if nothing were set
     * @param ports as written
     * @param dependsOn service to condition
     * @param healthCheck program and arguments; empty for none
     * @param stopGracePeriod null for the engine's default of 10 s
     */
    record Service(String image, String target, List<String> profiles, Map<String, String> environment, List<Port> ports,
            Map<String, String> dependsOn, List<String> healthCheck, Duration stopGracePeriod, Hardening hardening) {
    }

    /** What keeps a process that was taken over from going further. */
    record Hardening(boolean readOnly, List<String> tmpfs, List<String> droppedCapabilities, List<String> securityOptions) {
    }

    /** A published port; {@code address} is null where it is published on every interface. */
    record Port(String address, int published, int container) {

        static Port parse(String text) {
            String[] parts = text.split(":");
            int last = parts.length - 1;
            String address = last < 2 ? null : parts[0];
            return new Port(address, Integer.parseInt(parts[Math.max(0, last - 1)]), Integer.parseInt(parts[last]));
        }
    }

    static ComposeFile parse(String yaml) {
        Node root = new Node(new Load(LoadSettings.builder().build()).loadFromString(yaml));
        Map<String, Service> services = new LinkedHashMap<>();
        root.at("services").fields().forEach((name, service) -> services.put(name, service(service)));
        return new ComposeFile(services);
    }

    Service service(String name) {
        return Objects.requireNonNull(services.get(name), () -> "no service " + name);
    }

    private static Service service(Node node) {
        Map<String, String> environment = new LinkedHashMap<>();
        node.at("environment").fields().forEach((name, value) -> environment.put(name, withNothingSet(value.text())));
        Map<String, String> dependsOn = new LinkedHashMap<>();
        node.at("depends_on").fields().forEach((name, how) -> dependsOn.put(name, how.at("condition").text()));
        return new Service(node.at("image").text(), node.at("build").at("target").text(), node.at("profiles").texts(),
                environment, node.at("ports").texts().stream().map(Port::parse).toList(), dependsOn,
                node.at("healthcheck").at("test").texts(), seconds(node.at("stop_grace_period").text()), hardening(node));
    }

    private static Hardening hardening(Node service) {
        return new Hardening("true".equals(service.at("read_only").text()), service.at("tmpfs").texts(),
                service.at("cap_drop").texts(), service.at("security_opt").texts());
    }

    private static String withNothingSet(String value) {
        return VARIABLE.matcher(value).replaceAll(m -> Matcher.quoteReplacement(m.group(1)));
    }

    private static Duration seconds(String text) {
        if (text == null) {
            return null;
        }
        Matcher matcher = SECONDS.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("not a number of seconds: " + text);
        }
        return Duration.ofSeconds(Long.parseLong(matcher.group(1)));
    }

    /** What a YAML reader gives, so that an absent branch needs no test for null at every step; {@code value} is null for it. */
    private record Node(Object value) {

        Node at(String key) {
            return new Node(value instanceof Map<?, ?> map ? map.get(key) : null);
        }

        String text() {
            return value == null ? null : value.toString();
        }

        List<String> texts() {
            return value instanceof List<?> list ? list.stream().map(Object::toString).toList() : List.of();
        }

        Map<String, Node> fields() {
            Map<String, Node> fields = new LinkedHashMap<>();
            if (value instanceof Map<?, ?> map) {
                map.forEach((key, field) -> fields.put(key.toString(), new Node(field)));
            }
            return fields;
        }
    }
}

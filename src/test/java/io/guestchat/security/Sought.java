package io.guestchat.security;

import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Values that must not be found, in every form in which they could stand in a text: as they are, in JSON, in a configuration for
 * JAAS, in a URL, and in Base64 at any offset, as in a Basic header. Letters of either case are the same.
 */
final class Sought {

    private final Map<String, String> names = new LinkedHashMap<>();

    /** @param name what to call it where it is found: its value must not be told */
    Sought add(String name, String value) {
        for (String form : forms(value)) {
            names.putIfAbsent(form.toLowerCase(Locale.ROOT), name);
        }
        return this;
    }

    Sought and(Sought others) {
        Sought all = new Sought();
        all.names.putAll(names);
        all.names.putAll(others.names);
        return all;
    }

    /** The names of what is found, each with what stands around it. */
    List<String> in(String text) {
        String lower = text.toLowerCase(Locale.ROOT);
        List<String> found = new ArrayList<>();
        names.forEach((form, name) -> {
            int at = lower.indexOf(form);
            if (at >= 0) {
                found.add(name + " in: " + text.substring(Math.max(0, at - 200), Math.min(text.length(), at + form.length() + 50)));
            }
        });
        return found;
    }

    private static Set<String> forms(String value) {
        Set<String> forms = new LinkedHashSet<>();
        forms.add(value);
        forms.addAll(inUrls(value));
        forms.addAll(inQuotes(value));
        // Quoted in a configuration for JAAS, which stands in JSON then.
        forms.addAll(inQuotes(quoted(value)));
        byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
        for (int offset = 0; offset < 3; offset++) {
            byte[] shifted = new byte[bytes.length + offset];
            System.arraycopy(bytes, 0, shifted, offset, bytes.length);
            String base64 = Base64.getEncoder().withoutPadding().encodeToString(shifted);
            // The first and the last characters depend on what stands before and behind.
            String inner = base64.substring(offset == 0 ? 0 : offset + 1, base64.length() - 1);
            if (inner.length() >= 8) {
                forms.add(inner);
                forms.add(inner.replace('+', '-').replace('/', '_'));
            }
        }
        return forms;
    }

    private static List<String> inUrls(String value) {
        String query = URLEncoder.encode(value, StandardCharsets.UTF_8);
        try {
            return List.of(query, query.replace("+", "%20"), new URI(null, null, "/" + value, null).toASCIIString().substring(1));
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException(e);
        }
    }

    /** As the inside of a string of JSON, by those who escape what they must, and by those who escape more. */
    private static List<String> inQuotes(String value) {
        String quoted = quoted(value);
        String slashes = quoted.replace("/", "\\/");
        return List.of(quoted, slashes, ascii(quoted), ascii(slashes));
    }

    private static String quoted(String value) {
        return value.replace("\\", "\\\\").replace("\"", "\\\"");
    }

    private static String ascii(String value) {
        StringBuilder ascii = new StringBuilder();
        value.chars().forEach(c -> ascii.append(c < 0x80 ? String.valueOf((char) c) : "\\u%04x".formatted(c)));
        return ascii.toString();
    }
}

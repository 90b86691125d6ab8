package io.guestchat.packaging;

import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.util.Locale;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * The keys of {@code application.properties}.
 *
 * @param defaults keys that stand there with a value
 * @param keys those and the ones that are commented out, as they have no default
 */
record DocumentedProperties(Properties defaults, Set<String> keys) {

    private static final Pattern COMMENTED_OUT = Pattern.compile("(?m)^#([a-z][a-z0-9.-]*)\\s*=");

    static DocumentedProperties parse(String text) {
        Properties defaults = new Properties();
        try {
            defaults.load(new StringReader(text));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Set<String> keys = new TreeSet<>(defaults.stringPropertyNames());
        COMMENTED_OUT.matcher(text).results().forEach(m -> keys.add(m.group(1)));
        return new DocumentedProperties(defaults, keys);
    }

    /** The environment variables that set a key: {@code kafka.brokers} is {@code KAFKA_BROKERS} (contract, "Configuration"). */
    Set<String> environmentNames() {
        Set<String> names = new TreeSet<>();
        keys.forEach(key -> names.add(key.toUpperCase(Locale.ROOT).replace('.', '_').replace('-', '_')));
        return names;
    }

    /** The default of a key that has to have one. */
    String required(String key) {
        String value = defaults.getProperty(key);
        if (value == null) {
            throw new AssertionError("application.properties has no value for " + key);
        }
        return value;
    }
}

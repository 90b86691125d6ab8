package io.guestchat.config;

import java.util.Arrays;
import java.util.List;
import java.util.Properties;

/**
 * The whole configuration, read and checked once at the start by {@link SettingsReader} and never changed after. The contract's
 * "Configuration" says what each key means; {@code application.properties} says why.
 */
public record Settings(KafkaSettings kafka, GenesysSettings genesys, TopicSettings topics, RequestSettings requests,
        GuestSettings guest, ChatSettings chat, LogSettings log, RuntimeSettings runtime) {

    /**
     * Every key with its value as it would stand in {@code application.properties}, defaults and derived ones included, so that
     * a route can say <code>{{topics.requests}}</code> whatever the operator's file leaves out. Secrets and the names of
     * files are not among them.
     *
     * @return a new object at each call
     */
    public Properties asProperties() {
        Properties properties = new Properties();
        for (Key key : Key.values()) {
            key.textIn(this).ifPresent(text -> properties.setProperty(key.key(), text));
        }
        return properties;
    }

    /** The keys whose values must never be seen. */
    public static List<String> secretKeys() {
        return Arrays.stream(Key.values()).filter(Key::isSecret).map(Key::key).toList();
    }

    /** Their names in the environment. */
    public static List<String> secretVariables() {
        return Arrays.stream(Key.values()).filter(Key::isSecret).flatMap(key -> key.variables().stream()).toList();
    }
}

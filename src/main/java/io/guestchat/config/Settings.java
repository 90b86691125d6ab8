package io.guestchat.config;

import java.util.Properties;

/**
 * The whole configuration, read and checked once at the start by {@link SettingsReader} and never changed after. The contract's
 * "Configuration" says what each key means; {@code application.properties} says why.
 */
public record Settings(KafkaSettings kafka, GenesysSettings genesys, TopicSettings topics, RequestSettings requests,
        GuestSettings guest, ChatSettings chat, LogSettings log, RuntimeSettings runtime) {

    /**
     * Every key with its value as it would stand in {@code application.properties}, defaults and derived ones included, so that
     * a route can say <code>{{topics.requests}}</code> whatever the operator's file leaves out. The secret and the name of its
     * file are not among them.
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
}

package io.guestchat;

import io.guestchat.config.LogSettings;

/**
 * Tells the log's configuration, {@code log4j2.xml}, what {@code log.level} and {@code log.format} say. It reads them from two
 * properties of the JVM at the moment the first logger is made, so no class with a logger may be touched before this.
 */
final class Logging {

    private Logging() {
    }

    static void setUp(LogSettings settings) {
        System.setProperty("guestchat.log.level", settings.level().name());
        System.setProperty("guestchat.log.format", settings.format().name());
    }

    /** The standard output is for what a tool finds. Kafka's clients warn at each try; the tool tells of the failure once. */
    static void setUpForTools() {
        setUp(new LogSettings(LogSettings.Level.WARN, LogSettings.Format.TEXT));
        System.setProperty("guestchat.log.target", "SYSTEM_ERR");
        System.setProperty("guestchat.log.kafka", "ERROR");
    }
}

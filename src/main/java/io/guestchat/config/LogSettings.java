package io.guestchat.config;

/**
 * The keys {@code log.*}.
 *
 * @param level of the loggers under {@code io.guestchat}; libraries keep theirs
 * @param format how a line is written
 */
public record LogSettings(Level level, Format format) {

    /** The levels of the logging library, under its names. */
    public enum Level { OFF, ERROR, WARN, INFO, DEBUG, TRACE }

    /** For a person, or one JSON object a line. */
    public enum Format { TEXT, JSON }
}

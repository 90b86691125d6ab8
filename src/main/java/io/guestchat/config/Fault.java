package io.guestchat.config;

/**
 * One thing that is wrong with the configuration, for the operator who reads it on a terminal.
 *
 * @param key the key at fault, or the file's name where the whole file is
 * @param problem what is wrong and what would be right, in one line; never the value of a secret
 */
public record Fault(String key, String problem) {

    /** The line as it is printed: {@code key: what is wrong}. */
    @Override
    public String toString() {
        return key + ": " + problem;
    }
}

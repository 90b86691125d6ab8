package io.guestchat.platform;

import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/**
 * One bearer token as it was issued. Two tokens are the same only where they are the same object, so that throwing a refused one
 * away never hits its successor. Its text shows nothing of its value.
 */
public final class AccessToken {

    private final String value;
    private final Duration lifetime;
    private final Set<String> scopes;

    AccessToken(String value, Duration lifetime, Set<String> scopes) {
        this.value = value;
        this.lifetime = lifetime;
        this.scopes = scopes;
    }

    /** What an {@code Authorization} header holds: {@code Bearer} and the token. Not for logs, URIs or exchanges at rest. */
    public String bearer() {
        return "Bearer " + value;
    }

    /** From the moment it was asked for. */
    public Duration lifetime() {
        return lifetime;
    }

    /** Empty where the platform did not say. */
    public Optional<Set<String>> scopes() {
        return Optional.ofNullable(scopes);
    }

    @Override
    public String toString() {
        return "AccessToken[***]";
    }
}

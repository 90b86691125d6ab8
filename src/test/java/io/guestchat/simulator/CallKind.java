package io.guestchat.simulator;

import java.util.Locale;

/** The calls of the platform's API that can be counted, refused and delayed. */
public enum CallKind {
    TOKEN(null),
    SESSION("webchat:guest:write"),
    DETAILS("webchat:guest:read"),
    HISTORY("conversation:webchat:read"),
    HANDSHAKE("conversation:webchat:write");

    private final String scope;

    CallKind(String scope) {
        this.scope = scope;
    }

    /** The scope a token needs for this call; null where the call needs no token. */
    String scope() {
        return scope;
    }

    /** As the control endpoint writes it: {@code token}, {@code session}, {@code details}, {@code history}, {@code handshake}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}

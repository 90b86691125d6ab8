package io.guestchat.flow;

/**
 * The chat, or its partition, belongs to somebody else by now: what was begun for it is left as it is. No fault, so no stack
 * trace.
 */
public final class NotOursException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public NotOursException(String message) {
        super(message, null, false, false);
    }
}

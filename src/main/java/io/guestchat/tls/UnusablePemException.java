package io.guestchat.tls;

/** A PEM file that cannot be used. The message says why and what would be right, in a few words and without any of its content. */
public final class UnusablePemException extends Exception {

    private static final long serialVersionUID = 1L;

    UnusablePemException(String message) {
        super(message);
    }
}

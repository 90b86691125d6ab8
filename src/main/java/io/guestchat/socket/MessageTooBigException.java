package io.guestchat.socket;

/** A message grew over the limit. An outcome, not a fault of the program: no stack trace. */
final class MessageTooBigException extends Exception {

    private static final long serialVersionUID = 1L;

    MessageTooBigException(int limit) {
        super("a message is longer than " + limit + " bytes", null, false, false);
    }
}

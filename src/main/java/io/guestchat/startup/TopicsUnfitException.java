package io.guestchat.startup;

/** The topics as they are would lose chats; the message says which and why. */
final class TopicsUnfitException extends Exception {

    private static final long serialVersionUID = 1L;

    TopicsUnfitException(String message) {
        super(message);
    }
}

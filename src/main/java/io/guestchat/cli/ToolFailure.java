package io.guestchat.cli;

/** A tool cannot go on. The message is the one line that the operator is told. */
final class ToolFailure extends RuntimeException {

    private static final long serialVersionUID = 1L;

    ToolFailure(String message) {
        super(message, null, false, false);
    }
}

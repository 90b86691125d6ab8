package io.guestchat.dialect;

/** An answer of the platform that was a success by its status and cannot be used. The message quotes nothing of it. */
public final class UnusableAnswerException extends Exception {

    private static final long serialVersionUID = 1L;

    public UnusableAnswerException(String message) {
        super(message, null, false, false);
    }
}

package io.guestchat.platform;

import java.io.IOException;

/** A good answer that is larger than anything we can use. Asking again brings the same. */
final class AnswerTooLargeException extends IOException {

    private static final long serialVersionUID = 1L;

    AnswerTooLargeException(int limit) {
        super("the answer is larger than " + limit + " bytes");
    }
}

package io.guestchat.socket;

import java.io.IOException;

/**
 * There is no open socket to write to, and none was opened instead. With a cause, it closed while a text was being written: the
 * peer may have the text or not.
 */
public final class SocketClosedException extends IOException {

    private static final long serialVersionUID = 1L;

    public SocketClosedException() {
        super("the socket is not open");
    }

    public SocketClosedException(Throwable cause) {
        super("the socket closed while a text was being written", cause);
    }
}

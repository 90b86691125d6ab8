package io.guestchat.socket;

import java.util.concurrent.CompletionStage;

/**
 * The socket of one session, from the first attempt to connect to its end. All methods may be called from any thread and never
 * block.
 */
public interface SessionSocket {

    /**
     * Writes a text message.
     *
     * @return completes, on the worker pool, when the message is handed to the transport, which is not when the peer has it;
     *         fails with {@link SocketClosedException} where the socket is not open. Never opens anything
     */
    CompletionStage<Void> write(String text);

    /**
     * Sends a ping with a number that this socket has not used before; {@link SocketListener#pong} tells its answer.
     * On a socket that is not open nothing is sent, and no answer comes.
     */
    long ping();

    /**
     * Closes with a closing handshake, which is given {@link SocketOptions#closingTimeout}; then the connection is dropped.
     * Before the handshake is done it cancels: {@link SocketListener#refused} is told, and a connection that still comes up is
     * closed at once. Frames that come before the peer answers our close frame are still processed. The first call counts,
     * later ones do nothing.
     *
     * @param code 1000 to 4999 (RFC 6455, 7.4)
     * @param reason may be null; cut to the 123 bytes that a close frame has room for
     */
    void close(int code, String reason);

    /** Whether the handshake is done and neither side has begun to close. */
    boolean isOpen();
}

package io.guestchat.socket;

import io.vertx.core.http.impl.WebSocketInternal;

/**
 * Where a {@link SocketLife} is in its one life. Only its event loop changes it, always forwards:
 *
 * <pre>
 * Opening -> Open -> Closing -> Lingering -> Gone        we close
 *               \ -----------> Lingering -> Gone         the peer closes, or the connection is lost
 *        \ -> Gone                                       the handshake is refused
 *        \ -> Abandoned -> Gone                          cancelled or too late, and the connection does not come up
 *                 \ -----> Lingering -> Gone             ... comes up after all, and is closed at once
 * </pre>
 *
 * Times are monotonic nanoseconds.
 */
sealed interface SocketState {

    /** Connecting, until when at the latest. */
    record Opening(long handshakeAt, long until) implements SocketState {
    }

    /** Nobody wants it any more, but Vert.x can't cancel a connection attempt: what comes up is closed with this code. */
    record Abandoned(int code, String reason, long until) implements SocketState {
    }

    record Open(WebSocketInternal transport) implements SocketState {
    }

    /** We have sent a close frame. */
    record Closing(WebSocketInternal transport, Signal.Closed told, long until) implements SocketState {
    }

    /** The end has been told; the TCP connection is given until then to go in peace. */
    record Lingering(WebSocketInternal transport, long until) implements SocketState {
    }

    record Gone() implements SocketState {
    }
}

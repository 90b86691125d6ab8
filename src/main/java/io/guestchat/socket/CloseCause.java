package io.guestchat.socket;

/** The words that {@link SocketListener#closed} uses for what ended a socket. They are few, so that a metric can carry them. */
public final class CloseCause {

    /** We closed it: {@link SessionSocket#close}, a stopped consumer, a stopped context. The code is the one we sent. */
    public static final String ASKED = "asked";
    /** The peer sent a close frame. The code is the peer's; 1005 where its frame had none (RFC 6455, 7.1.5). */
    public static final String PEER = "peer";
    /** The connection went without a close frame: no code. */
    public static final String LOST = "connection lost";
    /** A ping was not answered in time and the connection was dropped: no code. */
    public static final String NO_PONG = "no pong";
    /** A message or a frame was over the limit; closed by us with 1009. */
    public static final String TOO_BIG = "message too big";
    /** Bytes that are no WebSocket frame; closed by us with the code of RFC 6455, 7.4.1, mostly 1002. */
    public static final String PROTOCOL = "protocol violation";

    private CloseCause() {
    }
}

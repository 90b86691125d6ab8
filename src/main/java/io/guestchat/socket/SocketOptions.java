package io.guestchat.socket;

import java.time.Duration;
import java.util.Objects;
import java.util.Optional;

import io.guestchat.config.ProxySettings;
import io.guestchat.tls.ClientTls;

/**
 * The limits that all sockets of a component share.
 *
 * @param connectTimeout for the TCP connection
 * @param handshakeTimeout for TLS, and again for the WebSocket handshake after it
 * @param closingTimeout how long a closing handshake may take before the connection is dropped
 * @param maxFrameBytes the largest frame that is read; a text longer than this is sent in several frames
 * @param maxMessageBytes the largest message, in one frame or more, that is read; over it the socket is closed with 1009
 * @param pingEvery the period of the keep-alive pings of a socket
 * @param pongWithin how long the answer to one of them may take before the socket is dropped
 * @param inboxHigh how many frames of a socket may wait before it is no longer read; a socket is not read either while more than
 *        {@code maxMessageBytes} wait
 * @param inboxLow at how many waiting frames it is read again
 * @param tls for {@code wss}; the host's name is always verified
 * @param proxy which all sockets go through; by CONNECT, for {@code ws} as well
 */
public record SocketOptions(
        Duration connectTimeout,
        Duration handshakeTimeout,
        Duration closingTimeout,
        int maxFrameBytes,
        int maxMessageBytes,
        Duration pingEvery,
        Duration pongWithin,
        int inboxHigh,
        int inboxLow,
        ClientTls tls,
        Optional<ProxySettings> proxy) {

    private static final int MEBIBYTE = 1 << 20;

    public SocketOptions {
        positive(connectTimeout, "connectTimeout");
        positive(handshakeTimeout, "handshakeTimeout");
        positive(closingTimeout, "closingTimeout");
        positive(pingEvery, "pingEvery");
        positive(pongWithin, "pongWithin");
        Objects.requireNonNull(tls, "tls");
        Objects.requireNonNull(proxy, "proxy");
        require(maxFrameBytes >= 125, "maxFrameBytes must leave room for a control frame: at least 125");
        require(maxMessageBytes >= 1, "maxMessageBytes must be at least 1");
        require(inboxLow >= 0 && inboxHigh > inboxLow, "inboxHigh must be above inboxLow, and that not below 0");
    }

    /**
     * 10 s, 10 s and 3 s; 1 MiB for a frame and for a message; a ping every 15 s, its pong within 10 s; 64 and 16 frames; the
     * JDK's authorities; no proxy.
     */
    public static SocketOptions defaults() {
        return new SocketOptions(Duration.ofSeconds(10), Duration.ofSeconds(10), Duration.ofSeconds(3), MEBIBYTE, MEBIBYTE,
                Duration.ofSeconds(15), Duration.ofSeconds(10), 64, 16, ClientTls.ofTheJdk(), Optional.empty());
    }

    public SocketOptions withTimeouts(Duration connect, Duration handshake, Duration closing) {
        return new SocketOptions(connect, handshake, closing, maxFrameBytes, maxMessageBytes, pingEvery, pongWithin,
                inboxHigh, inboxLow, tls, proxy);
    }

    public SocketOptions withSizes(int frameBytes, int messageBytes) {
        return new SocketOptions(connectTimeout, handshakeTimeout, closingTimeout, frameBytes, messageBytes, pingEvery,
                pongWithin, inboxHigh, inboxLow, tls, proxy);
    }

    public SocketOptions withPings(Duration every, Duration within) {
        return new SocketOptions(connectTimeout, handshakeTimeout, closingTimeout, maxFrameBytes, maxMessageBytes, every, within,
                inboxHigh, inboxLow, tls, proxy);
    }

    public SocketOptions withInbox(int high, int low) {
        return new SocketOptions(connectTimeout, handshakeTimeout, closingTimeout, maxFrameBytes, maxMessageBytes, pingEvery,
                pongWithin, high, low, tls, proxy);
    }

    public SocketOptions withTls(ClientTls other) {
        return new SocketOptions(connectTimeout, handshakeTimeout, closingTimeout, maxFrameBytes, maxMessageBytes, pingEvery,
                pongWithin, inboxHigh, inboxLow, other, proxy);
    }

    public SocketOptions withProxy(Optional<ProxySettings> other) {
        return new SocketOptions(connectTimeout, handshakeTimeout, closingTimeout, maxFrameBytes, maxMessageBytes, pingEvery,
                pongWithin, inboxHigh, inboxLow, tls, other);
    }

    private static void positive(Duration duration, String name) {
        require(duration != null && duration.toMillis() > 0, name + " must be at least 1 ms");
    }

    private static void require(boolean holds, String message) {
        if (!holds) {
            throw new IllegalArgumentException(message);
        }
    }
}

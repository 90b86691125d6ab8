package io.guestchat.socket;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetSocket;

/** The server's side of RFC 6455 by hand, for peers that break it. */
final class RawPeer {

    private static final Pattern KEY = Pattern.compile("(?i)sec-websocket-key: *(\\S+)");

    private RawPeer() {
    }

    /** Upgrades, then hands the connection over; what comes from the client after that goes nowhere unless the test reads it. */
    static Consumer<NetSocket> upgrading(Consumer<NetSocket> then) {
        return socket -> socket.handler(request -> {
            socket.handler(ignored -> {
            });
            socket.write(accept(request));
            then.accept(socket);
        });
    }

    static Buffer accept(Buffer request) {
        Matcher key = KEY.matcher(request.toString());
        if (!key.find()) {
            throw new IllegalArgumentException("no WebSocket handshake");
        }
        return Buffer.buffer("HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                + "Sec-WebSocket-Accept: " + answer(key.group(1)) + "\r\n\r\n");
    }

    /** A frame of up to 65,535 bytes, as a server sends it: not masked. */
    static Buffer frame(int firstByte, byte[] payload) {
        Buffer frame = Buffer.buffer().appendByte((byte) firstByte);
        if (payload.length < 126) {
            frame.appendByte((byte) payload.length);
        } else {
            frame.appendByte((byte) 126).appendUnsignedShort(payload.length);
        }
        return frame.appendBytes(payload);
    }

    static Buffer text(String text) {
        return frame(0x81, text.getBytes(StandardCharsets.UTF_8));
    }

    private static String answer(String key) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-1")
                    .digest((key + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11").getBytes(StandardCharsets.US_ASCII));
            return Base64.getEncoder().encodeToString(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}

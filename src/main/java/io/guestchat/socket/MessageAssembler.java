package io.guestchat.socket;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.WebSocketFrame;

/**
 * Puts the data frames of one socket together to messages. On the socket's event loop only.
 *
 * <p>Vert.x has an aggregator of its own, but it forgets a message over the limit without closing the socket and goes on
 * to read the rest of it as a new message (WebSocketImplBase.FrameAggregator). That continuation frames
 * follow a first frame is checked by Netty's decoder.
 */
final class MessageAssembler {

    private final int maxBytes;
    private Buffer begun;
    private boolean text;

    MessageAssembler(int maxBytes) {
        this.maxBytes = maxBytes;
    }

    /** The message that this frame completes, or null where more is to come. */
    Signal accept(WebSocketFrame frame) throws MessageTooBigException {
        Buffer data = frame.binaryData();
        int before = begun == null ? 0 : begun.length();
        if ((long) before + data.length() > maxBytes) {
            begun = null;
            throw new MessageTooBigException(maxBytes);
        }
        if (!frame.isContinuation()) {
            text = frame.isText();
        }
        if (!frame.isFinal()) {
            // A copy: the frame's buffer is Netty's.
            begun = (begun == null ? Buffer.buffer() : begun).appendBuffer(data);
            return null;
        }
        byte[] bytes = (begun == null ? data : begun.appendBuffer(data)).getBytes();
        begun = null;
        return text ? decode(bytes) : new Signal.Unreadable(bytes.length);
    }

    /** Netty's client does not check UTF-8 (only its WebSocketClientProtocolHandler does, which Vert.x does not use). */
    private static Signal decode(byte[] bytes) {
        try {
            return new Signal.Text(StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString());
        } catch (CharacterCodingException e) {
            return new Signal.Unreadable(bytes.length);
        }
    }
}

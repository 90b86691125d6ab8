package io.guestchat.socket;

import io.vertx.core.http.WebSocketFrame;

/**
 * Makes signals of the frames of one socket. On the socket's event loop only.
 *
 * <p>All that comes is taken from Vert.x as frames, not by its handlers for messages and pongs: Vert.x calls its pong and close
 * handlers at once, ahead of frames that it holds back while the socket is paused (WebSocketImplBase.handleFrame). The frames
 * come in order.
 */
final class FrameReader {

    private final Inbox inbox;
    private final PingLedger pings;
    private final MessageAssembler assembler;
    private boolean deaf;
    private boolean codelessClose;

    FrameReader(Inbox inbox, PingLedger pings, int maxMessageBytes) {
        this.inbox = inbox;
        this.pings = pings;
        this.assembler = new MessageAssembler(maxMessageBytes);
    }

    /** @throws MessageTooBigException once; nothing is read after it, since it would be told with a hole before it */
    void read(WebSocketFrame frame) throws MessageTooBigException {
        if (deaf) {
            return;
        }
        switch (frame.type()) {
            case PONG -> pings.answered(frame.binaryData()).ifPresent(number -> inbox.offer(new Signal.Pong(number)));
            case CLOSE -> codelessClose = frame.binaryData().length() < Short.BYTES;
            case TEXT, BINARY, CONTINUATION -> readData(frame);
            default -> {
                // Vert.x answers pings.
            }
        }
    }

    /** Nothing that still comes is for anybody. */
    void stop() {
        deaf = true;
    }

    /** Whether a close frame was read that had no code. */
    boolean sawCodelessClose() {
        return codelessClose;
    }

    private void readData(WebSocketFrame frame) throws MessageTooBigException {
        try {
            Signal message = assembler.accept(frame);
            if (message != null) {
                inbox.offer(message);
            }
        } catch (MessageTooBigException e) {
            deaf = true;
            throw e;
        }
    }
}

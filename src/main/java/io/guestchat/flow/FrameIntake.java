package io.guestchat.flow;

import io.guestchat.chat.Chat;
import org.apache.camel.AsyncCallback;
import org.apache.camel.AsyncProcessor;
import org.apache.camel.Exchange;
import org.apache.camel.support.AsyncProcessorSupport;

/** Says of a socket's frames whose they are, and sends them through {@code direct:frame}. */
final class FrameIntake extends AsyncProcessorSupport {

    private final Chat chat;
    private final SocketEvents socket;
    private final AsyncProcessor frames;

    FrameIntake(Chat chat, SocketEvents socket, AsyncProcessor frames) {
        this.chat = chat;
        this.socket = socket;
        this.frames = frames;
    }

    @Override
    public boolean process(Exchange exchange, AsyncCallback callback) {
        exchange.setProperty(Step.CHAT, chat);
        exchange.setProperty(SocketEvents.SOCKET, socket.socket());
        return frames.process(exchange, callback);
    }
}

package io.guestchat.simulator;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.handler.codec.http.websocketx.PingWebSocketFrame;
import io.netty.util.ReferenceCountUtil;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.http.WebSocketFrame;
import io.vertx.core.http.impl.WebSocketInternal;
import java.util.function.BooleanSupplier;

/** One accepted socket of a session. Safe for all threads: Vert.x keeps the order of the writes. */
final class GuestSocket {

    private final ServerWebSocket socket;
    private volatile int number;
    private volatile Integer sentCode;

    GuestSocket(ServerWebSocket socket) {
        this.socket = socket;
    }

    /** Which of its session's sockets it is, from 1; 0 while its session has not taken it. */
    int number() {
        return number;
    }

    void number(int ordinal) {
        number = ordinal;
    }

    void push(String frame) {
        socket.writeTextMessage(frame);
    }

    void push(String[] fragments) {
        int last = fragments.length - 1;
        for (int i = 0; i <= last; i++) {
            socket.writeFrame(i == 0 ? WebSocketFrame.textFrame(fragments[i], i == last)
                    : WebSocketFrame.continuationFrame(Buffer.buffer(fragments[i]), i == last));
        }
    }

    void pushBinary(byte[] bytes) {
        socket.writeBinaryMessage(Buffer.buffer(bytes));
    }

    void close(int code, String reason) {
        sentCode = code;
        socket.close((short) code, reason);
    }

    /** The code it was closed with by the platform; null while it was not. */
    Integer sentCode() {
        return sentCode;
    }

    /** The code of the guest's close frame; null where there was none. Known once the socket is closed. */
    Integer receivedCode() {
        Short code = socket.closeStatusCode();
        // 1006 never travels: Vert.x holds it while the peer has not answered a close.
        return code == null || code == 1006 ? null : Integer.valueOf(code);
    }

    /** Ends the TCP connection by a reset: the guest sees neither a close frame nor, over TLS, a closing alert. */
    void cut() {
        reset(channel().channel());
    }

    /** Lets pings go unanswered for as long as the supplier says no. Vert.x itself always answers them. */
    void answerPings(BooleanSupplier answered) {
        ChannelHandlerContext context = channel();
        context.pipeline().addBefore(context.name(), "pings", new ChannelInboundHandlerAdapter() {
            @Override
            public void channelRead(ChannelHandlerContext ctx, Object message) {
                if (message instanceof PingWebSocketFrame && !answered.getAsBoolean()) {
                    ReferenceCountUtil.release(message);
                } else {
                    ctx.fireChannelRead(message);
                }
            }
        });
    }

    private ChannelHandlerContext channel() {
        return ((WebSocketInternal) socket).channelHandlerContext();
    }

    /** Resets a TCP connection, with nothing more written on it. */
    static void reset(Channel channel) {
        channel.eventLoop().execute(() -> {
            if (channel.isOpen()) {
                channel.config().setOption(ChannelOption.SO_LINGER, 0);
                // Not channel.close(): the TLS handler would say goodbye first.
                channel.unsafe().close(channel.unsafe().voidPromise());
            }
        });
    }
}

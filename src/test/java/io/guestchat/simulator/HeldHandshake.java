package io.guestchat.simulator;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.impl.ConnectionBase;

/**
 * Keeps what is written on a connection from going out until {@link #release()}. Vert.x sends the 101 before it hands over the
 * socket; a guest on another core could then hear "connected" while its session has no socket yet, and miss what the agent says
 * or outlive a drop meant for it. Belongs to the connection's event loop.
 */
final class HeldHandshake extends ChannelOutboundHandlerAdapter {

    private ChannelHandlerContext context;

    static HeldHandshake hold(HttpServerRequest request) {
        HeldHandshake held = new HeldHandshake();
        ((ConnectionBase) request.connection()).channel().pipeline().addFirst(held);
        return held;
    }

    void release() {
        if (!context.isRemoved()) {
            context.flush();
            context.pipeline().remove(this);
        }
    }

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) {
        context = ctx;
    }

    @Override
    public void flush(ChannelHandlerContext ctx) {
        // Not passed on: release() does.
    }
}

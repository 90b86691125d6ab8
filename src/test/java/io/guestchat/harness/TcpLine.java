package io.guestchat.harness;

import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.channel.socket.SocketChannel;
import io.netty.util.ReferenceCountUtil;

/** A connection through a {@link TcpProxy}: what comes in at one end goes out at the other. Belongs to the proxy's event loop. */
final class TcpLine {

    private final SocketChannel near;
    private SocketChannel far;
    private boolean carrying;
    private boolean finished;
    private boolean over;

    TcpLine(SocketChannel near) {
        this.near = near;
        near.pipeline().addLast(new End());
    }

    ChannelHandler farHandler() {
        return new End();
    }

    void connected(SocketChannel there, boolean carries) {
        far = there;
        if (over || !near.isOpen()) {
            reset();
        } else if (finished) {
            finish();
        } else {
            carry(carries);
        }
    }

    /** Begins or ceases to read. An end that is not read does not even notice that its party has gone. */
    void carry(boolean on) {
        carrying = on;
        if (far != null && !finished) {
            near.config().setAutoRead(on && far.isWritable());
            far.config().setAutoRead(on && near.isWritable());
        }
    }

    void reset() {
        over = true;
        reset(near);
        reset(far);
    }

    private static void reset(SocketChannel end) {
        if (end != null && end.isOpen()) {
            end.config().setSoLinger(0);
            end.close();
        }
    }

    /** FIN to both; each end closes when its party has finished too. */
    void finish() {
        finished = true;
        finish(near);
        finish(far);
    }

    private static void finish(SocketChannel end) {
        if (end != null && end.isOpen()) {
            end.shutdownOutput();
            end.config().setAutoRead(true);
        }
    }

    /** One end of the line. */
    private final class End extends ChannelInboundHandlerAdapter {

        private SocketChannel other(ChannelHandlerContext here) {
            return here.channel() == near ? far : near;
        }

        @Override
        public void channelRead(ChannelHandlerContext here, Object bytes) {
            if (finished) {
                ReferenceCountUtil.release(bytes);
            } else {
                other(here).write(bytes);
            }
        }

        @Override
        public void channelReadComplete(ChannelHandlerContext here) {
            if (!finished) {
                other(here).flush();
            }
        }

        /** A slow party slows the other down: nothing is buffered here without end. */
        @Override
        public void channelWritabilityChanged(ChannelHandlerContext here) {
            carry(carrying);
        }

        @Override
        public void userEventTriggered(ChannelHandlerContext here, Object event) {
            if (event instanceof ChannelInputShutdownEvent) {
                SocketChannel self = (SocketChannel) here.channel();
                SocketChannel other = other(here);
                if (!finished && !other.isOutputShutdown()) {
                    // Behind what is still to be written.
                    other.writeAndFlush(here.alloc().buffer(0)).addListener((ChannelFutureListener) flushed -> {
                        other.shutdownOutput();
                        closeIfDone(other);
                    });
                }
                closeIfDone(self);
            }
        }

        private void closeIfDone(SocketChannel end) {
            if (end.isInputShutdown() && end.isOutputShutdown()) {
                over = true;
                end.close();
            }
        }

        /** Without a goodbye in both directions it was reset, and so is the other end. */
        @Override
        public void channelInactive(ChannelHandlerContext here) {
            if (!over && !finished) {
                reset();
            }
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext here, Throwable broken) {
            if (!finished) {
                reset();
            } else {
                here.close();
            }
        }
    }
}

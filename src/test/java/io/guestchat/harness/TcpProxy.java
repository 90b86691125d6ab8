package io.guestchat.harness;

import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.nio.NioEventLoopGroup;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * A line between two parties that a test can disturb as a network does: it goes silent, it comes back, it drops what it carries.
 * It carries bytes and knows no protocol. Each method has taken effect when it returns. All state belongs to the one event loop,
 * so any other thread may call.
 */
public final class TcpProxy implements AutoCloseable {

    private final InetSocketAddress target;
    private final EventLoopGroup loop = new NioEventLoopGroup(1);
    /** In the order in which they were opened, so that an old line comes back before a newer one. */
    private final Set<TcpLine> lines = new LinkedHashSet<>();
    private final Channel listener;
    private boolean silent;

    private TcpProxy(int port, int targetPort) {
        this.target = new InetSocketAddress(InetAddress.getLoopbackAddress(), targetPort);
        ServerBootstrap server = new ServerBootstrap().group(loop).channel(NioServerSocketChannel.class)
                .option(ChannelOption.SO_BACKLOG, 4096)
                .childOption(ChannelOption.AUTO_READ, false)
                .childOption(ChannelOption.ALLOW_HALF_CLOSURE, true)
                .childOption(ChannelOption.TCP_NODELAY, true)
                .childHandler(new ChannelInitializer<SocketChannel>() {
                    @Override
                    protected void initChannel(SocketChannel near) {
                        connect(near);
                    }
                });
        listener = server.bind(InetAddress.getLoopbackAddress(), port).syncUninterruptibly().channel();
    }

    /** A line to a port of this machine. It listens when this returns. */
    public static TcpProxy to(int targetPort) {
        return new TcpProxy(0, targetPort);
    }

    /** The same on a port of one's choice: what a broker advertises has to be known before it starts. */
    public static TcpProxy between(int port, int targetPort) {
        return new TcpProxy(port, targetPort);
    }

    public int port() {
        return ((InetSocketAddress) listener.localAddress()).getPort();
    }

    /** {@code 127.0.0.1:port}. */
    public String authority() {
        return "127.0.0.1:" + port();
    }

    /** How many lines are open. */
    public int lines() {
        return onLoop(lines::size);
    }

    /**
     * From now on nothing is carried: neither bytes nor the end of a connection. Connections stay open, and new ones are
     * accepted. What the parties write waits in the system's buffers, as it does on a line that loses packets.
     */
    public void goSilent() {
        silent(true);
    }

    /** Carries again, at first what was written meanwhile. */
    public void comeBack() {
        silent(false);
    }

    private void silent(boolean on) {
        onLoop(() -> {
            silent = on;
            lines.forEach(line -> line.carry(!on));
            return null;
        });
    }

    /** Ends all lines at both ends by RST (RFC 9293); what is under way is lost. @return how many there were */
    public int dropWithReset() {
        return drop(TcpLine::reset);
    }

    /** Ends all lines at both ends by FIN (RFC 9293); what comes in after that is thrown away. @return how many there were */
    public int dropWithFin() {
        return drop(TcpLine::finish);
    }

    private int drop(Consumer<TcpLine> how) {
        return onLoop(() -> {
            List<TcpLine> all = List.copyOf(lines);
            all.forEach(how);
            lines.clear();
            return all.size();
        });
    }

    private void connect(SocketChannel near) {
        TcpLine line = new TcpLine(near);
        lines.add(line);
        near.closeFuture().addListener(closed -> lines.remove(line));
        // While silent too: the far end may hear of a connection, but it hears nothing on it.
        new Bootstrap().group(near.eventLoop()).channel(NioSocketChannel.class)
                .option(ChannelOption.AUTO_READ, false)
                .option(ChannelOption.ALLOW_HALF_CLOSURE, true)
                .option(ChannelOption.TCP_NODELAY, true)
                .handler(line.farHandler())
                .connect(target).addListener((ChannelFuture connected) -> {
                    if (connected.isSuccess()) {
                        line.connected((SocketChannel) connected.channel(), !silent);
                    } else {
                        line.reset();
                    }
                });
    }

    private <T> T onLoop(Callable<T> work) {
        return loop.submit(work).syncUninterruptibly().getNow();
    }

    @Override
    public void close() {
        listener.close().syncUninterruptibly();
        dropWithReset();
        loop.shutdownGracefully(0, 2, TimeUnit.SECONDS).syncUninterruptibly();
    }
}

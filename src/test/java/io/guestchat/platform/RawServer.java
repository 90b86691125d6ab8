package io.guestchat.platform;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/** Answers each connection with whatever bytes the test writes, and closes it. */
final class RawServer implements AutoCloseable {

    @FunctionalInterface
    interface Script {
        void write(OutputStream out) throws Exception;
    }

    final AtomicInteger connections = new AtomicInteger();
    private final ServerSocket server = new ServerSocket(0, 50, InetAddress.getByName("127.0.0.1"));
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final Queue<Socket> open = new ConcurrentLinkedQueue<>();

    RawServer(Script script) throws IOException {
        threads.execute(() -> {
            while (!server.isClosed()) {
                try {
                    Socket socket = server.accept();
                    open.add(socket);
                    connections.incrementAndGet();
                    threads.execute(() -> answer(socket, script));
                } catch (IOException closed) {
                    return;
                }
            }
        });
    }

    private static void answer(Socket socket, Script script) {
        try (socket) {
            int newlines = 0;
            while (newlines < 2) {
                int next = socket.getInputStream().read();
                newlines = next == '\n' ? newlines + 1 : next == '\r' ? newlines : 0;
            }
            script.write(socket.getOutputStream());
        } catch (Exception theClientHungUp) {
            // That is what the tests are about.
        }
    }

    static void ascii(OutputStream out, String text) throws IOException {
        out.write(text.getBytes(StandardCharsets.US_ASCII));
        out.flush();
    }

    String url() {
        return "http://127.0.0.1:" + server.getLocalPort();
    }

    @Override
    public void close() throws IOException {
        server.close();
        for (Socket socket : open) {
            socket.close();
        }
        threads.shutdownNow();
    }
}

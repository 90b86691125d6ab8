package io.guestchat.socket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.http.WebSocketFrame;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SocketMessageTest {

    private static final int MEBIBYTE = 1 << 20;

    private final SocketBed bed = new SocketBed(SocketOptions.defaults());
    private final Recorder recorder = new Recorder();
    private final HttpServerOptions large = new HttpServerOptions()
            .setMaxWebSocketFrameSize(4 * MEBIBYTE).setMaxWebSocketMessageSize(4 * MEBIBYTE);

    @AfterEach
    void close() {
        bed.close();
    }

    @Test
    void givenMessagesUpToTheLimit_whenTheyCome_thenTheyAreRead() {
        int port = bed.serve(large, server -> server.webSocketHandler(socket -> {
            socket.writeTextMessage("a".repeat(300_000));
            socket.writeTextMessage("b".repeat(MEBIBYTE));
        }));

        bed.open(port, recorder);

        await().until(() -> recorder.texts().size() == 2);
        assertThat(recorder.texts().get(0)).isEqualTo("a".repeat(300_000));
        assertThat(recorder.texts().get(1)).isEqualTo("b".repeat(MEBIBYTE));
    }

    @Test
    void givenAFragmentedMessageOverTheLimit_whenItComes_thenTheSocketIsClosedWith1009AndNothingAfterItIsTold() {
        CompletableFuture<ServerWebSocket> peer = new CompletableFuture<>();
        int port = bed.serve(large, server -> server.webSocketHandler(socket -> {
            peer.complete(socket);
            socket.writeTextMessage("before");
            socket.writeFrame(WebSocketFrame.textFrame("x".repeat(MEBIBYTE), false));
            socket.writeFrame(WebSocketFrame.continuationFrame(Buffer.buffer("y"), false));
            socket.writeFrame(WebSocketFrame.continuationFrame(Buffer.buffer("z"), true));
            socket.writeTextMessage("after");
        }));

        bed.open(port, recorder);

        await().until(() -> recorder.events().size() == 3);
        assertThat(recorder.events()).containsExactly("opened", "text before",
                "closed 1009 a message is longer than 1048576 bytes message too big");
        await().until(() -> peer.join().isClosed());
        assertThat(peer.join().closeStatusCode()).isEqualTo((short) 1009);
    }

    @Test
    void givenAFrameOverTheLimit_whenItComes_thenItIsToldAs1009() {
        CompletableFuture<ServerWebSocket> peer = new CompletableFuture<>();
        int port = bed.serve(large, server -> server.webSocketHandler(socket -> {
            peer.complete(socket);
            socket.writeTextMessage("before");
            socket.writeTextMessage("x".repeat(2 * MEBIBYTE));
        }));

        bed.open(port, recorder);

        await().until(() -> recorder.events().size() == 3);
        assertThat(recorder.events().get(1)).isEqualTo("text before");
        assertThat(recorder.events().get(2)).startsWith("closed 1009 ").endsWith(CloseCause.TOO_BIG);
        await().until(() -> peer.join().isClosed() && bed.component.sockets() == 0);
    }

    @Test
    void givenTheHeaderOfAFrameOverTheLimit_whenItComes_thenACloseFrameWith1009IsSent() {
        CompletableFuture<Buffer> answer = new CompletableFuture<>();
        Buffer header = RawPeer.text("before")
                .appendByte((byte) 0x81).appendByte((byte) 127).appendLong(MEBIBYTE + 1L);
        int port = bed.serveRaw(RawPeer.upgrading(socket -> {
            socket.handler(answer::complete);
            socket.write(header);
        }));

        bed.open(port, recorder);

        await().until(answer::isDone);
        Buffer frame = answer.join();
        // Opcode, length, mask of four bytes, then the masked code.
        int code = (frame.getByte(2) ^ frame.getByte(6)) << 8 & 0xFF00 | (frame.getByte(3) ^ frame.getByte(7)) & 0xFF;
        assertThat(frame.getByte(0)).isEqualTo((byte) 0x88);
        assertThat(code).isEqualTo(1009);
        await().until(() -> recorder.events().size() == 3);
        assertThat(recorder.events().get(1)).isEqualTo("text before");
    }

    @Test
    void givenBytesThatAreNoFrame_whenTheyCome_thenAProtocolViolationIsTold() {
        int port = bed.serveRaw(RawPeer.upgrading(socket -> socket.write(Buffer.buffer(new byte[] {(byte) 0xFF, 0, 0, 0}))));

        bed.open(port, recorder);

        await().until(() -> recorder.events().size() == 2);
        assertThat(recorder.events().get(1)).startsWith("closed 1002 ").endsWith(CloseCause.PROTOCOL);
    }

    @Test
    void givenFragmentsWithAPingBetween_whenTheyCome_thenTheyAreOneMessage() {
        byte[] umlaut = "ü".getBytes(StandardCharsets.UTF_8);
        int port = bed.serveRaw(RawPeer.upgrading(socket -> socket.write(Buffer.buffer()
                .appendBuffer(RawPeer.frame(0x01, "Gr".getBytes(StandardCharsets.UTF_8)))
                .appendBuffer(RawPeer.frame(0x89, new byte[0]))
                .appendBuffer(RawPeer.frame(0x00, new byte[] {umlaut[0]}))
                .appendBuffer(RawPeer.frame(0x00, new byte[0]))
                .appendBuffer(RawPeer.frame(0x80, new byte[] {umlaut[1], 'n'}))
                .appendBuffer(RawPeer.text("next")))));

        bed.open(port, recorder);

        await().until(() -> recorder.events().size() == 3);
        assertThat(recorder.texts()).containsExactly("Grün", "next");
    }

    @Test
    void givenAFirstFragmentWithoutBytes_whenTheRestComes_thenTheMessageIsWhole() {
        int port = bed.serveRaw(RawPeer.upgrading(socket -> socket.write(Buffer.buffer()
                .appendBuffer(RawPeer.frame(0x01, new byte[0]))
                .appendBuffer(RawPeer.frame(0x80, "whole".getBytes(StandardCharsets.UTF_8))))));

        bed.open(port, recorder);

        await().until(() -> recorder.texts().equals(java.util.List.of("whole")));
    }

    @Test
    void givenBinaryAndMalformedMessages_whenATextFollows_thenTheyAreToldAsUnreadableAndTheTextIsRead() {
        int port = bed.serve(socket -> {
            socket.writeBinaryMessage(Buffer.buffer(new byte[70_000]));
            socket.writeFrame(new io.vertx.core.http.impl.ws.WebSocketFrameImpl(
                    io.vertx.core.http.WebSocketFrameType.TEXT, new byte[] {(byte) 0xC3, 0x28}, true));
            socket.writeTextMessage("text");
        });

        bed.open(port, recorder);

        await().until(() -> recorder.events().size() == 4);
        assertThat(recorder.events()).containsExactly("opened", "unreadable 70000", "unreadable 2", "text text");
    }

    @Test
    void givenAnOpenSocket_whenTextsAreWritten_thenThePeerGetsThemInOrder() throws Exception {
        Recorder peer = new Recorder();
        int port = bed.serve(new HttpServerOptions(large), server -> server.webSocketHandler(
                socket -> socket.textMessageHandler(text -> peer.events().add(text))));
        SessionSocket socket = bed.open(port, recorder);
        await().until(socket::isOpen);

        socket.write("first");
        socket.write("x".repeat(MEBIBYTE + 5));
        socket.write("last").toCompletableFuture().get(5, TimeUnit.SECONDS);

        await().atMost(Duration.ofSeconds(5)).until(() -> peer.events().size() == 3);
        assertThat(peer.events()).containsExactly("first", "x".repeat(MEBIBYTE + 5), "last");
    }
}

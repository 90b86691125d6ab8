package io.guestchat.socket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicInteger;

import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.net.NetSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SocketCloseTest {

    private static final Duration SHORT = Duration.ofMillis(300);

    private final SocketBed bed = new SocketBed(SocketOptions.defaults()
            .withTimeouts(Duration.ofSeconds(5), Duration.ofSeconds(5), SHORT)
            .withPings(SHORT, Duration.ofSeconds(1))
            .withInbox(4, 1));
    private final Recorder recorder = new Recorder();

    @AfterEach
    void close() {
        bed.close();
    }

    @ParameterizedTest
    @ValueSource(ints = {1000, 1001, 4000, 1012})
    void givenFramesBefore_whenThePeerCloses_thenItsCodeIsToldBehindTheFrames(int code) {
        int port = bed.serve(socket -> {
            socket.writeTextMessage("last words");
            socket.close((short) code, "because");
        });

        SessionSocket socket = bed.open(port, recorder);

        await().until(() -> recorder.events().size() == 3);
        assertThat(recorder.events()).containsExactly("opened", "text last words", "closed " + code + " because peer");
        assertThat(socket.isOpen()).isFalse();
        await().until(() -> bed.component.sockets() == 0);
    }

    @Test
    void givenAnOpenSocket_whenTheConnectionGoesWithoutACloseFrame_thenNoCodeIsTold() {
        int port = bed.serveRaw(RawPeer.upgrading(
                socket -> socket.write(RawPeer.text("hello")).onComplete(done -> socket.close())));

        bed.open(port, recorder);

        await().until(() -> recorder.events().size() == 3);
        assertThat(recorder.events()).containsExactly("opened", "text hello", "closed null null connection lost");
        await().until(() -> bed.component.sockets() == 0);
    }

    @Test
    void givenAnOpenSocket_whenWeClose_thenThePeerGetsOurCodeAndItIsToldOnceAsAsked() {
        CompletableFuture<ServerWebSocket> peer = new CompletableFuture<>();
        int port = bed.serve(peer::complete);
        SessionSocket socket = bed.open(port, recorder);
        await().until(socket::isOpen);

        socket.close(1000, "end");
        socket.close(1001, "again");

        assertThat(socket.isOpen()).isFalse();
        await().until(() -> bed.connected.isEmpty() && bed.component.sockets() == 0);
        assertThat(peer.join().closeStatusCode()).isEqualTo((short) 1000);
        assertThat(peer.join().closeReason()).isEqualTo("end");
        assertThat(recorder.events()).containsExactly("opened", "closed 1000 end asked");
    }

    @Test
    void givenAClosedSocket_whenATextIsWritten_thenItFailsAndNothingOpens() {
        AtomicInteger connections = new AtomicInteger();
        int port = bed.serve(socket -> connections.incrementAndGet());
        SessionSocket socket = bed.open(port, recorder);
        await().until(socket::isOpen);
        socket.close(1000, null);

        assertThatThrownBy(() -> socket.write("too late").toCompletableFuture().get())
                .isInstanceOf(ExecutionException.class).hasCauseInstanceOf(SocketClosedException.class);
        assertThat(socket.ping()).isPositive();
        await().during(SHORT).until(() -> connections.get() == 1);
    }

    @Test
    void givenAPeerThatNeverAnswersOurCloseFrame_whenWeClose_thenTheConnectionIsDroppedInTime() {
        int port = bed.serveRaw(RawPeer.upgrading(socket -> {
        }));
        SessionSocket socket = bed.open(port, recorder);
        await().until(socket::isOpen);

        socket.close(1000, "end");

        await().atMost(Duration.ofSeconds(2)).until(() -> bed.connected.isEmpty() && bed.component.sockets() == 0);
        assertThat(recorder.events()).containsExactly("opened", "closed 1000 end asked");
    }

    @Test
    void givenAPeerThatNoLongerReads_whenWeClose_thenTheConnectionIsDroppedInTime() {
        int port = bed.serveRaw(RawPeer.upgrading(NetSocket::pause));
        SessionSocket socket = bed.open(port, recorder);
        await().until(socket::isOpen);
        for (int i = 0; i < 64; i++) {
            socket.write("x".repeat(500_000));
        }

        socket.close(1000, "end");

        await().atMost(Duration.ofSeconds(2)).until(() -> bed.component.sockets() == 0);
        assertThat(recorder.events()).containsExactly("opened", "closed 1000 end asked");
    }

    @Test
    void givenAPeerThatClosesButKeepsTheConnection_whenTheTimeoutPasses_thenWeDropIt() {
        int port = bed.serveRaw(RawPeer.upgrading(socket -> socket.write(RawPeer.frame(0x88, new byte[] {0x03, (byte) 0xE8}))));

        bed.open(port, recorder);

        await().until(() -> recorder.events().contains("closed 1000 null peer"));
        await().atMost(Duration.ofSeconds(2)).until(() -> bed.connected.isEmpty() && bed.component.sockets() == 0);
    }

    @Test
    void givenACloseFrameWithoutACode_whenItComes_then1005IsTold() {
        int port = bed.serveRaw(RawPeer.upgrading(socket -> socket.write(RawPeer.frame(0x88, new byte[0]))));

        bed.open(port, recorder);

        await().until(() -> recorder.events().contains("closed 1005 null peer"));
    }

    @Test
    void givenAPeerThatSwallowsPings_whenNoPongComes_thenTheSocketIsDropped() {
        int port = bed.serveRaw(RawPeer.upgrading(socket -> {
        }));

        bed.open(port, recorder);

        await().atMost(Duration.ofSeconds(3)).until(() -> recorder.events().size() == 2);
        assertThat(recorder.events()).containsExactly("opened", "closed null null no pong");
        await().until(() -> bed.connected.isEmpty() && bed.component.sockets() == 0);
    }

    @Test
    void givenAPeerThatAnswersPings_whenManyPeriodsPass_thenTheSocketLives() {
        AtomicInteger pings = new AtomicInteger();
        int port = bed.serve(socket -> socket.frameHandler(frame -> {
            if (frame.isPing()) {
                pings.incrementAndGet();
            }
        }));

        SessionSocket socket = bed.open(port, recorder);

        await().atMost(Duration.ofSeconds(10)).until(() -> pings.get() >= 5);
        assertThat(socket.isOpen()).isTrue();
        assertThat(recorder.events()).as("keep-alive pongs are not told").containsExactly("opened");
    }

    @Test
    void givenReadingThatWePaused_whenNoPongCanBeRead_thenTheSocketIsNotJudged() {
        CompletableFuture<Void> stuck = new CompletableFuture<>();
        Recorder slow = new Recorder(text -> stuck);
        int port = bed.serveRaw(RawPeer.upgrading(socket -> {
            for (int i = 0; i < 10; i++) {
                socket.write(RawPeer.text("frame " + i));
            }
        }));

        SessionSocket socket = bed.open(port, slow);

        await().until(socket::isOpen);
        await().during(SHORT.multipliedBy(5)).atMost(Duration.ofSeconds(5)).until(socket::isOpen);
        stuck.complete(null);
        await().atMost(Duration.ofSeconds(5)).until(() -> slow.events().contains("closed null null no pong"));
        assertThat(slow.texts()).hasSize(10);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 999, 1005, 1006, 1015, 5000})
    void givenACodeThatNoFrameCarries_whenWeClose_thenItIsRefused(int code) {
        int port = bed.serve(socket -> {
        });
        SessionSocket socket = bed.open(port, recorder);

        assertThatThrownBy(() -> socket.close(code, null)).isInstanceOf(IllegalArgumentException.class);
        await().until(socket::isOpen);
    }
}

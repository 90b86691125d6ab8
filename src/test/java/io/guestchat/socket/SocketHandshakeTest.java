package io.guestchat.socket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.net.NetSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SocketHandshakeTest {

    /** Of a handshake; enough for a good one on a busy machine, and in a JVM that has just begun. */
    private static final Duration SHORT = Duration.ofSeconds(1);

    private final SocketBed bed = new SocketBed(SocketOptions.defaults().withTimeouts(SHORT, SHORT, SHORT));
    private final Recorder recorder = new Recorder();

    @AfterEach
    void close() {
        bed.close();
    }

    @Test
    void givenAPlainServer_whenASessionOpens_thenTheTokenIsInTheHandshakeAndNoOrigin() {
        CompletableFuture<ServerWebSocket> accepted = new CompletableFuture<>();
        int port = bed.serve(accepted::complete);

        SessionSocket socket = bed.open(port, recorder);

        await().until(() -> recorder.events().contains("opened"));
        assertThat(socket.isOpen()).isTrue();
        assertThat(accepted.join().headers().get("Authorization")).isEqualTo(SocketBed.AUTHORIZATION);
        assertThat(accepted.join().headers().contains("Origin")).isFalse();
        assertThat(accepted.join().headers().get("Host")).isEqualTo("localhost:" + port);
        assertThat(accepted.join().path()).isEqualTo("/webchat/v1/guests/sessions/s1");
    }

    @ParameterizedTest
    @CsvSource({"401, ", "404, ", "429, 17", "503, 'Wed, 21 Oct 2026 07:28:00 GMT'", "302, "})
    void givenAServerThatRefuses_whenASessionOpens_thenStatusAndRetryAfterAreTold(int status, String retryAfter) {
        int port = bed.serve(new HttpServerOptions(), server -> server.requestHandler(request -> {
            if (retryAfter != null) {
                request.response().putHeader("rEtry-aFter", retryAfter);
            }
            request.response().setStatusCode(status).end("{\"message\":\"no\"}");
        }));

        SessionSocket socket = bed.open(port, recorder);

        await().until(() -> !recorder.events().isEmpty());
        assertThat(recorder.events()).containsExactly("refused " + status + " " + retryAfter + " UpgradeRejectedException");
        assertThat(socket.isOpen()).isFalse();
        await().until(() -> bed.component.sockets() == 0);
    }

    @Test
    void givenNobodyListens_whenASessionOpens_thenItIsRefusedWithoutAStatus() {
        bed.open(1, recorder);

        await().until(() -> !recorder.events().isEmpty());
        assertThat(recorder.events()).containsExactly("refused null null AnnotatedConnectException");
    }

    @Test
    void givenAServerThatHangsUp_whenASessionOpens_thenItIsRefusedWithoutAStatus() {
        int port = bed.serveRaw(NetSocket::close);

        bed.open(port, recorder);

        await().until(() -> !recorder.events().isEmpty());
        assertThat(recorder.events()).hasSize(1).first().asString().startsWith("refused null null ");
    }

    @Test
    void givenAServerThatNeverAnswers_whenTheTimeoutPasses_thenItIsRefusedAndNoConnectionIsLeft() {
        int port = bed.serveRaw(socket -> {
        });

        bed.open(port, recorder);

        await().until(() -> !bed.connected.isEmpty());
        await().atMost(Duration.ofSeconds(3)).until(() -> !recorder.events().isEmpty());
        assertThat(recorder.events()).containsExactly("refused null null TimeoutException");
        await().atMost(Duration.ofSeconds(3)).until(() -> bed.connected.isEmpty() && bed.component.sockets() == 0);
    }

    @Test
    void givenAServerThatNeverAnswersTls_whenTheTimeoutPasses_thenItIsRefusedAndNoConnectionIsLeft() {
        int port = bed.serveRaw(socket -> {
        });

        bed.component.open("wss://localhost:" + port + "/chat", SocketBed.AUTHORIZATION, recorder, recorder);

        await().until(() -> !bed.connected.isEmpty());
        await().atMost(Duration.ofSeconds(3)).until(() -> !recorder.events().isEmpty());
        assertThat(recorder.events()).containsExactly("refused null null TimeoutException");
        await().atMost(Duration.ofSeconds(3)).until(() -> bed.connected.isEmpty() && bed.component.sockets() == 0);
    }

    @Test
    void givenAServerThatAcceptsTooLate_whenItDoes_thenNoSocketIsLeftAtTheServer() {
        AtomicBoolean late = new AtomicBoolean();
        int port = bed.serveRaw(socket -> socket.handler(
                request -> bed.peers.setTimer(SHORT.multipliedBy(3).toMillis(), id -> {
                    socket.write(RawPeer.accept(request));
                    late.set(true);
                })));

        bed.open(port, recorder);

        await().until(late::get);
        await().during(SHORT).until(() -> bed.connected.isEmpty() && bed.component.sockets() == 0);
        assertThat(recorder.events()).containsExactly("refused null null TimeoutException");
    }

    @Test
    void givenAHandshakeUnderWay_whenTheSocketIsClosed_thenItIsCancelledAndWhatComesUpIsClosedWithTheCode() {
        CompletableFuture<NetSocket> asked = new CompletableFuture<>();
        CompletableFuture<Buffer> request = new CompletableFuture<>();
        CompletableFuture<Buffer> closeFrame = new CompletableFuture<>();
        int port = bed.serveRaw(connection -> connection.handler(bytes -> {
            connection.handler(closeFrame::complete);
            request.complete(bytes);
            asked.complete(connection);
        }));

        SessionSocket socket = bed.open(port, recorder);
        await().until(asked::isDone);
        socket.close(1000, "end");
        await().until(() -> !recorder.events().isEmpty());
        asked.join().write(RawPeer.accept(request.join())
                .appendBuffer(RawPeer.text("for nobody")).appendBuffer(RawPeer.frame(0x8A, new byte[0])));

        assertThat(recorder.events()).containsExactly("refused null null CancellationException");
        await().until(closeFrame::isDone);
        assertThat(closeFrame.join().getByte(0)).as("a close frame").isEqualTo((byte) 0x88);
        await().until(() -> bed.connected.isEmpty() && bed.component.sockets() == 0);
        assertThat(recorder.events()).hasSize(1);
    }

    @Test
    void givenAnAuthorizationThatNoHeaderCarries_whenASessionOpens_thenItFailsWithoutTellingIt() {
        assertThatThrownBy(() -> bed.component.open("ws://localhost:1/", "Bearer a\nb", recorder, recorder))
                .isInstanceOf(IllegalArgumentException.class).hasMessageNotContaining("Bearer");
    }

    @ParameterizedTest
    @CsvSource({"http://localhost/", "localhost:80", "ws:///path", "ws://user:password@localhost/"})
    void givenAUriOfNoWebSocket_whenASessionOpens_thenItFails(String uri) {
        assertThatThrownBy(() -> bed.component.open(uri, SocketBed.AUTHORIZATION, recorder, recorder))
                .isInstanceOf(IllegalArgumentException.class).hasMessageNotContaining("password");
    }
}

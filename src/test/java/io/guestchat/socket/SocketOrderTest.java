package io.guestchat.socket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import io.vertx.core.http.ServerWebSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SocketOrderTest {

    private SocketBed bed = new SocketBed(SocketOptions.defaults().withInbox(64, 16));

    @AfterEach
    void close() {
        bed.close();
    }

    @Test
    void givenAServerThatSpeaksFirst_whenAHundredSessionsOpen_thenNoFrameIsLostOrOutOfOrder() {
        int port = bed.serve(socket -> numbers(200).forEach(socket::writeTextMessage));

        List<Recorder> recorders = Stream.generate(Recorder::new).limit(100).toList();
        recorders.forEach(recorder -> bed.open(port, recorder));

        await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> assertThat(recorders)
                .allSatisfy(recorder -> assertThat(recorder.texts()).isEqualTo(numbers(200))));
        assertThat(recorders).allSatisfy(recorder -> {
            assertThat(recorder.events()).startsWith("opened");
            assertThat(recorder.sawParallelCalls()).isFalse();
            assertThat(recorder.thread()).isEqualTo("bed-worker");
        });
    }

    @Test
    void givenProcessingThatEndsOnOtherThreadsAndLate_whenManyFramesCome_thenTheyAreProcessedInOrderOneAtATime() {
        int port = bed.serve(socket -> numbers(500).forEach(socket::writeTextMessage));
        Recorder recorder = new Recorder(text -> new CompletableFuture<Void>()
                .completeOnTimeout(null, ThreadLocalRandom.current().nextInt(2000), TimeUnit.MICROSECONDS));

        bed.open(port, recorder);

        await().atMost(Duration.ofSeconds(30)).until(() -> recorder.texts().size() == 500);
        assertThat(recorder.texts()).isEqualTo(numbers(500));
        assertThat(recorder.sawParallelCalls()).isFalse();
    }

    @Test
    void givenProcessingThatFails_whenFramesCome_thenTheNextOneFollows() {
        int port = bed.serve(socket -> numbers(3).forEach(socket::writeTextMessage));
        Recorder recorder = new Recorder(text -> CompletableFuture.failedFuture(new IllegalStateException("no")));

        bed.open(port, recorder);

        await().until(() -> recorder.texts().equals(numbers(3)));
    }

    @Test
    void givenAStuckRoute_whenTheServerSendsWithoutEnd_thenReadingStopsAndNothingIsLostAfterwards() {
        CompletableFuture<Void> stuck = new CompletableFuture<>();
        AtomicInteger sent = new AtomicInteger();
        CompletableFuture<ServerWebSocket> server = new CompletableFuture<>();
        String kilobytes = "x".repeat(32_000);
        int port = bed.serve(socket -> {
            server.complete(socket);
            sendUntilFull(socket, sent, kilobytes);
        });
        Recorder recorder = new Recorder(text -> stuck);

        LiveSocket socket = (LiveSocket) bed.open(port, recorder);

        await().atMost(Duration.ofSeconds(20)).until(() -> server.isDone() && server.join().writeQueueFull());
        await().during(Duration.ofMillis(500)).atMost(Duration.ofSeconds(20)).until(() -> server.join().writeQueueFull());
        assertThat(socket.waiting()).as("frames in memory").isBetween(1, 64 + 16);
        stuck.complete(null);
        await().atMost(Duration.ofSeconds(20)).until(() -> sent.get() == 2000 && recorder.texts().size() == 2000);
        assertThat(recorder.texts()).isEqualTo(IntStream.range(0, 2000).mapToObj(i -> i + kilobytes).toList());
    }

    @Test
    void givenFramesBeforeAPong_whenTheyAreSlow_thenThePongIsToldBehindThem() {
        CompletableFuture<Void> stuck = new CompletableFuture<>();
        int port = bed.serve(socket -> numbers(10).forEach(socket::writeTextMessage));
        Recorder recorder = new Recorder(text -> text.equals("5") ? stuck : CompletableFuture.completedFuture(null));

        SessionSocket socket = bed.open(port, recorder);
        await().until(() -> recorder.texts().size() == 5);
        long ping = socket.ping();

        await().during(Duration.ofMillis(300)).until(() -> recorder.events().stream().noneMatch(e -> e.startsWith("pong")));
        stuck.complete(null);
        await().until(() -> recorder.events().contains("pong " + ping));
        assertThat(recorder.texts()).isEqualTo(numbers(10));
        assertThat(recorder.events()).endsWith("text 9", "pong " + ping);
    }

    @Test
    void givenFramesThatVertxHoldsBack_whenThePeerAnswersAPingAndCloses_thenPongAndCloseAreToldBehindThem() {
        bed.close();
        bed = new SocketBed(SocketOptions.defaults().withInbox(2, 0));
        CompletableFuture<Void> stuck = new CompletableFuture<>();
        // One write: the frames, the pong and the close frame come in one read, while the inbox is full after the second frame.
        int port = bed.serveRaw(RawPeer.upgrading(socket -> socket.handler(ping -> {
            var all = io.vertx.core.buffer.Buffer.buffer();
            numbers(10).forEach(number -> all.appendBuffer(RawPeer.text(number)));
            all.appendBuffer(RawPeer.frame(0x8A, new byte[] {0, 0, 0, 0, 0, 0, 0, 1}));
            all.appendBuffer(RawPeer.frame(0x88, new byte[] {0x03, (byte) 0xF4}));
            socket.write(all);
        })));
        Recorder recorder = new Recorder(text -> stuck);

        SessionSocket socket = bed.open(port, recorder);
        await().until(socket::isOpen);
        assertThat(socket.ping()).isEqualTo(1);
        await().until(() -> !socket.isOpen());
        assertThat(recorder.events()).containsExactly("opened");
        stuck.complete(null);

        await().until(() -> recorder.events().size() == 13);
        assertThat(recorder.texts()).isEqualTo(numbers(10));
        assertThat(recorder.events()).endsWith("text 9", "pong 1", "closed 1012 null peer");
    }

    private static void sendUntilFull(ServerWebSocket socket, AtomicInteger sent, String padding) {
        while (sent.get() < 2000) {
            if (socket.writeQueueFull()) {
                socket.drainHandler(nothing -> sendUntilFull(socket, sent, padding));
                return;
            }
            socket.writeTextMessage(sent.getAndIncrement() + padding);
        }
    }

    private static List<String> numbers(int count) {
        return IntStream.range(0, count).mapToObj(Integer::toString).toList();
    }
}

package io.guestchat.platform;

import static io.guestchat.dialect.PlatformCall.Kind.HISTORY;
import static io.guestchat.platform.RawServer.ascii;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import io.guestchat.contract.Failure;
import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.zip.GZIPOutputStream;
import org.apache.camel.Exchange;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class HostileAnswersTest {

    private static final byte[] BLOCK = new byte[64 * 1024];
    private static final String OK = "HTTP/1.1 200 OK\r\n";

    private Loopback tokenServer;

    @BeforeEach
    void start() throws Exception {
        tokenServer = new Loopback();
    }

    @AfterEach
    void stop() {
        tokenServer.close();
    }

    private Exchange call(RawServer server, Duration maxElapsed, Duration longestAttempt) throws Exception {
        try (Routes routes = new Routes(server.url(), tokenServer.url(), maxElapsed, 100_000, longestAttempt)) {
            return routes.begin(HISTORY).get(20, SECONDS);
        }
    }

    private Failure failure(RawServer server) throws Exception {
        return Routes.failure(call(server, Duration.ofMillis(300), Duration.ofSeconds(10)));
    }

    private static void endlessly(OutputStream out, AtomicLong written) throws Exception {
        while (true) {
            out.write(BLOCK);
            written.addAndGet(BLOCK.length);
        }
    }

    @Test
    void givenAnEndlessGoodBody_whenCalled_thenItIsBrokenOffAndNotAskedForAgain() throws Exception {
        AtomicLong written = new AtomicLong();
        try (RawServer server = new RawServer(out -> {
            ascii(out, OK + "\r\n");
            endlessly(out, written);
        })) {
            Failure failure = failure(server);

            assertThat(failure.code()).isEqualTo("platform-error");
            assertThat(failure.message()).contains("larger than 4194304 bytes");
            assertThat(server.connections).hasValue(1);
            assertThat(written.get()).isLessThan(64L * 1024 * 1024);
        }
    }

    @Test
    void givenATooLongContentLength_whenCalled_thenItIsBrokenOffToo() throws Exception {
        AtomicLong written = new AtomicLong();
        try (RawServer server = new RawServer(out -> {
            ascii(out, OK + "Content-Length: 9999999999999\r\n\r\n");
            endlessly(out, written);
        })) {
            assertThat(failure(server).code()).isEqualTo("platform-error");
            assertThat(written.get()).isLessThan(64L * 1024 * 1024);
        }
    }

    @Test
    void givenAnEndlessErrorBody_whenCalled_thenItsStatusCounts() throws Exception {
        AtomicLong written = new AtomicLong();
        try (RawServer server = new RawServer(out -> {
            ascii(out, "HTTP/1.1 404 Not Found\r\n\r\n");
            endlessly(out, written);
        })) {
            Failure failure = failure(server);

            assertThat(failure.code()).isEqualTo("not-found");
            assertThat(failure.status()).isEqualTo(404);
            assertThat(server.connections).hasValue(1);
            assertThat(written.get()).isLessThan(64L * 1024 * 1024);
        }
    }

    @Test
    void givenAnErrorBodyThatBreaksOff_whenCalled_thenItsStatusCounts() throws Exception {
        try (RawServer server = new RawServer(out -> ascii(out, "HTTP/1.1 403 No\r\nContent-Length: 500\r\n\r\n{\"mess"))) {
            assertThat(failure(server).code()).isEqualTo("forbidden");
            assertThat(server.connections).hasValue(1);
        }
    }

    @Test
    void givenAGoodBodyThatBreaksOff_whenCalled_thenItIsNoAnswerAndIsAskedForAgain() throws Exception {
        try (RawServer server = new RawServer(out -> ascii(out, OK + "Content-Length: 500\r\n\r\n{\"half\":"))) {
            Failure failure = failure(server);

            assertThat(failure.code()).isEqualTo("platform-unavailable");
            assertThat(failure.status()).isNull();
            assertThat(server.connections.get()).isGreaterThan(1);
        }
    }

    @Test
    void givenAChunkedBodyThatBreaksOff_whenCalled_thenItIsNoAnswer() throws Exception {
        try (RawServer server = new RawServer(out -> ascii(out, OK + "Transfer-Encoding: chunked\r\n\r\n5\r\n{\"a\":\r\n"))) {
            assertThat(failure(server).code()).isEqualTo("platform-unavailable");
        }
    }

    @Test
    void givenSmallBytesThatGrow_whenUnpacked_thenWhatComesOutIsBounded() throws Exception {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
            for (int i = 0; i < 1600; i++) {
                gzip.write(BLOCK);
            }
        }
        try (RawServer server = new RawServer(out -> {
            ascii(out, OK + "Content-Encoding: gzip\r\nContent-Length: " + packed.size() + "\r\n\r\n");
            out.write(packed.toByteArray());
        })) {
            assertThat(packed.size()).isLessThan(200_000);
            assertThat(failure(server).message()).contains("larger than");
        }
    }

    @Test
    void givenAnHonestPackedAnswer_whenCalled_thenItIsUnpacked() throws Exception {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
            gzip.write("{\"a\":1}".getBytes(StandardCharsets.UTF_8));
        }
        try (RawServer server = new RawServer(out -> {
            ascii(out, OK + "Content-Encoding: gzip\r\nContent-Length: " + packed.size() + "\r\n\r\n");
            out.write(packed.toByteArray());
        })) {
            Exchange done = call(server, Duration.ofSeconds(1), Duration.ofSeconds(10));
            assertThat(done.getMessage().getBody(String.class)).isEqualTo("{\"a\":1}");
        }
    }

    @Test
    void givenAByteNowAndThenForEver_whenTheAttemptsTimeIsUp_thenItEnds() throws Exception {
        CountDownLatch never = new CountDownLatch(1);
        try (RawServer server = new RawServer(out -> {
            ascii(out, OK + "Content-Length: 100000\r\n\r\n");
            while (!never.await(100, TimeUnit.MILLISECONDS)) {
                ascii(out, " ");
            }
        })) {
            Failure failure = Routes.failure(call(server, Duration.ofMillis(100), Duration.ofSeconds(1)));

            assertThat(failure.code()).isEqualTo("platform-unavailable");
            assertThat(failure.message()).contains("none in time");
        }
    }

    @Test
    void givenHeadersThatNeverEnd_whenTheAttemptsTimeIsUp_thenItEnds() throws Exception {
        CountDownLatch never = new CountDownLatch(1);
        try (RawServer server = new RawServer(out -> {
            ascii(out, OK);
            while (!never.await(100, TimeUnit.MILLISECONDS)) {
                ascii(out, "X-More: 1\r\n");
            }
        })) {
            assertThat(Routes.failure(call(server, Duration.ofMillis(100), Duration.ofSeconds(1))).code())
                    .isEqualTo("platform-unavailable");
        }
    }

    @Test
    void givenNoHttpAtAll_whenCalled_thenItEnds() throws Exception {
        try (RawServer server = new RawServer(out -> ascii(out, "SSH-2.0-OpenSSH_9.2\r\n\r\n\r\n"))) {
            assertThat(failure(server).code()).isIn("platform-error", "platform-unavailable");
        }
    }

    @Test
    void givenAConnectionThatClosesWithoutAWord_whenCalled_thenNoAnswer() throws Exception {
        try (RawServer server = new RawServer(out -> { })) {
            assertThat(failure(server).code()).isEqualTo("platform-unavailable");
            assertThat(server.connections.get()).isGreaterThan(1);
        }
    }
}

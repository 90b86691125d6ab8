package io.guestchat.harness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class TcpProxyTest {

    private static final int QUIET_MILLIS = 300;

    private ServerSocket server;
    private TcpProxy proxy;
    private Socket guest;
    private Socket host;

    @BeforeEach
    void connect() throws IOException {
        server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        proxy = TcpProxy.to(server.getLocalPort());
        guest = new Socket(InetAddress.getLoopbackAddress(), proxy.port());
        host = server.accept();
    }

    @AfterEach
    void close() throws IOException {
        guest.close();
        host.close();
        proxy.close();
        server.close();
    }

    @Test
    void givenALine_whenBothPartiesWrite_thenEachReadsTheOther() throws IOException {
        say(guest, "hello");
        say(host, "welcome");

        assertThat(hear(host, 5)).isEqualTo("hello");
        assertThat(hear(guest, 7)).isEqualTo("welcome");
        assertThat(proxy.lines()).isEqualTo(1);
    }

    @Test
    void givenMoreThanAllBuffersHold_whenTheReaderIsSlow_thenEveryByteArrivesInOrder() throws Exception {
        // given
        byte[] much = new byte[32 << 20];
        for (int index = 0; index < much.length; index++) {
            much[index] = (byte) (index * 31 + (index >> 8));
        }

        // when
        CompletableFuture<Void> sent = CompletableFuture.runAsync(() -> {
            try {
                new ByteArrayInputStream(much).transferTo(guest.getOutputStream());
                guest.shutdownOutput();
            } catch (IOException broken) {
                throw new IllegalStateException(broken);
            }
        });
        await().during(Duration.ofMillis(QUIET_MILLIS)).until(() -> !sent.isDone());

        // then
        assertThat(host.getInputStream().readAllBytes()).isEqualTo(much);
        sent.get();
    }

    @Test
    void givenOnePartyThatHasFinished_whenTheOtherGoesOn_thenItIsHeardUntilItHasFinishedToo() throws IOException {
        guest.shutdownOutput();

        assertThat(host.getInputStream().read()).isEqualTo(-1);
        say(host, "still here");
        assertThat(hear(guest, 10)).isEqualTo("still here");
        host.shutdownOutput();
        assertThat(guest.getInputStream().read()).isEqualTo(-1);
        awaitNoLine();
    }

    @Test
    void givenASilentLine_whenAPartyWritesAndLeaves_thenTheOtherHearsOfItWhenTheLineComesBack() throws IOException {
        // given
        say(guest, "before");
        assertThat(hear(host, 6)).isEqualTo("before");
        proxy.goSilent();

        // when
        say(guest, "into the void");
        guest.close();

        // then
        assertSilent(host);
        say(host, "anybody?");
        proxy.comeBack();
        assertThat(hear(host, 13)).isEqualTo("into the void");
    }

    @Test
    void givenASilentLine_whenAnotherIsOpened_thenItIsAcceptedAndSilentToo() throws IOException {
        proxy.goSilent();

        try (Socket second = new Socket(InetAddress.getLoopbackAddress(), proxy.port()); Socket there = server.accept()) {
            say(second, "hello");
            assertSilent(there);
            proxy.comeBack();
            assertThat(hear(there, 5)).isEqualTo("hello");
        }
    }

    @Test
    void givenALine_whenItIsDroppedWithAReset_thenBothPartiesAreReset() {
        assertThat(proxy.dropWithReset()).isEqualTo(1);

        assertReset(guest);
        assertReset(host);
        assertThat(proxy.lines()).isZero();
    }

    @Test
    void givenALine_whenItIsDroppedWithAFin_thenBothPartiesReadTheEndAndWhatTheyStillWriteIsThrownAway() throws IOException {
        assertThat(proxy.dropWithFin()).isEqualTo(1);

        assertThat(guest.getInputStream().read()).isEqualTo(-1);
        say(guest, "too late");
        assertThat(host.getInputStream().read()).isEqualTo(-1);
        assertThat(proxy.lines()).isZero();
    }

    @Test
    void givenASilentLine_whenItIsDropped_thenBothPartiesAreResetAndTheNextLineIsSilent() throws IOException {
        proxy.goSilent();
        proxy.dropWithReset();

        assertReset(guest);
        assertReset(host);
        try (Socket second = new Socket(InetAddress.getLoopbackAddress(), proxy.port()); Socket there = server.accept()) {
            say(second, "hello");
            assertSilent(there);
        }
    }

    @Test
    void givenAPartyThatResets_whenTheLineCarries_thenTheOtherIsReset() throws IOException {
        guest.setSoLinger(true, 0);
        guest.close();

        assertReset(host);
        awaitNoLine();
    }

    @Test
    void givenNobodyAtTheFarEnd_whenALineIsOpened_thenItIsReset() throws IOException {
        server.close();

        try (Socket second = new Socket(InetAddress.getLoopbackAddress(), proxy.port())) {
            assertReset(second);
        }
    }

    private void awaitNoLine() {
        await().atMost(Duration.ofSeconds(30)).until(() -> proxy.lines() == 0);
    }

    private static void say(Socket party, String words) throws IOException {
        party.getOutputStream().write(words.getBytes(StandardCharsets.US_ASCII));
    }

    private static String hear(Socket party, int length) throws IOException {
        return new String(party.getInputStream().readNBytes(length), StandardCharsets.US_ASCII);
    }

    private static void assertSilent(Socket party) throws IOException {
        party.setSoTimeout(QUIET_MILLIS);
        assertThatThrownBy(() -> party.getInputStream().read()).isInstanceOf(SocketTimeoutException.class);
        party.setSoTimeout(0);
    }

    private static void assertReset(Socket party) {
        assertThatThrownBy(() -> party.getInputStream().read()).isInstanceOf(SocketException.class)
                .isNotInstanceOf(SocketTimeoutException.class).hasMessageContaining("reset");
    }
}

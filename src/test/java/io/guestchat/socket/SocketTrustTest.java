package io.guestchat.socket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.net.PfxOptions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SocketTrustTest {

    private static final String PASSWORD = "changeit";

    @TempDir
    private static Path directory;

    private SocketBed bed;
    private final Recorder recorder = new Recorder();

    /** A certificate for {@code localhost} that no public authority has signed. */
    @BeforeAll
    static void makeCertificate() throws Exception {
        keytool("-genkeypair", "-alias", "peer", "-keyalg", "EC", "-dname", "CN=localhost", "-ext", "san=dns:localhost",
                "-validity", "2", "-storetype", "PKCS12", "-keystore", "peer.p12", "-storepass", PASSWORD);
        keytool("-exportcert", "-rfc", "-alias", "peer", "-keystore", "peer.p12", "-storepass", PASSWORD, "-file", "peer.pem");
        keytool("-importcert", "-noprompt", "-alias", "peer", "-file", "peer.pem", "-storetype", "PKCS12",
                "-keystore", "trust.p12", "-storepass", PASSWORD);
    }

    @BeforeEach
    void servers() {
        bed = new SocketBed(SocketOptions.defaults());
    }

    @AfterEach
    void close() {
        bed.close();
    }

    @Test
    void givenAPrivateAuthority_whenItsPemIsTrusted_thenTheSocketOpens() {
        assertThat(opened(new SocketTrust.Pem(directory.resolve("peer.pem")), "localhost"))
                .containsExactly("opened", "text over TLS");
    }

    @Test
    void givenAPrivateAuthority_whenItsStoreIsTrusted_thenTheSocketOpens() {
        assertThat(opened(new SocketTrust.Store(directory.resolve("trust.p12"), PASSWORD), "localhost"))
                .containsExactly("opened", "text over TLS");
    }

    @Test
    void givenAPrivateAuthority_whenItIsNotTrusted_thenTheHandshakeIsRefused() {
        assertThat(opened(new SocketTrust.Jdk(), "localhost")).containsExactly("refused null null SSLHandshakeException");
    }

    @Test
    void givenATrustedCertificate_whenItIsForAnotherHost_thenTheHandshakeIsRefused() {
        assertThat(opened(new SocketTrust.Pem(directory.resolve("peer.pem")), "127.0.0.1"))
                .containsExactly("refused null null SSLHandshakeException");
    }

    @Test
    void givenAStore_whenItIsShown_thenItsPasswordIsNot() {
        SocketOptions options = SocketOptions.defaults().withTrust(new SocketTrust.Store(Path.of("trust.p12"), PASSWORD));

        assertThat(options.toString()).contains("trust.p12").doesNotContain(PASSWORD);
    }

    private List<String> opened(SocketTrust trust, String host) {
        PfxOptions key = new PfxOptions().setPath(directory.resolve("peer.p12").toString()).setPassword(PASSWORD);
        int port = bed.serve(new HttpServerOptions().setSsl(true).setKeyCertOptions(key),
                server -> server.webSocketHandler(socket -> socket.writeTextMessage("over TLS")));
        try (SocketBed client = new SocketBed(SocketOptions.defaults().withTrust(trust))) {
            client.component.open("wss://" + host + ":" + port + "/chat", SocketBed.AUTHORIZATION, recorder, recorder);
            await().until(() -> recorder.texts().size() == 1 || recorder.events().toString().startsWith("[refused"));
            return List.copyOf(recorder.events());
        }
    }

    private static void keytool(String... arguments) throws IOException, InterruptedException {
        String tool = Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
        Process process = new ProcessBuilder(Stream.concat(Stream.of(tool), Stream.of(arguments)).toList())
                .directory(directory.toFile()).redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD).start();
        assertThat(process.waitFor()).isZero();
    }
}

package io.guestchat.socket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.List;

import io.guestchat.tls.ClientTls;
import io.guestchat.tls.TestAuthority;
import io.guestchat.tls.TestAuthority.Issued;
import io.vertx.core.http.ClientAuth;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.net.PemTrustOptions;
import io.vertx.core.net.PfxOptions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SocketTrustTest {

    private final TestAuthority authority = TestAuthority.get();

    private SocketBed bed;

    @BeforeEach
    void servers() {
        bed = new SocketBed(SocketOptions.defaults());
    }

    @AfterEach
    void close() {
        bed.close();
    }

    @Test
    void givenAPrivateAuthority_whenItIsTrusted_thenTheSocketOpens() {
        assertThat(opened(authority.trusted(), "localhost", server(authority.localhost())))
                .containsExactly("opened", "text over TLS");
    }

    @Test
    void givenAPrivateAuthority_whenItIsNotTrusted_thenTheHandshakeIsRefused() {
        assertThat(opened(ClientTls.ofTheJdk(), "localhost", server(authority.localhost())))
                .containsExactly("refused null null TLS failed: no trusted authority has signed the certificate");
    }

    @Test
    void givenATrustedCertificate_whenItIsForAnotherHost_thenTheHandshakeIsRefused() {
        assertThat(opened(authority.trusted(), "127.0.0.1", server(authority.localhost())))
                .containsExactly("refused null null TLS failed: the certificate is for another host");
    }

    @Test
    void givenATrustedCertificate_whenItHasExpired_thenTheHandshakeIsRefused() {
        assertThat(opened(authority.trusted(), "localhost", server(authority.expired())))
                .containsExactly("refused null null TLS failed: the certificate has expired");
    }

    @Test
    void givenAServerThatWantsACertificate_whenWeShowOne_thenTheSocketOpens() {
        assertThat(opened(authority.trustedShowing(authority.localhost()), "localhost", wanting(authority.localhost())))
                .containsExactly("opened", "text over TLS");
    }

    @Test
    void givenAServerThatWantsACertificate_whenWeHaveNone_thenTheHandshakeIsRefused() {
        assertThat(opened(authority.trusted(), "localhost", wanting(authority.localhost())))
                .singleElement().asString().startsWith("refused null null ");
    }

    private static HttpServerOptions server(Issued certificate) {
        return new HttpServerOptions().setSsl(true).setKeyCertOptions(
                new PfxOptions().setPath(certificate.keyStore().toString()).setPassword(TestAuthority.PASSWORD));
    }

    private HttpServerOptions wanting(Issued certificate) {
        return server(certificate).setClientAuth(ClientAuth.REQUIRED)
                .setTrustOptions(new PemTrustOptions().addCertPath(authority.pem().toString()));
    }

    private List<String> opened(ClientTls tls, String host, HttpServerOptions options) {
        int port = bed.serve(options, server -> server.webSocketHandler(socket -> socket.writeTextMessage("over TLS")));
        Recorder recorder = new Recorder();
        try (SocketBed client = new SocketBed(SocketOptions.defaults().withTls(tls))) {
            client.component.open("wss://" + host + ":" + port + "/chat", SocketBed.AUTHORIZATION, recorder, recorder);
            await().until(() -> recorder.texts().size() == 1 || recorder.events().toString().startsWith("[refused"));
            return List.copyOf(recorder.events());
        }
    }
}

package io.guestchat.platform;

import static org.assertj.core.api.Assertions.assertThat;

import io.guestchat.contract.Failure;
import io.guestchat.dialect.PlatformCall.Kind;
import io.guestchat.tls.ClientTls;
import io.guestchat.tls.TestAuthority;
import io.guestchat.tls.TestAuthority.Issued;
import io.vertx.core.Vertx;
import io.vertx.core.http.ClientAuth;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.net.PemTrustOptions;
import io.vertx.core.net.PfxOptions;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.camel.Exchange;
import org.apache.camel.component.http.HttpComponent;
import org.apache.camel.support.jsse.SSLContextParameters;
import org.apache.camel.support.jsse.TrustAllTrustManager;
import org.apache.camel.support.jsse.TrustManagersParameters;
import org.apache.hc.client5.http.ssl.NoopHostnameVerifier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Calls to a platform over TLS: the certificate is verified, whatever it is that is wrong with it. */
class PlatformTlsTest {

    private final TestAuthority authority = TestAuthority.get();
    private final Vertx vertx = Vertx.vertx();
    private final AtomicInteger calls = new AtomicInteger();

    @AfterEach
    void stop() throws Exception {
        vertx.close().toCompletionStage().toCompletableFuture().get();
    }

    @Test
    void givenAPrivateAuthority_whenItIsTrusted_thenTheCallIsMade() throws Exception {
        assertThat(call(authority.trusted(), "localhost", server(authority.localhost())).getException()).isNull();
        assertThat(calls).hasValue(1);
    }

    @Test
    void givenAPrivateAuthority_whenItIsNotTrusted_thenNothingIsSaidToThatServer() throws Exception {
        assertRefused(call(ClientTls.ofTheJdk(), "localhost", server(authority.localhost())),
                "no trusted authority has signed the certificate");
    }

    @Test
    void givenATrustedCertificate_whenItIsForAnotherHost_thenNothingIsSaidToThatServer() throws Exception {
        assertRefused(call(authority.trusted(), "127.0.0.1", server(authority.localhost())), "the certificate is for another host");
    }

    @Test
    void givenATrustedCertificate_whenItHasExpired_thenNothingIsSaidToThatServer() throws Exception {
        assertRefused(call(authority.trusted(), "localhost", server(authority.expired())), "the certificate has expired");
    }

    @Test
    void givenAServerThatWantsACertificate_whenWeShowOne_thenTheCallIsMade() throws Exception {
        Exchange called = call(authority.trustedShowing(authority.localhost()), "localhost", wanting(authority.localhost()));

        assertThat(called.getException()).isNull();
        assertThat(calls).hasValue(1);
    }

    @Test
    void givenAServerThatWantsACertificate_whenWeHaveNone_thenNothingIsSaidToIt() throws Exception {
        // With TLS 1.3 it says no after our side of the handshake: what comes of that first may be but a broken connection.
        assertThat(Routes.failure(call(authority.trusted(), "localhost", wanting(authority.localhost()))).message())
                .startsWith("no answer from the platform: ");
        assertThat(calls).hasValue(0);
    }

    /** As camel.component.https.*, camel.ssl.* and beans of the operator's would leave the context. */
    @Test
    void givenOptionsOfCamelThatTrustAnybody_whenCalled_thenTheyAreOfNoEffect() throws Exception {
        try (Loopback tokens = new Loopback();
                Routes routes = new Routes(serve(server(authority.localhost()), "127.0.0.1"), tokens.url(), ClientTls.ofTheJdk(), Optional.empty(),
                camel -> {
                    SSLContextParameters all = new SSLContextParameters();
                    all.setTrustManagers(new TrustManagersParameters());
                    all.getTrustManagers().setTrustManager(TrustAllTrustManager.INSTANCE);
                    camel.setSSLContextParameters(all);
                    HttpComponent https = camel.getComponent("https", HttpComponent.class);
                    https.setUseGlobalSslContextParameters(true);
                    https.setSslContextParameters(all);
                    https.setX509HostnameVerifier(NoopHostnameVerifier.INSTANCE);
                })) {
            assertRefused(routes.send(Kind.CREATE_SESSION), "no trusted authority has signed the certificate");
        }
    }

    private void assertRefused(Exchange called, String why) {
        Failure failure = Routes.failure(called);
        assertThat(failure.code()).isEqualTo("platform-unavailable");
        assertThat(failure.message()).isEqualTo("no answer from the platform: TLS failed: " + why);
        assertThat(calls).as("what the server was asked").hasValue(0);
    }

    private Exchange call(ClientTls tls, String host, HttpServerOptions options) throws Exception {
        try (Loopback tokens = new Loopback();
                Routes routes = new Routes(serve(options, host), tokens.url(), tls, Optional.empty(), camel -> { })) {
            return routes.send(Kind.CREATE_SESSION);
        }
    }

    private static HttpServerOptions server(Issued certificate) {
        return new HttpServerOptions().setSsl(true).setKeyCertOptions(
                new PfxOptions().setPath(certificate.keyStore().toString()).setPassword(TestAuthority.PASSWORD));
    }

    private HttpServerOptions wanting(Issued certificate) {
        return server(certificate).setClientAuth(ClientAuth.REQUIRED)
                .setTrustOptions(new PemTrustOptions().addCertPath(authority.pem().toString()));
    }

    /** @return the platform's base URL under that name */
    private String serve(HttpServerOptions options, String host) throws Exception {
        return "https://" + host + ":" + vertx.createHttpServer(options.setHost("localhost").setPort(0))
                .requestHandler(request -> {
                    calls.incrementAndGet();
                    request.response().end("{}");
                }).listen().toCompletionStage().toCompletableFuture().get().actualPort();
    }
}

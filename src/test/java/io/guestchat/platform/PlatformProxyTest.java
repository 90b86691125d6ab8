package io.guestchat.platform;

import static org.assertj.core.api.Assertions.assertThat;

import io.guestchat.config.ProxySettings;
import io.guestchat.config.Secret;
import io.guestchat.contract.Failure;
import io.guestchat.dialect.PlatformCall.Kind;
import io.guestchat.harness.OutgoingProxy;
import io.guestchat.tls.TestAuthority;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.net.PfxOptions;
import java.util.Optional;
import org.apache.camel.Exchange;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Calls through a proxy, which alone knows where the platform is. */
class PlatformProxyTest {

    private static final String PASSWORD = "pr0xy-s3cr3t";

    private final OutgoingProxy proxy = OutgoingProxy.start();
    private Loopback platform;

    @BeforeEach
    void start() throws Exception {
        platform = new Loopback();
    }

    @AfterEach
    void stop() {
        platform.close();
        proxy.close();
    }

    @Test
    void givenAProxy_whenATokenIsFetchedAndACallMade_thenBothGoThroughIt() throws Exception {
        assertThat(call(null).getException()).isNull();

        assertThat(proxy.passed()).containsExactly("POST " + url() + "/oauth/token", "POST " + url() + "/api/sessions");
        assertThat(platform.tokenCalls).hasSize(1);
    }

    @Test
    void givenAProxyThatAsksWhoWeAre_whenACallIsMade_thenThePasswordGoesToItAlone() throws Exception {
        proxy.demand("bridge", PASSWORD);

        assertThat(call(PASSWORD).getException()).isNull();

        assertThat(platform.calls).singleElement().satisfies(call -> {
            assertThat(call.header("Authorization")).isEqualTo("Bearer SECRET-1");
            assertThat(call.header("Proxy-Authorization")).isNull();
        });
    }

    @Test
    void givenAPlatformWithTls_whenACallIsMade_thenTheProxyTunnelsIt() throws Exception {
        proxy.demand("bridge", PASSWORD);
        Vertx vertx = Vertx.vertx();
        int port = vertx.createHttpServer(new HttpServerOptions().setHost("localhost").setPort(0).setSsl(true).setKeyCertOptions(
                new PfxOptions().setPath(TestAuthority.get().localhost().keyStore().toString()).setPassword(TestAuthority.PASSWORD)))
                .requestHandler(request -> request.response().end("{}")).listen().toCompletionStage().toCompletableFuture().get()
                .actualPort();
        try (Routes routes = routes("https://localhost:" + port, PASSWORD)) {
            assertThat(routes.send(Kind.CREATE_SESSION).getException()).isNull();
            assertThat(proxy.passed()).endsWith("CONNECT localhost:" + port);

            proxy.refuseWith(403);
            proxy.dropTunnels();
            assertUnavailable(routes.send(Kind.CREATE_SESSION), "the proxy refuses the way to the platform with 403");
        } finally {
            vertx.close().toCompletionStage().toCompletableFuture().get();
        }
    }

    @Test
    void givenAnotherPassword_whenACallIsMade_thenTheFailureNamesTheKeyAndIsAnOutage() throws Exception {
        try (Routes routes = routes(url(), PASSWORD)) {
            routes.send(Kind.CREATE_SESSION);
            proxy.demand("bridge", "another");

            assertUnavailable(routes.send(Kind.CREATE_SESSION), "the proxy refuses the way to the platform with 407: it wants "
                    + "genesys.proxy-username and a password, or others than these");
        }
    }

    @Test
    void givenAProxyThatIsAway_whenACallIsMade_thenTheFailureSaysThatItIsTheProxy() throws Exception {
        try (Routes routes = routes(url(), PASSWORD)) {
            routes.send(Kind.CREATE_SESSION);
            proxy.close();

            assertUnavailable(routes.send(Kind.CREATE_SESSION), "no answer from the platform: the proxy refuses connections");
        }
    }

    private static void assertUnavailable(Exchange called, String why) {
        Failure failure = Routes.failure(called);
        assertThat(failure.code()).isEqualTo("platform-unavailable");
        assertThat(failure.message()).isEqualTo(why).doesNotContain(PASSWORD);
    }

    private String url() {
        return platform.url().replace("127.0.0.1", "platform.invalid");
    }

    private Exchange call(String password) throws Exception {
        try (Routes routes = routes(url(), password)) {
            return routes.send(Kind.CREATE_SESSION);
        }
    }

    private Routes routes(String url, String password) throws Exception {
        ProxySettings through = new ProxySettings("127.0.0.1", proxy.port(), password == null ? null : "bridge",
                password == null ? null : new Secret(password));
        return new Routes(url, url(), TestAuthority.get().trusted(), Optional.of(through), camel -> { });
    }
}

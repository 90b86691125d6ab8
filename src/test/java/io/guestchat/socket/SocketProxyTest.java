package io.guestchat.socket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.List;
import java.util.Optional;

import io.guestchat.config.ProxySettings;
import io.guestchat.config.Secret;
import io.guestchat.harness.OutgoingProxy;
import io.guestchat.tls.TestAuthority;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.net.PfxOptions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Sockets through a proxy, which alone knows where the peer is. */
class SocketProxyTest {

    private static final String PASSWORD = "pr0xy-s3cr3t";

    private final OutgoingProxy proxy = OutgoingProxy.start();
    private final SocketBed bed = new SocketBed(SocketOptions.defaults());

    @AfterEach
    void close() {
        bed.close();
        proxy.close();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void givenAProxyThatAsksWhoWeAre_whenASocketIsOpened_thenItGoesThroughIt(boolean tls) {
        proxy.demand("bridge", PASSWORD);
        TestAuthority.Issued localhost = TestAuthority.get().localhost();
        int port = bed.serve(tls ? new HttpServerOptions().setSsl(true).setKeyCertOptions(
                new PfxOptions().setPath(localhost.keyStore().toString()).setPassword(TestAuthority.PASSWORD)) : new HttpServerOptions(),
                server -> server.webSocketHandler(socket -> socket.writeTextMessage("hello")));
        String host = tls ? "localhost" : "peer.invalid";

        assertThat(opened((tls ? "wss://" : "ws://") + host + ":" + port, PASSWORD)).containsExactly("opened", "text hello");
        assertThat(proxy.passed()).containsExactly("CONNECT " + host + ":" + port);
    }

    @Test
    void givenAProxyThatRefuses_whenASocketIsOpened_thenItsAnswerIsNotThePlatforms() {
        proxy.demand("bridge", "another");

        assertThat(opened("ws://peer.invalid:80", PASSWORD)).containsExactly("refused null null HttpProxyConnectException");
        proxy.refuseWith(404);
        assertThat(opened("wss://peer.invalid:443", PASSWORD)).containsExactly("refused null null HttpProxyConnectException");
    }

    @Test
    void givenAProxyThatIsAway_whenASocketIsOpened_thenItIsRefused() {
        proxy.close();

        assertThat(opened("wss://peer.invalid:443", PASSWORD)).singleElement().asString().startsWith("refused null null ");
    }

    private List<String> opened(String base, String password) {
        Recorder recorder = new Recorder();
        ProxySettings through = new ProxySettings("127.0.0.1", proxy.port(), "bridge", new Secret(password));
        SocketOptions options = SocketOptions.defaults().withTls(TestAuthority.get().trusted()).withProxy(Optional.of(through));
        assertThat(options.toString()).doesNotContain(PASSWORD);
        try (SocketBed client = new SocketBed(options)) {
            client.component.open(base + "/chat", SocketBed.AUTHORIZATION, recorder, recorder);
            await().until(() -> recorder.texts().size() == 1 || recorder.events().toString().startsWith("[refused"));
            return List.copyOf(recorder.events());
        }
    }
}

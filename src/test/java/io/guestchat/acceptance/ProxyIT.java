package io.guestchat.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import io.guestchat.harness.BridgeRig;
import io.guestchat.harness.OutgoingProxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A platform behind a company's way out: only the proxy knows where {@code platform.invalid} is, so nothing can go directly. */
class ProxyIT {

    private static final String PASSWORD = "pr0xy-s3cr3t";

    @TempDir
    private Path directory;

    private final OutgoingProxy proxy = OutgoingProxy.start();

    @AfterEach
    void stopProxy() {
        proxy.close();
    }

    @Test
    void givenTlsWithAPrivateAuthorityAndAProxyWithAPassword_whenChatsAreHeld_thenAllOfThemGoesThroughTunnels() throws Exception {
        // given
        proxy.demand("bridge", PASSWORD);
        try (BridgeRig rig = BridgeRig.withoutBridge(
                options -> options.tls(true).tlsNames(List.of("platform.invalid")).assignmentDelay(Duration.ofMillis(20)),
                Map.of("genesys.proxy-url", proxy.url(), "genesys.proxy-username", "bridge", "genesys.proxy-password", PASSWORD))) {
            Path authority = Files.writeString(directory.resolve("authority.pem"), rig.simulator().certificatePem());
            rig.configure("tls.ca-file", authority.toString());
            rig.configure("genesys.url", "https://platform.invalid:" + rig.simulator().port());
            rig.startBridge();

            // when
            TestChat chat = everyFlow(rig, "tunnelled");

            // then
            chat.request("e", "end");
            chat.awaitAnswer("chat-ended", "e");
            assertThat(proxy.passed()).hasSizeGreaterThanOrEqualTo(3)
                    .containsOnly("CONNECT platform.invalid:" + rig.simulator().port());
        }
    }

    @Test
    void givenNoTls_whenTheProxyFailsAndComesBack_thenChatsWaitAndGoOn() {
        // given
        try (BridgeRig rig = BridgeRig.withoutBridge(options -> options.assignmentDelay(Duration.ofMillis(20)),
                Map.of("genesys.proxy-url", proxy.url(), "genesys.retry.max-elapsed", "1s"))) {
            String url = "http://platform.invalid:" + rig.simulator().port();
            rig.configure("genesys.url", url);
            rig.startBridge();
            TestChat chat = everyFlow(rig, "plain");
            assertThat(proxy.passed()).as("calls as they are, sockets by tunnels")
                    .contains("POST " + url + "/oauth/token", "POST " + url + "/api/v2/webchat/guests/sessions")
                    .contains("CONNECT platform.invalid:" + rig.simulator().port());

            // when
            proxy.refuseWith(407);
            chat.drop(null);
            chat.request("s2", "status");

            // then
            assertThat(chat.awaitAnswer("request-failed", "s2")).satisfies(failed -> {
                assertThat(failed.text("error.code")).isEqualTo("platform-unavailable");
                assertThat(failed.text("error.message")).startsWith("the proxy refuses the way to the platform with 407");
            });
            proxy.refuseWith(0);
            chat.awaitEvents("session-resumed", 2);
            chat.request("e", "end");
            chat.awaitAnswer("chat-ended", "e");
        }
    }

    private static TestChat everyFlow(BridgeRig rig, String name) {
        TestChat chat = TestChat.flowing(rig, name);
        chat.guestWrites("hello");
        chat.awaitEvents("message-acknowledged", 1);
        rig.outside().awaitMessages(chat.chatId(), 1);
        chat.request("h", "history");
        chat.awaitAnswer("history-delivered", "h");
        chat.drop(1012);
        chat.awaitEvent("session-resumed");
        chat.request("s", "status");
        chat.awaitAnswer("session-status", "s");
        return chat;
    }
}

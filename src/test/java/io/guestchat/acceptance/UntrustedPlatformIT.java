package io.guestchat.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.guestchat.harness.BridgeRig;
import io.guestchat.simulator.CallKind;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A platform that is not who it says: nothing is told to it. */
class UntrustedPlatformIT {

    @TempDir
    private Path directory;

    @Test
    void givenACertificateOfNobodyWeTrust_whenTheBridgeStarts_thenItTellsNoSecretAndReadySaysWhy() {
        try (BridgeRig rig = BridgeRig.withoutBridge(options -> options.tls(true), Map.of())) {
            rig.startBridgeUnready();

            awaitUnready(rig, "no answer from the platform: TLS failed: no trusted authority has signed the certificate");
            assertThat(rig.platform().counts().of(CallKind.TOKEN)).isZero();
        }
    }

    /** The API's name is in the certificate; the sockets' is not. */
    @Test
    void givenSocketsOnAnotherHost_whenAChatStarts_thenItsSocketNeverOpens() throws Exception {
        try (BridgeRig rig = BridgeRig.withoutBridge(options -> options.tls(true).host("0.0.0.0"), Map.of())) {
            rig.configure("tls.ca-file",
                    Files.writeString(directory.resolve("authority.pem"), rig.simulator().certificatePem()).toString());
            rig.configure("genesys.websocket-url", "wss://127.0.0.2:" + rig.simulator().port());
            rig.startBridge();

            TestChat chat = TestChat.requested(rig, "elsewhere");

            chat.awaitEvent("session-created");
            await().during(Duration.ofSeconds(1)).atMost(Duration.ofSeconds(10))
                    .until(() -> rig.platform().counts().of(CallKind.HANDSHAKE) == 0);
            assertThat(chat.count("session-connected")).isZero();
        }
    }

    private static void awaitUnready(BridgeRig rig, String why) {
        await("not ready").atMost(TestChat.PATIENCE).untilAsserted(() -> assertThat(rig.ready().body()).contains(why));
    }
}

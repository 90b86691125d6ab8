package io.guestchat.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.guestchat.harness.BridgeInstance;
import io.guestchat.harness.TcpProxy;
import io.guestchat.simulator.CallKind;
import io.guestchat.simulator.SimulatorControl;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Faults of the line between the bridge and the platform. The sockets go; the bridge and the platform stay. */
@Tag("faults")
class WireFaultsIT {

    /** {@code docs}: a ping every 15 s, its pong within 10 s; then some room for a busy machine. */
    private static final Duration DEAD_LINE_FOUND = Duration.ofSeconds(25 + 15);

    private TcpProxy line;

    @AfterEach
    void closeLine() {
        if (line != null) {
            line.close();
        }
    }

    private BridgeInstance startBehindLine(FaultRun run) {
        if (line == null) {
            line = TcpProxy.to(run.rig().simulator().port());
        }
        return run.start(Map.of("genesys.url", "http://" + line.authority()));
    }

    @Test
    void givenTalkingChats_whenThePlatformClosesAllSocketsWithAFrame_thenEachTextArrivesOnceInOrder() {
        try (FaultRun run = Scenario.large("all sockets closed with 1012").open()) {
            run.start().awaitReady();
            run.converse();

            Fault drop = run.fault(() -> assertThat(run.rig().platform().dropAll(1012, "service restart")).isEqualTo(200));
            run.awaitFlow(drop);

            run.conclude(1, 1);
        }
    }

    @Test
    void givenTalkingChats_whenAllConnectionsAreReset_thenEachTextArrivesOnceInOrder() {
        try (FaultRun run = Scenario.large("all connections reset").open()) {
            startBehindLine(run).awaitReady();
            run.converse();

            Fault drop = run.fault(() -> assertThat(line.dropWithReset()).isGreaterThanOrEqualTo(200));
            run.awaitFlow(drop);

            run.conclude(1, 1);
        }
    }

    @Test
    void givenTalkingChats_whenAllConnectionsEndWithoutACloseFrame_thenEachTextArrivesOnceInOrder() {
        try (FaultRun run = Scenario.large("all connections ended by FIN").open()) {
            startBehindLine(run).awaitReady();
            run.converse();

            Fault drop = run.fault(() -> assertThat(line.dropWithFin()).isGreaterThanOrEqualTo(200));
            run.awaitFlow(drop);

            run.conclude(1, 1);
        }
    }

    @Test
    void givenTalkingChats_whenOneSocketDrops_thenItFlowsAgainWithinFiveSeconds() {
        try (FaultRun run = Scenario.large("one socket dropped, ten times").every(Duration.ofSeconds(1)).open()) {
            // given
            run.start().awaitReady();
            run.converse();
            SimulatorControl platform = run.rig().platform();

            for (int chat = 0; chat < 10; chat++) {
                // when
                String session = run.conversations().session("chat-" + chat);
                boolean closing = chat % 2 == 0;
                Fault drop = run.fault(() ->
                        assertThat(closing ? platform.drop(session, 1011, "") : platform.cut(session)).isTrue());

                // then
                assertThat(run.awaitFlow(drop)).isLessThan(Duration.ofSeconds(5));
            }
            run.conclude(0, 1);
        }
    }

    @Test
    void givenTalkingChats_whenTheLineGoesSilent_thenPingsFindOutAndAllIsMadeGoodWhenItComesBack() {
        try (FaultRun run = Scenario.large("line silent until pings found out").open()) {
            // given
            startBehindLine(run).awaitReady();
            run.converse();

            // when
            Fault silence = run.fault(line::goSilent);
            await("all losses told").atMost(DEAD_LINE_FOUND).pollInterval(Duration.ofMillis(200))
                    .until(() -> run.conversations().published().count("session-lost") == 200);
            run.note("found within " + FaultReport.seconds(silence.until(Instant.now())));
            line.comeBack();
            run.awaitFlow(silence);

            // then
            run.conclude(1, 1);
        }
    }

    @Test
    void givenASilentLine_whenTheBridgeIsKilledAndAnotherStartsBeforeItComesBack_thenEachTextArrivesOnceInOrder() {
        try (FaultRun run = Scenario.large("line silent, then kill -9").open()) {
            // given
            BridgeInstance first = startBehindLine(run).awaitReady();
            run.converse();

            // when
            Fault silence = run.fault(line::goSilent);
            run.conversations().awaitMoreSaidByEach(3);
            first.kill();
            BridgeInstance second = startBehindLine(run);
            await("all losses told").atMost(FaultRun.PATIENCE).pollInterval(Duration.ofMillis(200))
                    .until(() -> run.conversations().published().count("session-lost") == 200);
            line.comeBack();
            second.awaitReady();
            run.awaitFlow(silence);

            // then
            run.conclude(1, 1);
        }
    }

    @Test
    void givenTalkingChats_whenTokensExpireAndAllSocketsDrop_thenOneFreshTokenServesThemAll() {
        try (FaultRun run = Scenario.large("tokens expired and all sockets dropped").open()) {
            // given
            run.start().awaitReady();
            run.converse();
            SimulatorControl platform = run.rig().platform();
            long tokens = platform.counts().of(CallKind.TOKEN);

            // when
            Fault drop = run.fault(() -> {
                platform.expireTokens();
                assertThat(platform.cutAll()).isEqualTo(200);
            });
            run.awaitFlow(drop);

            // then
            long fresh = platform.counts().of(CallKind.TOKEN) - tokens;
            run.note(fresh + " fresh tokens, " + platform.counts().of(CallKind.HANDSHAKE, 401) + " handshakes refused");
            assertThat(fresh).isBetween(1L, 3L);
            run.conclude(1, 1);
        }
    }
}

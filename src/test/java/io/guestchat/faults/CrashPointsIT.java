package io.guestchat.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.guestchat.harness.BridgeInstance;
import io.guestchat.harness.Received;
import io.guestchat.simulator.SessionReport;
import io.guestchat.simulator.Witness;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * SIGKILL at a known point of the work, found from outside: the platform's witness lets the bridge die at the very moment at
 * which something has reached the platform, and before the bridge can hear of it.
 */
@Tag("faults")
class CrashPointsIT {

    private static final int CRASHES = 3;

    @Test
    void givenASessionCallThatWasCarriedOut_whenTheBridgeIsKilledBeforeTheAnswer_thenTheStartIsCarriedOutAgain() {
        try (FaultRun run = Scenario.large("kill -9 between session call and state").open()) {
            // given
            BridgeInstance first = run.start().awaitReady();
            CountDownLatch killed = new CountDownLatch(1);
            AtomicInteger made = new AtomicInteger();
            run.rig().platform().witness(new Witness() {
                @Override
                public void sessionMade(String webchatSessionId, String displayName) {
                    if (made.incrementAndGet() == 60) {
                        first.kill();
                        killed.countDown();
                    }
                }
            });

            // when
            run.beginChats();
            awaitKill(killed);
            run.rig().platform().dismissWitness();
            BridgeInstance second = run.start().awaitReady();
            run.conversations().awaitSessions();
            run.conversations().awaitConversations();
            run.talk();

            // then
            int orphans = run.rig().platform().sessions().size() - 200;
            int repeated = (int) second.metric("guestchat_sessions_repeated_total");
            run.note(orphans + " sessions that nobody opens, " + repeated + " session calls repeated");
            assertThat(orphans).isPositive();
            assertThat(repeated).isGreaterThanOrEqualTo(orphans);
            assertThat(run.rig().platform().sessions().stream().filter(session -> session.handshakes() == 0)).hasSize(orphans);
            run.conversations().chats().forEach(chat -> assertThat(run.rig().outside().events(chat).stream()
                    .filter(event -> "session-created".equals(event.type()))).as("session-created of %s", chat)
                    .isNotEmpty()
                    .allSatisfy(created -> isTheSessionThatTalks(run, chat, created)));
            run.conclude(0, 1);
        }
    }

    private static void isTheSessionThatTalks(FaultRun run, String chat, Received created) {
        assertThat(created.text("webchatSessionId")).isEqualTo(run.conversations().session(chat));
        assertThat(run.rig().platform().session(created.text("webchatSessionId"))).extracting(SessionReport::handshakes)
                .isNotEqualTo(0);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void givenATextThatHasArrived_whenTheBridgeIsKilledBeforeItIsSettled_thenItIsNotSentAgain(boolean acks) {
        String name = "kill -9 between socket write and settling, " + (acks ? "acks" : "no acks");
        try (FaultRun run = Scenario.large(name).on(platform -> platform.acks(acks)).open()) {
            crash(run, (bridge, killed) -> new Witness() {
                @Override
                public void textStored(String webchatSessionId, String text) {
                    kill(bridge, killed);
                }
            });
            run.conclude(CRASHES, CRASHES);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void givenATextOnItsWay_whenTheBridgeIsKilledAndTheTextIsLostWithItsSocket_thenItIsSentAgain(boolean acks) {
        String name = "kill -9 after a socket write that is lost, " + (acks ? "acks" : "no acks");
        try (FaultRun run = Scenario.large(name).on(platform -> platform.acks(acks)).open()) {
            crash(run, (bridge, killed) -> new Witness() {
                @Override
                public boolean textCame(String webchatSessionId, String text) {
                    return !kill(bridge, killed);
                }
            });
            run.conclude(CRASHES, CRASHES);
        }
    }

    /** A way to let the bridge die once. */
    @FunctionalInterface
    private interface Trap {
        Witness set(BridgeInstance bridge, CountDownLatch killed);
    }

    private static void crash(FaultRun run, Trap trap) {
        BridgeInstance bridge = run.start().awaitReady();
        run.converse();
        for (int crash = 0; crash < CRASHES; crash++) {
            CountDownLatch killed = new CountDownLatch(1);
            BridgeInstance doomed = bridge;
            Fault kill = run.fault(() -> {
                run.rig().platform().witness(trap.set(doomed, killed));
                awaitKill(killed);
                run.rig().platform().dismissWitness();
            });
            bridge = run.start().awaitReady();
            run.awaitFlow(kill);
        }
    }

    /** Once: other chats' texts go on coming in from the dead bridge's connections. */
    private static boolean kill(BridgeInstance bridge, CountDownLatch killed) {
        synchronized (killed) {
            if (killed.getCount() == 0) {
                return false;
            }
            bridge.kill();
            killed.countDown();
            return true;
        }
    }

    private static void awaitKill(CountDownLatch killed) {
        await("the bridge is killed").atMost(Duration.ofSeconds(60)).pollInterval(Duration.ofMillis(5))
                .until(() -> killed.getCount() == 0);
    }
}

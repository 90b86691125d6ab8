package io.guestchat.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.guestchat.harness.BridgeInstance;
import io.guestchat.harness.Received;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * SIGKILL between a state and what follows from it. The bridge dies when the test sees the state in its topic; whether what
 * follows has been published by then is left to chance, and has to be right either way.
 */
@Tag("faults")
class StateCrashIT {

    private static final long SEED = 20_261_122L;

    private final Random random = new Random(SEED);
    private BridgeInstance bridge;

    @Test
    void givenChatsThatBeginTalkAndEnd_whenTheBridgeIsKilledAsSoonAsAStateIsSeen_thenWhatFollowsFromItIsToldOnce() {
        try (FaultRun run = Scenario.large("kill -9 between state and event").open()) {
            // given
            bridge = run.start().awaitReady();
            Conversations conversations = run.beginChats();

            // when: they begin
            for (String state : List.of("starting", "connecting", "connected", "connecting")) {
                crash(run, state);
            }
            conversations.awaitSessions();
            conversations.awaitConversations();
            // when: they talk
            run.talk();
            for (int crash = 0; crash < 3; crash++) {
                Fault kill = run.fault(() -> { });
                crash(run, crash == 1 ? "lost" : "any");
                run.awaitFlow(kill);
            }
            // then
            conversations.beSilent();
            Verdict verdict = new Verdict(conversations, run.rig().outside(), 3, 7);
            verdict.awaitQuiet(FaultRun.PATIENCE);
            verdict.check();

            // when: they end
            conversations.chats().forEach(chat -> run.rig().outside().request(chat, "end", "end"));
            for (int crash = 0; crash < 3; crash++) {
                crash(run, "ended");
            }
            // then
            await("all ended").atMost(FaultRun.PATIENCE).pollInterval(Duration.ofMillis(200))
                    .until(() -> conversations.published().count("chat-ended") == 200);
            run.report();
            verdict.checkContract();
            assertThat(run.rig().platform().sessions().stream().filter(session -> session.handshakes() > 0))
                    .allSatisfy(session -> assertThat(session.status()).isEqualTo("ended"));
        }
    }

    /** Kills the bridge at one of the next states of that name, and starts another. */
    private void crash(FaultRun run, String state) {
        CountDownLatch killed = new CountDownLatch(1);
        AtomicInteger left = new AtomicInteger(1 + random.nextInt(25));
        BridgeInstance doomed = bridge;
        String topic = run.rig().settings().topics().sessions();
        try (StateWatch watch = new StateWatch(run.rig().kafka().bootstrapServers(), topic, seen -> {
            if (says(seen, state) && left.decrementAndGet() == 0) {
                doomed.kill();
                killed.countDown();
            }
        })) {
            await("a state " + state).atMost(Duration.ofSeconds(60)).pollInterval(Duration.ofMillis(20))
                    .until(() -> killed.getCount() == 0);
        }
        bridge = run.start().awaitReady();
    }

    private static boolean says(Received seen, String state) {
        return seen.raw().value() != null && (state.equals("any") || state.equals(seen.text("state")));
    }
}

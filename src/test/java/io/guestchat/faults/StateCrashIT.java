package io.guestchat.faults;

import static org.awaitility.Awaitility.await;

import io.guestchat.harness.BridgeInstance;
import io.guestchat.harness.Received;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
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

            // when: they begin
            crash(run, "starting", run::beginChats);
            crash(run, "connecting", () -> { });
            crash(run, "connected", () -> { });
            crash(run, "any", () -> { });
            bridge = run.start().awaitReady();
            Conversations conversations = run.conversations();
            conversations.awaitSessions();
            conversations.awaitConversations();
            // when: they talk
            run.talk();
            Fault first = run.fault(() -> { });
            crash(run, "any", () -> { });
            bridge = run.start().awaitReady();
            run.awaitFlow(first);
            Fault second = run.fault(() -> { });
            crash(run, "lost", () -> run.rig().platform().cutAll());
            crash(run, "any", () -> { });
            bridge = run.start().awaitReady();
            run.awaitFlow(second);
            // then
            conversations.beSilent();
            Verdict verdict = new Verdict(conversations, run.rig().outside(), 2, 7);
            verdict.awaitQuiet(FaultRun.PATIENCE);
            verdict.check();

            // when: they end
            crash(run, "ended", () -> conversations.chats().forEach(chat -> run.rig().outside().request(chat, "end", "end")));
            bridge = run.start().awaitReady();
            // then
            await("all ended").atMost(FaultRun.PATIENCE).pollInterval(Duration.ofMillis(200))
                    .until(() -> conversations.published().count("chat-ended") == 200);
            run.report();
            verdict.checkContract();
            await("the platform has heard of it").atMost(FaultRun.PATIENCE).pollInterval(Duration.ofMillis(500)).until(() ->
                    run.rig().platform().sessions().stream().filter(session -> session.handshakes() > 0)
                            .allMatch(session -> session.status().equals("ended")));
        }
    }

    /**
     * Does something, with a bridge, and kills that at one of the next states of that name. The watch is there before the bridge
     * is: what it does first counts too.
     */
    private void crash(FaultRun run, String state, Runnable action) {
        AtomicInteger left = new AtomicInteger(1 + random.nextInt(10));
        CountDownLatch seenEnough = new CountDownLatch(1);
        AtomicReference<BridgeInstance> doomed = new AtomicReference<>(bridge);
        String topic = run.rig().settings().topics().sessions();
        try (StateWatch watch = new StateWatch(run.rig().kafka().bootstrapServers(), topic, seen -> {
            if (says(seen, state) && left.decrementAndGet() == 0) {
                // Here, and at once: the event is on its way.
                doomed.get().kill();
                seenEnough.countDown();
            }
        })) {
            if (bridge == null) {
                doomed.set(run.start());
            }
            action.run();
            await("a state " + state).atMost(FaultRun.PATIENCE).pollInterval(Duration.ofMillis(20))
                    .until(() -> seenEnough.getCount() == 0);
        }
        bridge = null;
    }

    private static boolean says(Received seen, String state) {
        return state.equals("any") || seen.raw().value() != null && state.equals(seen.text("state"));
    }
}

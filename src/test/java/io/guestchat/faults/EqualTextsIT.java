package io.guestchat.faults;

import static org.awaitility.Awaitility.await;

import io.guestchat.harness.BridgeInstance;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Two texts that are equal can only be told apart by their count. */
@Tag("faults")
class EqualTextsIT {

    @Test
    void givenBothSidesWhoSayTheSameAllTheWhile_whenSocketsDropAndBridgesAreKilled_thenTheCountIsRight() {
        try (FaultRun run = Scenario.large("equal texts in a row, over drops and kill -9").every(Duration.ofSeconds(1)).open()) {
            // given
            BridgeInstance bridge = run.start().awaitReady();
            Conversations conversations = run.startChats().worded(Wording.REPEATED);
            conversations.awaitConversations();
            conversations.talk(Duration.ofSeconds(1));
            conversations.awaitMoreSaidByEach(10);

            // when
            run.rig().platform().cutAll();
            awaitResumed(conversations, 1);
            bridge.kill();
            conversations.awaitMoreSaidByEach(3);
            bridge = run.start().awaitReady();
            awaitResumed(conversations, 2);
            run.rig().platform().dropAll(1012, "");
            awaitResumed(conversations, 3);
            // By now more of them are equal in a row than the bridge remembers by their hashes.
            conversations.awaitMoreSaidByEach(25);
            bridge.kill();
            bridge = run.start().awaitReady();
            awaitResumed(conversations, 4);
            run.rig().platform().cutAll();
            awaitResumed(conversations, 5);

            // then
            run.conclude(5, 5);
        }
    }

    private static void awaitResumed(Conversations conversations, int losses) {
        await("all resumed").atMost(FaultRun.PATIENCE).pollInterval(Duration.ofMillis(200))
                .until(() -> conversations.published().count("session-resumed") == 200L * losses);
        conversations.awaitMoreSaidByEach(2);
    }
}

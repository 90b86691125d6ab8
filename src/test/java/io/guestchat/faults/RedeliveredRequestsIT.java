package io.guestchat.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.guestchat.harness.BridgeInstance;
import io.guestchat.simulator.Silence;
import io.guestchat.simulator.SimulatorOptions.Assignment;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What a crash finds carried out but not committed, or committed but not carried out. */
@Tag("faults")
class RedeliveredRequestsIT {

    @Test
    void givenTextsHeldForAConversation_whenTheBridgeIsKilled_thenTheNextOneSendsEachOnceInOrder() {
        try (FaultRun run = Scenario.large("kill -9 with texts held")
                .on(platform -> platform.assignment(Assignment.MANUAL)).open()) {
            // given
            BridgeInstance first = run.start().awaitReady();
            Conversations conversations = run.startChats();
            for (int text = 0; text < 3; text++) {
                conversations.chats().forEach(conversations::guestSays);
                conversations.chats().forEach(conversations::agentSays);
            }

            // when: some are held, some not yet read
            await("some of the system's texts").atMost(FaultRun.PATIENCE)
                    .until(() -> conversations.toGuest().received() > conversations.chats().size());
            Fault kill = run.fault(first::kill);
            run.start().awaitReady();
            conversations.chats().forEach(chat -> run.rig().platform().assign(conversations.session(chat)));
            conversations.awaitConversations();
            run.talk();
            run.awaitFlow(kill);

            // then
            run.conclude(1, 1);
        }
    }

    @Test
    void givenEndedChatsWhoseRequestsAreNotCommitted_whenTheBridgeIsKilled_thenTheirStartsOpenNothing() {
        try (FaultRun run = Scenario.large("starts redelivered after the end").open()) {
            // given: texts that nothing settles, which hold the commits of all partitions back
            BridgeInstance first = run.start().awaitReady();
            run.converse();
            run.rig().platform().silence(Silence.PUSHES, Silence.PINGS);
            run.conversations().awaitMoreSaidByEach(1);
            List<String> brief = IntStream.range(0, 50).mapToObj(number -> "brief-" + number).toList();
            brief.forEach(chat -> run.rig().outside().start(chat, "start"));
            awaitAll(run, brief, "session-created");
            brief.forEach(chat -> run.rig().outside().request(chat, "end", "end"));
            awaitAll(run, brief, "chat-ended");

            // when
            Fault kill = run.fault(first::kill);
            run.rig().platform().unsilence();
            run.start().awaitReady();
            run.awaitFlow(kill);
            run.awaitResumed();

            // then: where a pong was missed before the kill, its socket was given up already
            run.conclude(1, 2);
            assertThat(run.rig().platform().sessions()).filteredOn(session -> session.displayName().startsWith("Guest brief-"))
                    .hasSameSizeAs(brief);
            assertThat(brief).allSatisfy(chat -> assertThat(run.conversations().published().events(chat))
                    .containsOnlyOnce("session-created", "chat-ended").endsWith("chat-ended"));
        }
    }

    private static void awaitAll(FaultRun run, List<String> chats, String type) {
        await(type).atMost(FaultRun.PATIENCE)
                .until(() -> chats.stream().allMatch(chat -> run.conversations().published().events(chat).contains(type)));
    }
}

package io.guestchat.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.guestchat.harness.BridgeInstance;
import io.guestchat.simulator.CallKind;
import io.guestchat.simulator.SimulatorControl;
import io.guestchat.simulator.SimulatorOptions.HistoryOrder;
import io.guestchat.simulator.Witness;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Faults while a gap is filled: the history is long, slow and on the move, and the socket drops again meanwhile. */
@Tag("faults")
class GapFaultsIT {

    /** More than a page of the bridge's. */
    private static final int LONG = 130;

    @Test
    void givenLostSockets_whenEachDropsThreeTimesMoreWhileItsHistoryIsRead_thenEachLossIsToldOnceAndEachTextArrivesOnceInOrder() {
        try (FaultRun run = Scenario.large("dropped again while the history is read").open()) {
            // given
            run.start().awaitReady();
            run.converse();
            SimulatorControl platform = run.rig().platform();
            Map<String, AtomicInteger> dropped = new ConcurrentHashMap<>();
            platform.witness(new Witness() {
                @Override
                public void pageRead(String session, int pageNumber) {
                    int drops = dropped.computeIfAbsent(session, first -> new AtomicInteger()).getAndIncrement();
                    if (drops < 3) {
                        assertThat(drops % 2 == 0 ? platform.cut(session) : platform.drop(session, 1012, "")).isTrue();
                    }
                }
            });

            // when
            Fault drop = run.fault(platform::cutAll);
            run.awaitFlow(drop);

            // then
            assertThat(dropped).hasSize(200).allSatisfy((session, drops) -> assertThat(drops).hasValueGreaterThan(3));
            // A page that was asked for before a drop may be read after the gap is closed: that drop is a loss of its own.
            run.conclude(1, 2);
        }
    }

    @ParameterizedTest
    @EnumSource(HistoryOrder.class)
    void givenLongSlowHistories_whenTextsComeInAsTheirPagesAreRead_thenEachTextArrivesOnceInOrder(HistoryOrder order) {
        String name = "pages shift as they are read, " + order.name().toLowerCase(Locale.ROOT).replace('_', ' ');
        try (FaultRun run = Scenario.large(name).on(platform -> platform.historyOrder(order)).open()) {
            // given
            BridgeInstance first = run.start().awaitReady();
            Conversations conversations = run.startChats();
            conversations.awaitConversations();
            conversations.chats().forEach(chat -> {
                for (int text = 0; text < LONG; text++) {
                    conversations.agentSays(chat);
                }
            });
            await("long histories").atMost(FaultRun.PATIENCE).pollInterval(Duration.ofMillis(500))
                    .until(() -> conversations.toGuest().tally().lost() == 0);
            run.talk();
            SimulatorControl platform = run.rig().platform();
            platform.refuse(CallKind.HISTORY, 1_000_000, io.guestchat.simulator.Fault.slow(Duration.ofMillis(1500)));

            // when
            Fault drop = run.fault(platform::cutAll);
            run.awaitFlow(drop);
            Fault kill = run.fault(first::kill);
            run.start().awaitReady();
            run.awaitFlow(kill);

            // then
            platform.clearFaults();
            run.conclude(2, 2);
        }
    }
}

package io.guestchat.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.guestchat.harness.BridgeRig;
import io.guestchat.harness.OutsideSystem;
import io.guestchat.harness.Received;
import io.guestchat.simulator.CallKind;
import io.guestchat.simulator.Fault;
import io.guestchat.simulator.SimulatorOptions.Answering;
import io.guestchat.simulator.SimulatorOptions.Assignment;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A chat whose first owner went before it had a socket is connected by the next one. */
class FirstConnectAfterTakeoverIT {

    @ParameterizedTest
    @EnumSource(value = Assignment.class, names = {"FRAME", "DETAILS"})
    void givenAChatThatWasNeverConnected_whenItsNextOwnerHearsOfAConversation_thenItIsConnectedBefore(Assignment told) {
        try (BridgeRig rig = BridgeRig.start(platform -> platform.answering(Answering.OFF).assignment(told)
                .assignmentDelay(Duration.ZERO), Map.of())) {
            // given
            rig.platform().refuse(CallKind.HANDSHAKE, 1_000, Fault.refuse(503));
            rig.outside().start("late", "start");
            rig.outside().awaitEvent("late", "session-created");
            await().atMost(OutsideSystem.PATIENCE).until(() -> rig.platform().counts().of(CallKind.HANDSHAKE, 503) > 0);

            // when
            rig.stopBridge();
            rig.platform().clearFaults();
            rig.platform().refuse(CallKind.DETAILS, 1, Fault.slow(Duration.ofSeconds(1)));
            rig.startBridge();
            rig.outside().awaitEvent("late", "conversation-assigned");

            // then
            rig.outside().message("late", "m", "hello");
            rig.outside().awaitAnswer("late", "message-sent", "m");
            assertThat(rig.outside().events("late").stream().map(Received::type).distinct())
                    .startsWith("session-created", "session-connected", "conversation-assigned", "message-sent");
            assertThat(rig.outside().events("late").stream().filter(event -> "session-connected".equals(event.type()))
                    .map(event -> event.text("id")).distinct()).hasSize(1);
        }
    }
}

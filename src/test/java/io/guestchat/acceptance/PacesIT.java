package io.guestchat.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.guestchat.harness.BridgeRig;
import io.guestchat.simulator.CallKind;
import io.guestchat.simulator.SessionReport;
import io.guestchat.simulator.SessionReport.Arrival;
import io.guestchat.simulator.SimulatorOptions.Answering;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * The paces of the contract under load: what is over them waits, in order. That a turn is free again 60 seconds later, and that no
 * window of a minute ever has more, is {@code CallPaceTest}'s to show.
 */
class PacesIT {

    private static final int CALLS = 60;
    private static final int HANDSHAKES = 25;
    private static final int STARTS = 300;
    private static final Duration A_WHILE = Duration.ofSeconds(2);

    @Test
    void givenABurstOfStartsAndTexts_whenItIsOverEachPace_thenThePlatformSeesNoMoreAndTheTextsKeepTheirOrder() {
        try (BridgeRig rig = BridgeRig.start(platform -> platform.answering(Answering.OFF),
                Map.of("genesys.requests-per-minute", Integer.toString(CALLS), "genesys.connect.per-minute", Integer.toString(HANDSHAKES),
                        "chat.messages-per-second", "4"))) {
            // given
            TestChat writer = TestChat.flowing(rig, "writer");
            List<String> texts = IntStream.rangeClosed(1, 13).mapToObj(number -> "text " + number).toList();

            // when
            List<TestChat> chats = new ArrayList<>();
            for (int index = 0; index < STARTS; index++) {
                chats.add(TestChat.requested(rig, "burst"));
            }
            texts.forEach(writer::guestWrites);

            // then
            await("all that may go at once").atMost(TestChat.PATIENCE).untilAsserted(() -> {
                assertThat(calls(rig)).isEqualTo(CALLS);
                assertThat(rig.platform().counts().of(CallKind.HANDSHAKE)).isEqualTo(HANDSHAKES);
            });
            await("no more than that").during(A_WHILE).until(() -> calls(rig) == CALLS
                    && rig.platform().counts().of(CallKind.HANDSHAKE) == HANDSHAKES);
            assertThat(rig.platform().sessions().stream().filter(SessionReport::connected)).hasSize(HANDSHAKES);
            assertThat(chats).allSatisfy(chat -> assertThat(chat.events("request-failed")).isEmpty());

            writer.awaitArrived(texts.size());
            List<Arrival> arrived = writer.report().arrived().stream().filter(arrival -> arrival.type().equals("text")).toList();
            assertThat(arrived).extracting(Arrival::text).isEqualTo(texts);
            for (int index = 4; index < arrived.size(); index++) {
                // From a write to its arrival takes now more, now less time.
                assertThat(Duration.between(arrived.get(index - 4).at(), arrived.get(index).at()))
                        .isGreaterThan(Duration.ofMillis(800));
            }
        }
    }

    private static long calls(BridgeRig rig) {
        return rig.platform().counts().of(CallKind.SESSION) + rig.platform().counts().of(CallKind.DETAILS)
                + rig.platform().counts().of(CallKind.HISTORY);
    }
}

package io.guestchat.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.guestchat.harness.OutsideSystem;
import io.guestchat.harness.Received;
import io.guestchat.state.SessionRecord;
import io.guestchat.state.SessionRecordCodec;
import io.guestchat.state.StoredRequest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A session call that died with its bridge, and is found again when the guest has long gone. */
class AbandonedStartIT {

    private static final int PARTITION = 1;
    private static final byte[] START =
            "{\"type\":\"start\",\"id\":\"r-1\",\"guest\":{\"displayName\":\"Ada\"}}".getBytes(StandardCharsets.UTF_8);

    @RegisterExtension
    static final LiveBridge BRIDGE = LiveBridge.withDefaults();

    @Test
    void givenAnIntentOlderThanRequestsMayBe_whenItIsTakenUp_thenItIsRefusedAndLeavesNoChatBehind()
            throws ExecutionException, InterruptedException {
        // given
        BRIDGE.rig().stopBridge();
        byte[] key = "late".getBytes(StandardCharsets.UTF_8);
        long old = System.currentTimeMillis() - Duration.ofHours(1).toMillis();
        RecordMetadata place = BRIDGE.outside()
                .send(new ProducerRecord<>(BRIDGE.topics().requests(), PARTITION, old, key, START)).get();
        intent(key, new StoredRequest(place.offset(), old, START, List.of(), null), place.offset() - 1);

        // when
        BRIDGE.rig().startBridge();

        // then
        assertThat(BRIDGE.refusal("late", "r-1")).isEqualTo("request-too-old");
        assertThat(BRIDGE.platform().sessions()).isEmpty();
        await("the state is gone").atMost(OutsideSystem.PATIENCE).untilAsserted(() ->
                assertThat(BRIDGE.states("late")).extracting(Received::raw).last().satisfies(last -> assertThat(last.value()).isNull()));
    }

    @Test
    void givenAnIntentWhoseRequestIsGone_whenTheGuestGoesOn_thenEachRequestHasItsOutcome()
            throws ExecutionException, InterruptedException {
        // given
        BRIDGE.rig().stopBridge();
        byte[] key = "orphan".getBytes(StandardCharsets.UTF_8);
        BRIDGE.outside().send(new ProducerRecord<>(BRIDGE.topics().requests(), PARTITION, key,
                "{\"type\":\"message\",\"id\":\"r-2\",\"text\":\"Hello\"}".getBytes(StandardCharsets.UTF_8))).get();
        intent(key, new StoredRequest(0, System.currentTimeMillis(), START, List.of(), null), -1);
        BRIDGE.rig().startBridge();

        // when
        BRIDGE.outside().send(new ProducerRecord<>(BRIDGE.topics().requests(), PARTITION, key,
                "{\"type\":\"end\",\"id\":\"r-3\"}".getBytes(StandardCharsets.UTF_8)));

        // then
        assertThat(BRIDGE.refusal("orphan", "r-2")).isEqualTo("unknown-chat");
        assertThat(BRIDGE.refusal("orphan", "r-3")).isEqualTo("unknown-chat");
    }

    private static void intent(byte[] key, StoredRequest start, long lastOffset) throws ExecutionException, InterruptedException {
        SessionRecord intent = new SessionRecord(SessionRecord.VERSION, 1, "starting", null, null, lastOffset, start, null, null, 0, 0,
                null, null, null, 0, null, null, 0, Map.of());
        BRIDGE.outside().send(new ProducerRecord<>(BRIDGE.topics().sessions(), PARTITION, key, SessionRecordCodec.write(intent))).get();
    }
}

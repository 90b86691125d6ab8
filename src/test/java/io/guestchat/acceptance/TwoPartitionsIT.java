package io.guestchat.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import io.guestchat.harness.BridgeRig;
import io.guestchat.harness.Received;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;

/** A chat id that arrives on two partitions is two chats (contract, "Topics"). */
class TwoPartitionsIT {

    private static final String CHAT = "shared";

    @Test
    void givenAChatIdOnTwoPartitions_whenBothStartAndOneEnds_thenTheOtherGoesOn() {
        try (BridgeRig rig = BridgeRig.start()) {
            // given
            send(rig, 0, "{\"type\":\"start\",\"id\":\"s-0\",\"guest\":{\"displayName\":\"Zero\"}}");
            send(rig, 1, "{\"type\":\"start\",\"id\":\"s-1\",\"guest\":{\"displayName\":\"One\"}}");
            Received zero = rig.outside().awaitAnswer(CHAT, "session-created", "s-0");
            Received one = rig.outside().awaitAnswer(CHAT, "session-created", "s-1");

            // when
            send(rig, 0, "{\"type\":\"end\",\"id\":\"e-0\"}");
            Received ended = rig.outside().awaitAnswer(CHAT, "chat-ended", "e-0");
            send(rig, 1, "{\"type\":\"message\",\"id\":\"m-1\",\"text\":\"still here\"}");

            // then
            rig.outside().awaitAnswer(CHAT, "message-acknowledged", "m-1");
            assertThat(one.text("webchatSessionId")).isNotEqualTo(zero.text("webchatSessionId"));
            assertThat(ended.text("webchatSessionId")).isEqualTo(zero.text("webchatSessionId"));
            assertThat(rig.platform().session(one.text("webchatSessionId")).texts()).containsExactly("still here");
            assertThat(rig.platform().session(zero.text("webchatSessionId")).texts()).isEmpty();
        }
    }

    private static void send(BridgeRig rig, int partition, String request) {
        rig.outside().send(new ProducerRecord<>(rig.settings().topics().requests(), partition, CHAT.getBytes(StandardCharsets.UTF_8),
                request.getBytes(StandardCharsets.UTF_8)));
    }
}

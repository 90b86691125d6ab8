package io.guestchat.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import io.guestchat.harness.BridgeRig;
import io.guestchat.harness.Received;
import io.guestchat.simulator.SimulatorOptions.Answering;
import io.guestchat.simulator.SimulatorOptions.Assignment;
import io.guestchat.state.SessionRecord;
import io.guestchat.state.SessionRecordCodec;
import io.guestchat.state.StoredRequest;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A state holds a request that this version cannot read: another one has written it. */
class UnreadableHeldRequestIT {

    private static final byte[] UNREADABLE =
            "{\"type\":\"message\",\"id\":\"m-0\",\"words\":[]}".getBytes(StandardCharsets.UTF_8);

    private BridgeRig rig;

    @BeforeEach
    void startRig() {
        rig = BridgeRig.start(platform -> platform.answering(Answering.OFF).assignment(Assignment.MANUAL), Map.of());
    }

    @AfterEach
    void stopRig() {
        rig.close();
    }

    @Test
    void givenAHeldRequestThatCannotBeRead_whenTheChatIsTakenUp_thenItIsRefusedWithADeadLetterAndTheOthersGo()
            throws ExecutionException, InterruptedException {
        // given
        TestChat chat = TestChat.connected(rig, "unreadable");
        RecordMetadata start = rig.outside().sent().get(0).place().get();
        rig.stopBridge();
        byte[] readable = "{\"type\":\"message\",\"id\":\"m-1\",\"text\":\"held\"}".getBytes(StandardCharsets.UTF_8);
        List<StoredRequest> held = List.of(new StoredRequest(1_000, 1, UNREADABLE, List.of(), null),
                new StoredRequest(1_001, 1, readable, List.of(), null));
        SessionRecord state = new SessionRecord(SessionRecord.VERSION, 1, "lost", chat.report().webchatSessionId(), null,
                start.offset(), null, held, null, 0, 0, null, null, null, 0, null, null, 0, null);
        rig.outside().send(new ProducerRecord<>(rig.settings().topics().sessions(), start.partition(),
                chat.chatId().getBytes(StandardCharsets.UTF_8), SessionRecordCodec.write(state))).get();

        // when
        rig.startBridge();

        // then
        Received failed = chat.awaitEvent("request-failed");
        assertThat(failed.text("error.code")).isEqualTo("invalid-request");
        assertThat(failed.text("error.message")).contains("words");
        assertThat(failed.text("requestId")).isEqualTo("m-0");
        Received dead = rig.outside().awaitDeadLetter(letter -> chat.chatId().equals(letter.key()));
        assertThat(dead.raw().value()).isEqualTo(UNREADABLE);
        assertThat(dead.header("guestchat.error.code")).isEqualTo("invalid-request");
        rig.platform().assign(chat.platformName(), Assignment.BOTH);
        chat.awaitArrived(1);
        assertThat(chat.report().texts()).containsExactly("held");
        rig.stopBridge();
        rig.startBridge();
        chat.guestWrites("after");
        chat.awaitArrived(2);
        assertThat(chat.events("request-failed")).as("told once").hasSize(1);
    }
}

package io.guestchat.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.guestchat.harness.BridgeRig;
import io.guestchat.simulator.Silence;
import io.guestchat.simulator.SimulatorOptions.Answering;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What settles a guest's text, and what stays uncommitted until it is settled. */
class AcknowledgementIT {

    private static BridgeRig rig;

    @BeforeAll
    static void startRig() {
        rig = BridgeRig.start(platform -> platform.answering(Answering.OFF), Map.of("topics.partitions", "1"));
    }

    @AfterAll
    static void stopRig() {
        rig.close();
    }

    @AfterEach
    void platformAcknowledgesAgain() {
        rig.platform().unsilence();
        rig.platform().reconfigure(options -> options.acks(true).echo(false));
    }

    @Test
    void givenAPlatformWithoutAcknowledgements_whenTextsAreWritten_thenPongsSettleThem() {
        // given
        rig.platform().reconfigure(options -> options.acks(false));
        TestChat chat = TestChat.flowing(rig, "pong");

        // when
        for (int text = 0; text < 5; text++) {
            chat.guestWrites("ok");
        }
        chat.awaitEvents("message-sent", 5);

        // then
        awaitAllCommitted();
        chat.assertNothingLostDoubledOrShuffled();
        chat.assertEachSentOnce();
        assertThat(chat.events("message-acknowledged")).isEmpty();
    }

    @Test
    void givenEchoesAsWellAsAcknowledgements_whenTextsAreWritten_thenEachIsAcknowledgedOnce() {
        // given
        rig.platform().reconfigure(options -> options.echo(true));
        TestChat chat = TestChat.flowing(rig, "echo");

        // when
        for (int text = 0; text < 5; text++) {
            chat.guestWrites("ok");
        }

        // then
        chat.awaitEvents("message-acknowledged", 5);
        awaitAllCommitted();
        assertThat(chat.events("message-acknowledged")).hasSize(5);
        assertThat(chat.messages()).isEmpty();
        chat.assertNothingLostDoubledOrShuffled();
    }

    @Test
    void givenNoSignOfAText_whenOtherChatsGoOn_thenItsOffsetStaysUncommitted() throws Exception {
        // given
        TestChat other = TestChat.flowing(rig, "other");
        TestChat chat = TestChat.flowing(rig, "unsettled");
        awaitAllCommitted();
        long before = committed();
        rig.platform().silence(Silence.FRAMES, Silence.PINGS);
        chat.awaitAnswer("message-sent", chat.guestWrites("into the void"));
        rig.platform().unsilence(Silence.FRAMES);

        // when
        other.awaitAnswer("message-acknowledged", other.guestWrites("on we go"));
        other.request("s", "status");
        other.awaitAnswer("session-status", "s");

        // then
        assertThat(committed()).isEqualTo(before);
        chat.drop(null);
        rig.platform().unsilence();
        awaitAllCommitted();
        chat.assertNothingLostDoubledOrShuffled();
        chat.assertEachSentOnce();
    }

    private static void awaitAllCommitted() {
        await("all requests are committed").atMost(TestChat.PATIENCE).untilAsserted(() -> assertThat(committed()).isEqualTo(end()));
    }

    private static long committed() throws ExecutionException, InterruptedException {
        try (Admin admin = admin()) {
            OffsetAndMetadata committed = admin.listConsumerGroupOffsets(rig.settings().kafka().groupId())
                    .partitionsToOffsetAndMetadata().get().get(partition());
            return committed == null ? -1 : committed.offset();
        }
    }

    private static long end() throws ExecutionException, InterruptedException {
        try (Admin admin = admin()) {
            return admin.listOffsets(Map.of(partition(), OffsetSpec.latest())).all().get().get(partition()).offset();
        }
    }

    private static TopicPartition partition() {
        return new TopicPartition(rig.outside().topics().requests(), 0);
    }

    private static Admin admin() {
        return Admin.create(Map.of("bootstrap.servers", rig.kafka().bootstrapServers()));
    }
}

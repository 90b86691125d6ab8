package io.guestchat.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.guestchat.harness.BridgeInstance;
import io.guestchat.harness.TopicReader;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;
import org.apache.kafka.common.utils.Utils;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Producers that are no Java client put a key where theirs puts it. A chat's state follows its requests, whoever places them. */
@Tag("faults")
class PartitionerIT {

    private static final int PARTITIONS = 12;

    /** As librdkafka's default partitioner {@code consistent_random} does it. */
    private static int crc32(String chatId) {
        CRC32 crc = new CRC32();
        crc.update(chatId.getBytes(StandardCharsets.UTF_8));
        return (int) (crc.getValue() % PARTITIONS);
    }

    private static int murmur2(String chatId) {
        return Utils.toPositive(Utils.murmur2(chatId.getBytes(StandardCharsets.UTF_8))) % PARTITIONS;
    }

    @Test
    void givenRequestsOfAnotherPartitioner_whenInstancesTakeEachOthersChatsOver_thenTheStateIsWhereTheRequestsAre() {
        try (FaultRun run = Scenario.large("another partitioner, two takeovers").open()) {
            // given
            BridgeInstance first = run.start().awaitReady();
            run.beginChats(outside -> outside.partitionBy(PartitionerIT::crc32)).awaitSessions();
            run.conversations().awaitConversations();
            run.talk();
            assertThat(run.conversations().chats()).filteredOn(chat -> crc32(chat) != murmur2(chat)).hasSizeGreaterThan(150);

            // when
            Fault joining = run.fault(() -> run.start().awaitReady());
            run.awaitFlow(joining);
            Fault kill = run.fault(first::kill);
            run.awaitFlow(kill);

            // then
            assertThat(new TopicReader(run.rig().kafka().bootstrapServers()).read(run.rig().settings().topics().sessions()))
                    .isNotEmpty()
                    .allSatisfy(state -> assertThat(state.raw().partition()).as(state.key()).isEqualTo(crc32(state.key())));
            assertThat(run.conversations().published().count("session-lost")).isGreaterThanOrEqualTo(200);
            run.conclude(0, 2);
        }
    }
}

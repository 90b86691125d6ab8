package io.guestchat.acceptance;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.guestchat.harness.OperatorTool;
import io.guestchat.harness.OperatorTool.Run;
import io.guestchat.harness.Received;
import io.guestchat.harness.TopicReader;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ConsumerGroupListing;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.apache.kafka.common.utils.Utils;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** The operators' tools beside a bridge: what failed is carried out once its cause is mended, and chats are ended. */
class OperatorToolsIT {

    @RegisterExtension
    static final LiveBridge BRIDGE = LiveBridge.withDefaults();

    /** Before any tool was used; other tests of this JVM have left theirs. */
    private static Set<String> groupsBefore;

    @TempDir
    private Path home;
    private OperatorTool tool;

    @BeforeAll
    static void lookAtTheGroups() throws Exception {
        groupsBefore = groups();
    }

    @BeforeEach
    void tool() {
        tool = new OperatorTool(home, BRIDGE.rig().configuration());
    }

    @Test
    void givenATextOfAnotherPartitionerThatCameBeforeItsStart_whenRedrivenAfterIt_thenTheAgentHasItAndTheRequestIsTheSame()
            throws Exception {
        // given
        String chat = "mended";
        int partition = foreignPartition(chat);
        byte[] text = "{ \"type\":\"message\",\"id\":\"m-1\",\"text\":\"Gr\\u00fc\u00dfe\"}".getBytes(UTF_8);
        List<Header> own = List.of(new RecordHeader("x", "1".getBytes(UTF_8)), new RecordHeader("x", null));
        send(partition, chat, text, own);
        BRIDGE.outside().awaitDeadLetter(letter -> chat.equals(letter.key()));
        send(partition, chat, "{\"type\":\"start\",\"id\":\"s-1\",\"guest\":{\"displayName\":\"Ada\"}}".getBytes(UTF_8), List.of());
        String session = BRIDGE.outside().awaitAnswer(chat, "session-created", "s-1").text("webchatSessionId");

        // when
        Run run = tool.run("dead-letters", "redrive", "--code", "unknown-chat", "--chat", chat);

        // then
        assertThat(run.status()).as("%s", run).isZero();
        assertThat(run.last()).isEqualTo("redriven 1, skipped 0, refused 0, failed 0");
        BRIDGE.outside().awaitAnswer(chat, "message-acknowledged", "m-1");
        assertThat(BRIDGE.platform().session(session).texts()).containsExactly("Grüße");
        List<Received> requests = requests(chat);
        assertThat(requests).hasSize(3).extracting(request -> request.raw().partition()).containsOnly(partition);
        assertThat(requests.get(2).raw().value()).isEqualTo(text);
        assertThat(requests.get(2).raw().headers().toArray()).containsExactlyElementsOf(own);
    }

    @Test
    void givenALiveChatOfAnotherPartitioner_whenEnded_thenItsEndWasRequestedAndTheToolHasWaitedForIt() throws Exception {
        // given
        String chat = "to-end";
        int partition = foreignPartition(chat);
        send(partition, chat, "{\"type\":\"start\",\"id\":\"s-1\",\"guest\":{\"displayName\":\"Ada\"}}".getBytes(UTF_8), List.of());
        Received assigned = BRIDGE.outside().awaitEvent(chat, "conversation-assigned");
        assertThat(tool.run("chats", "list", "--chat", chat).out()).singleElement().asString()
                .startsWith("chat=to-end partition=" + partition + " state=connected session=" + assigned.text("webchatSessionId")
                        + " conversation=" + assigned.text("conversationId") + " written=");

        // when
        Run run = tool.run("chats", "end", chat);

        // then
        assertThat(run.err()).isEmpty();
        assertThat(run.out()).containsExactly("ended chat=to-end partition=" + partition + " reason=requested",
                "ended 1, not ended 0");
        assertThat(run.status()).isZero();
        Received ended = BRIDGE.outside().awaitEvent(chat, "chat-ended");
        assertThat(ended.text("reason")).isEqualTo("requested");
        assertThat(ended.text("requestId")).startsWith("guestchat-cli-");
        assertThat(requests(chat)).extracting(request -> request.raw().partition()).containsOnly(partition);
        assertThat(tool.run("chats", "end", chat).err()).containsExactly("guestchat-bridge: no such chat is live: to-end");
    }

    @Test
    void givenTheBridgesGroup_whenEachToolIsUsed_thenThereIsNoOtherGroup() throws Exception {
        // when
        tool.run("dead-letters", "list");
        tool.run("dead-letters", "redrive", "--chat", "nobody");
        tool.run("chats", "list");
        tool.run("chats", "end", "--idle-for", "24h");

        // then
        assertThat(groups()).isEqualTo(groupsBefore).contains(BRIDGE.rig().settings().kafka().groupId());
    }

    private static int foreignPartition(String chat) {
        int count = BRIDGE.rig().settings().topics().partitions();
        return (Utils.toPositive(Utils.murmur2(chat.getBytes(UTF_8))) + 1) % count;
    }

    private static void send(int partition, String chat, byte[] value, List<Header> headers) throws Exception {
        BRIDGE.outside()
                .send(new ProducerRecord<>(BRIDGE.topics().requests(), partition, chat.getBytes(UTF_8), value, headers)).get();
    }

    private static List<Received> requests(String chat) {
        return new TopicReader(BRIDGE.rig().kafka().bootstrapServers()).read(BRIDGE.topics().requests(), chat);
    }

    private static Set<String> groups() throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", BRIDGE.rig().kafka().bootstrapServers()))) {
            return admin.listConsumerGroups().all().get().stream().map(ConsumerGroupListing::groupId).collect(Collectors.toSet());
        }
    }
}

package io.guestchat.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.guestchat.config.TopicSettings;
import io.guestchat.harness.BridgeRig;
import io.guestchat.harness.ContractRules;
import io.guestchat.harness.GroupOffsets;
import io.guestchat.harness.OutsideSystem;
import io.guestchat.harness.Received;
import io.guestchat.harness.TopicReader;
import io.guestchat.simulator.SimulatorControl;
import io.guestchat.simulator.SimulatorOptionsBuilder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.UnaryOperator;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * A running bridge for the tests of one class. After the last of them the chats that are still live are ended, and what the class
 * has left on the topics is held against the {@link ContractRules}.
 */
final class LiveBridge implements BeforeAllCallback, AfterAllCallback {

    private final UnaryOperator<SimulatorOptionsBuilder> simulator;
    private final Map<String, String> configuration;
    private BridgeRig rig;

    private LiveBridge(UnaryOperator<SimulatorOptionsBuilder> simulator, Map<String, String> configuration) {
        this.simulator = simulator;
        this.configuration = configuration;
    }

    static LiveBridge with(UnaryOperator<SimulatorOptionsBuilder> simulator, Map<String, String> configuration) {
        return new LiveBridge(simulator, configuration);
    }

    static LiveBridge withDefaults() {
        return with(options -> options, Map.of());
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        rig = BridgeRig.start(simulator, configuration);
    }

    @Override
    public void afterAll(ExtensionContext context) {
        try {
            platform().clearFaults();
            platform().unsilence();
            endLiveChats();
            ContractRules.of(outside()).check();
            awaitAllCommitted();
        } finally {
            rig.close();
        }
    }

    private void endLiveChats() {
        List<String> chats = outside().all().stream().map(Received::key).filter(Objects::nonNull).distinct().toList();
        List<String> live = chats.stream().filter(this::isLive).toList();
        byte[] end = "{\"type\":\"end\",\"id\":\"clean-up\"}".getBytes(StandardCharsets.UTF_8);
        live.forEach(chat -> outside().send(new ProducerRecord<>(topics().requests(), partitionOf(chat),
                chat.getBytes(StandardCharsets.UTF_8), end)));
        live.forEach(chat -> await(chat + " has ended").atMost(OutsideSystem.PATIENCE).until(() -> !isLive(chat)));
    }

    /** Where its requests have gone so far, whatever partitioner chose it. */
    private int partitionOf(String chat) {
        return outside().sent().stream().filter(request -> chat.equals(request.key())).findFirst().orElseThrow()
                .metadata().partition();
    }

    private boolean isLive(String chat) {
        List<String> lives = outside().events(chat).stream().map(Received::type)
                .filter(type -> type.equals("session-created") || type.equals("chat-ended")).toList();
        return !lives.isEmpty() && lives.get(lives.size() - 1).equals("session-created");
    }

    /** All requests sent so far are carried out or refused, and the group has committed them. */
    void awaitAllCommitted() {
        try (GroupOffsets offsets = offsets()) {
            await("all requests are committed").atMost(OutsideSystem.PATIENCE)
                    .untilAsserted(() -> assertThat(offsets.lag()).as("requests per partition that are not committed").isEmpty());
        }
    }

    GroupOffsets offsets() {
        return new GroupOffsets(rig.kafka().bootstrapServers(), rig.settings().kafka().groupId(), topics().requests());
    }

    BridgeRig rig() {
        return rig;
    }

    OutsideSystem outside() {
        return rig.outside();
    }

    SimulatorControl platform() {
        return rig.platform();
    }

    TopicSettings topics() {
        return outside().topics();
    }

    /** The chat's records of {@code guestchat.sessions} as they stand now, tombstones too. */
    List<Received> states(String chat) {
        return new TopicReader(rig.kafka().bootstrapServers()).read(topics().sessions(), chat);
    }

    /** Starts a chat. Returns its session's id at the platform. */
    String create(String chat) {
        outside().start(chat, "start");
        return outside().awaitAnswer(chat, "session-created", "start").text("webchatSessionId");
    }

    /** Starts a chat and waits for its socket. Returns its session's id. */
    String connect(String chat) {
        String session = create(chat);
        outside().awaitEvent(chat, "session-connected", event -> session.equals(event.text("webchatSessionId")));
        return session;
    }

    /** Starts a chat and waits for its conversation. Returns its session's id. */
    String converse(String chat) {
        String session = create(chat);
        outside().awaitEvent(chat, "conversation-assigned", event -> session.equals(event.text("webchatSessionId")));
        return session;
    }

    /** Ends the chat. Returns its {@code chat-ended}. */
    Received end(String chat) {
        outside().request(chat, "end", "end");
        return outside().awaitAnswer(chat, "chat-ended", "end");
    }

    /** Waits for a request's refusal. Returns its error code. */
    String refusal(String chat, String requestId) {
        return outside().awaitAnswer(chat, "request-failed", requestId).text("error.code");
    }
}

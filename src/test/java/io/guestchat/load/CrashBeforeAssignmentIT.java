package io.guestchat.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.guestchat.harness.BridgeInstance;
import io.guestchat.harness.BridgeRig;
import io.guestchat.harness.OutsideSystem;
import io.guestchat.harness.Received;
import io.guestchat.harness.TopicReader;
import io.guestchat.simulator.SimulatorOptions.Answering;
import io.guestchat.simulator.SimulatorOptions.Assignment;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.AlterConfigOp.OpType;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.common.config.ConfigResource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * SIGKILL around a text that is said before there is a conversation, and so a history: its number is made durable, then it is
 * published. A topic that takes no record of any size keeps the bridge from one of the two, and the kill then leaves what a crash
 * between them would.
 */
class CrashBeforeAssignmentIT {

    private static final String CHAT = "chat-0";

    private BridgeRig rig;
    private Path log;

    @BeforeEach
    void openRig() throws IOException {
        rig = BridgeRig.withoutBridge(platform -> platform.answering(Answering.OFF).assignment(Assignment.MANUAL),
                Map.of("kafka.session-timeout", "6s", "genesys.assignment.poll-after", "500ms"));
        log = Files.createDirectories(Path.of("target", "crash")).resolve("before-assignment.log");
    }

    @AfterEach
    void closeRig() {
        rig.close();
    }

    @Test
    void givenATextThatIsDurableAndNotPublished_whenTheBridgeIsKilled_thenTheNextOnePublishesItOnceUnderItsNumber() {
        // given
        try (BridgeInstance first = new BridgeInstance(rig.configuration(), log).awaitReady()) {
            connected();
            takesNothing(rig.settings().topics().messages(), true);
            rig.platform().say(name(), "one moment");
            await("the text is durable").atMost(Duration.ofSeconds(30)).until(() -> states().stream()
                    .anyMatch(state -> state.json().path("unpublished").size() == 1));
            first.kill();
        }
        assertThat(outside().messages(CHAT)).isEmpty();
        takesNothing(rig.settings().topics().messages(), false);

        // when
        try (BridgeInstance second = new BridgeInstance(rig.configuration(), log).awaitReady()) {
            outside().awaitEvent(CHAT, "session-resumed");
            rig.platform().say(name(), "one moment");
            rig.platform().assign(name(), Assignment.BOTH);
            rig.platform().say(name(), "hello");

            // then
            assertThat(outside().awaitMessages(CHAT, 3)).extracting(message -> message.text("n") + message.text("text"))
                    .containsExactly("1one moment", "2one moment", "3hello");
        }
    }

    @Test
    void givenATextThatIsNotDurable_whenTheBridgeIsKilled_thenItIsNotPublishedAndComesFromTheLaterHistory() {
        // given
        try (BridgeInstance first = new BridgeInstance(rig.configuration(), log).awaitReady()) {
            connected();
            takesNothing(rig.settings().topics().sessions(), true);
            rig.platform().say(name(), "one moment");
            await("the frame has been worked on").during(Duration.ofSeconds(2)).atMost(Duration.ofSeconds(10))
                    .until(() -> outside().messages(CHAT).isEmpty());
            first.kill();
        }
        takesNothing(rig.settings().topics().sessions(), false);

        // when
        try (BridgeInstance second = new BridgeInstance(rig.configuration(), log).awaitReady()) {
            outside().awaitEvent(CHAT, "session-resumed");
            assertThat(outside().messages(CHAT)).as("nothing but the history knows of it").isEmpty();
            rig.platform().assign(name(), Assignment.BOTH);
            outside().awaitMessages(CHAT, 1);
            rig.platform().say(name(), "hello");

            // then
            assertThat(outside().awaitMessages(CHAT, 2)).extracting(message -> message.text("n") + message.text("text"))
                    .containsExactly("1one moment", "2hello");
        }
    }

    private void connected() {
        rig.openOutside();
        outside().start(CHAT, "start");
        outside().awaitEvent(CHAT, "session-connected");
        // Told before it is durable: a crash until then would have it told again, and not session-resumed.
        await("the state says so").atMost(Duration.ofSeconds(30)).until(() -> states().stream()
                .anyMatch(state -> "connected".equals(state.text("state"))));
    }

    private OutsideSystem outside() {
        return rig.outside();
    }

    private static String name() {
        return "Guest " + CHAT;
    }

    private List<Received> states() {
        return new TopicReader(rig.kafka().bootstrapServers()).read(rig.settings().topics().sessions(), CHAT);
    }

    private void takesNothing(String topic, boolean nothing) {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", rig.kafka().bootstrapServers()))) {
            admin.incrementalAlterConfigs(Map.of(new ConfigResource(ConfigResource.Type.TOPIC, topic), List.of(new AlterConfigOp(
                    new ConfigEntry("max.message.bytes", "1"), nothing ? OpType.SET : OpType.DELETE)))).all().get();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(stopped);
        } catch (ExecutionException failed) {
            throw new IllegalStateException(failed.getCause());
        }
    }
}

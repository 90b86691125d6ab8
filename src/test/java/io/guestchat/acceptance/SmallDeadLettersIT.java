package io.guestchat.acceptance;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.guestchat.harness.Received;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.common.config.ConfigResource;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A topic of dead letters that takes less than the topic of the requests. */
class SmallDeadLettersIT {

    @RegisterExtension
    static final LiveBridge BRIDGE = LiveBridge.withDefaults();

    @BeforeAll
    static void makeTheTopicSmall() throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", BRIDGE.rig().kafka().bootstrapServers()))) {
            admin.incrementalAlterConfigs(Map.of(new ConfigResource(ConfigResource.Type.TOPIC, BRIDGE.topics().deadLetters()),
                    List.of(new AlterConfigOp(new ConfigEntry("max.message.bytes", "2000"), AlterConfigOp.OpType.SET)))).all().get();
        }
    }

    @Test
    void givenARequestTooLargeForTheDeadLetters_whenItIsRefused_thenItsDeadLetterIsEmptyAndAllGoesOn() {
        // when
        BRIDGE.outside().send("large", ("{\"type\":\"end\",\"no\":\"" + incompressible() + "\"}").getBytes(UTF_8));
        BRIDGE.outside().send("large", "{\"type\":\"end\",\"no\":1}".getBytes(UTF_8));

        // then
        Received letter = BRIDGE.outside().awaitDeadLetter(dead -> "large".equals(dead.key()) && dead.raw().value().length == 0);
        assertThat(letter.header("guestchat.error.code")).isEqualTo("invalid-request");
        assertThat(letter.header("__connect.errors.exception.message")).isEqualTo("no: is unknown");
        BRIDGE.outside().awaitDeadLetter(dead -> "large".equals(dead.key()) && dead.raw().value().length > 0);
        BRIDGE.outside().awaitEvent("large", "request-failed");
        BRIDGE.awaitAllCommitted();
    }

    /** The producer may compress what it sends. */
    private static String incompressible() {
        StringBuilder text = new StringBuilder();
        new Random(11).ints(5_000, 'a', 'z' + 1).forEach(text::appendCodePoint);
        return text.toString();
    }
}

package io.guestchat.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.guestchat.harness.OutsideSystem;
import io.guestchat.harness.Received;
import io.guestchat.harness.TopicConfig;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A record that Kafka does not take is no outcome: it is tried again until it is taken. */
class PublishingIT {

    /** A record that has lingered is older than the broker's clock by the time it arrives, so that with 0 none is taken. */
    private static final String OLDEST = "message.timestamp.before.max.ms";

    @RegisterExtension
    static final LiveBridge BRIDGE = LiveBridge.with(platform -> platform, Map.of("camel.component.kafka.linger-ms", "20"));

    @Test
    void givenATopicThatTakesNothing_whenItDoesAgain_thenWhatWasToBePublishedIs() throws Exception {
        // given
        BRIDGE.converse("waits");
        configure("0");

        // when
        BRIDGE.outside().request("waits", "r-2", "history");
        await().atMost(OutsideSystem.PATIENCE).during(Duration.ofSeconds(2))
                .untilAsserted(() -> assertThat(outcomes()).isEmpty());
        configure("");

        // then
        BRIDGE.outside().awaitAnswer("waits", "history-delivered", "r-2");
        assertThat(outcomes()).hasSize(1);
        assertThat(BRIDGE.outside().history("waits")).hasSize(1);
    }

    private static List<Received> outcomes() {
        return BRIDGE.outside().events("waits").stream().filter(event -> "r-2".equals(event.text("requestId"))).toList();
    }

    private static void configure(String value) {
        TopicConfig.change(BRIDGE.rig().kafka().bootstrapServers(), BRIDGE.topics().history(), OLDEST, value);
    }
}

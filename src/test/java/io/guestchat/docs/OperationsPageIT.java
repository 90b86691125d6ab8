package io.guestchat.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.guestchat.harness.BridgeRig;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The operators' page against a bridge that has had a chat. */
class OperationsPageIT {

    private static final Pattern SCRAPED = Pattern.compile("(?m)^(guestchat_\\w+)");

    @Test
    void givenAChatThatLostItsSocketAndEnded_whenTheMetricsAreScraped_thenThePageHasTheSameNames() {
        try (BridgeRig rig = BridgeRig.start(options -> options, Map.of())) {
            // given
            rig.outside().start("chat", "r-1");
            String session = rig.outside().awaitAnswer("chat", "session-created", "r-1").text("webchatSessionId");
            rig.outside().awaitEvent("chat", "conversation-assigned");
            rig.platform().drop(session, 1012, "restart");
            rig.outside().awaitEvent("chat", "session-resumed");
            rig.outside().request("chat", "r-2", "end");
            rig.outside().awaitEvent("chat", "chat-ended");

            // then
            Set<String> page = Page.read("docs/operations.md").table("name", "labels", "meaning").stream()
                    .map(row -> Page.unquoted(row.get(0))).collect(Collectors.toCollection(TreeSet::new));
            await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> assertThat(scraped(rig)).isEqualTo(page));
        }
    }

    private static Set<String> scraped(BridgeRig rig) {
        return SCRAPED.matcher(rig.get("/observe/metrics").body()).results().map(match -> match.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
    }
}

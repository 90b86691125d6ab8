package io.guestchat.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** {@code chat.max-live}: how many chats one instance has. */
class MaxLiveIT {

    @RegisterExtension
    static final LiveBridge BRIDGE = LiveBridge.with(platform -> platform, Map.of("chat.max-live", "2"));

    @Test
    void givenAsManyChatsAsMayLive_whenStarted_thenItIsRefusedUntilOneEnds() {
        // given
        BRIDGE.create("first");
        BRIDGE.create("second");

        // when
        BRIDGE.outside().start("third", "r-1");
        String code = BRIDGE.refusal("third", "r-1");
        BRIDGE.end("first");
        BRIDGE.outside().start("third", "r-2");

        // then
        assertThat(code).isEqualTo("backlog-full");
        BRIDGE.outside().awaitAnswer("third", "session-created", "r-2");
    }

    @Test
    void givenAChatAmongAsManyAsMayLive_whenItIsStartedAgain_thenItIsAnswered() {
        // given
        BRIDGE.outside().start("second", "r-1");
        BRIDGE.outside().awaitAnswer("second", "session-created", "r-1");

        // when
        BRIDGE.outside().start("second", "r-2");

        // then
        BRIDGE.outside().awaitAnswer("second", "session-created", "r-2");
    }
}

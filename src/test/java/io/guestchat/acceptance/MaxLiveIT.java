package io.guestchat.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.RegisterExtension;

/** {@code chat.max-live}: how many chats one instance has. */
@TestMethodOrder(OrderAnnotation.class)
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

    /** The last one, as it lowers the limit. */
    @Test
    @Order(Integer.MAX_VALUE)
    void givenMoreChatsThanMayLive_whenTheyAreTakenOver_thenAllGoOnAndAStartWaitsUntilThereAreFewer() {
        // given
        List<String> chats = List.of("second", "third");
        chats.forEach(chat -> BRIDGE.outside().start(chat, "r-3"));
        chats.forEach(chat -> BRIDGE.outside().awaitAnswer(chat, "session-created", "r-3"));
        BRIDGE.awaitAllCommitted();

        // when
        BRIDGE.rig().stopBridge();
        BRIDGE.rig().configure("chat.max-live", "1");
        BRIDGE.rig().startBridge();

        // then
        chats.forEach(chat -> BRIDGE.outside().awaitEvent(chat, "session-resumed"));
        assertThat(refusalOfAStart("r-4")).as("both are live").isEqualTo("backlog-full");
        BRIDGE.end("second");
        assertThat(refusalOfAStart("r-5")).as("one is live").isEqualTo("backlog-full");
        BRIDGE.end("third");
        BRIDGE.outside().start("fourth", "r-6");
        BRIDGE.outside().awaitAnswer("fourth", "session-created", "r-6");
    }

    private static String refusalOfAStart(String requestId) {
        BRIDGE.outside().start("fourth", requestId);
        return BRIDGE.refusal("fourth", requestId);
    }
}

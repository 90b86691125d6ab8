package io.guestchat.flow;

import static org.assertj.core.api.Assertions.assertThat;

import io.guestchat.chat.AgentTexts;
import io.guestchat.chat.Chat;
import io.guestchat.chat.ChatKey;
import io.guestchat.chat.ChatMemory;
import io.guestchat.chat.ChatProgress.Reached;
import io.guestchat.chat.Chats;
import io.guestchat.chat.Custody;
import io.guestchat.chat.GuestTexts;
import io.guestchat.chat.Session;
import io.guestchat.chat.SessionState.Lost;
import io.guestchat.chat.Turn;
import io.guestchat.observe.BridgeMeters;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** When a chat is idle: {@code chat.idle-timeout}. */
class IdleTest {

    private static final long NOW = 1_800_000_000_000L;
    private static final Duration TIMEOUT = Duration.ofHours(24);

    private final Chats chats = new Chats(5);
    private final Endings endings = new Endings(chats, Duration.ofSeconds(60), TIMEOUT, null,
            new Events(Clock.fixed(Instant.ofEpochMilli(NOW), ZoneOffset.UTC)), new BridgeMeters(new SimpleMeterRegistry()));
    private final Chat restored = chats.restored(new ChatKey(0, "chat-1"), new Turn(), new Lost(new Session("ws", "c", true)),
            new ChatMemory(Reached.NOTHING, new GuestTexts(0), new AgentTexts(0, List.of(), List.of()), null, 1, List.of(), Map.of()),
            7, Custody.NOBODY);

    @Test
    void givenAChatWhoseTakeoverIsNotThrough_whenItIsLookedAt_thenItIsNotIdle() {
        assertThat(endings.isIdle(restored)).isFalse();
    }

    @Test
    void givenAChat_whenNothingWentThroughItForLongerThanTheTimeout_thenItIsIdle() {
        restored.active(NOW - TIMEOUT.toMillis());
        assertThat(endings.isIdle(restored)).isFalse();

        restored.active(NOW - TIMEOUT.toMillis() - 1);
        assertThat(endings.isIdle(restored)).isTrue();
    }
}

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
import io.guestchat.platform.Timer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** When a chat is idle: {@code chat.idle-timeout}. */
class IdleTest {

    private static final long NOW = 1_800_000_000_000L;
    private static final Duration TIMEOUT = Duration.ofHours(24);

    private final Chats chats = new Chats(5);
    private final StoppedTimer timer = new StoppedTimer();
    private final Endings endings = endings(TIMEOUT);
    private final Chat restored = chats.restored(new ChatKey(0, "chat-1"), new Turn(), new Lost(new Session("ws", "c", true)),
            new ChatMemory(Reached.NOTHING, new GuestTexts(0), new AgentTexts(0, List.of(), List.of()), null, 1, List.of(), Map.of()),
            7, Custody.NOBODY);

    @Test
    void givenAChatWhoseTakeoverIsNotThrough_whenItIsLookedAt_thenItIsNotIdle() {
        assertThat(endings.isIdle(restored)).isFalse();

        restored.activity().restored(NOW - 2 * TIMEOUT.toMillis());
        assertThat(endings.isIdle(restored)).isFalse();
    }

    @Test
    void givenAChat_whenNothingWentThroughItForLongerThanTheTimeout_thenItIsIdle() {
        restored.become(((Lost) restored.state()).reopened(null).caughtUp());
        restored.activity().seen(NOW - TIMEOUT.toMillis());
        assertThat(endings.isIdle(restored)).isFalse();

        restored.activity().seen(NOW - TIMEOUT.toMillis() - 1);
        assertThat(endings.isIdle(restored)).isTrue();
    }

    @ParameterizedTest
    @CsvSource({"PT1000H, PT100H", "PT24H, PT2H24M", "PT5M, PT1M"})
    void givenAChatWithoutASocketOrWithAGap_whenItIsSilent_thenItIsIdleAfterATenthMoreAtLeastAsLongAsACallIsRetried(
            Duration timeout, Duration patience) {
        // given
        Endings those = endings(timeout);
        Lost lost = (Lost) restored.state();
        restored.activity().restored(1);
        restored.reconnecting().down(timer.nanoTime());

        // then
        timer.now += patience.toNanos();
        assertThat(those.isIdle(restored)).isFalse();
        restored.become(lost.reopened(null));
        restored.reconnecting().up();
        assertThat(those.isIdle(restored)).isFalse();
        timer.now++;
        assertThat(those.isIdle(restored)).as("catching up").isTrue();
        restored.become(lost);
        assertThat(those.isIdle(restored)).as("lost").isTrue();
    }

    private Endings endings(Duration timeout) {
        Events events = new Events(Clock.fixed(Instant.ofEpochMilli(NOW), ZoneOffset.UTC));
        return new Endings(chats, Duration.ofSeconds(60), timeout, timer, events, new BridgeMeters(new SimpleMeterRegistry()));
    }

    private static final class StoppedTimer implements Timer {

        private long now = -17;

        @Override
        public long nanoTime() {
            return now;
        }

        @Override
        public Runnable after(Duration delay, Runnable task) {
            throw new UnsupportedOperationException();
        }
    }
}

package io.guestchat.flow;

import static org.assertj.core.api.Assertions.assertThat;

import io.guestchat.chat.Chat;
import io.guestchat.chat.ChatKey;
import io.guestchat.chat.ChatMemory;
import io.guestchat.chat.ChatProgress.Reached;
import io.guestchat.chat.Custody;
import io.guestchat.chat.GuestText;
import io.guestchat.chat.Pace;
import io.guestchat.chat.Request;
import io.guestchat.chat.Session;
import io.guestchat.chat.SessionState.Open;
import io.guestchat.chat.Turn;
import io.guestchat.dialect.webchat.WebchatDialect;
import io.guestchat.intake.Lease;
import io.guestchat.platform.Timer;
import io.guestchat.socket.SessionSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.camel.Exchange;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.Test;

/** The group has not acknowledged this instance for too long: its chats may be somebody else's. */
class GuestWordsLeaseTest {

    private final List<Duration> later = new ArrayList<>();
    private final List<String> written = new ArrayList<>();
    private final Chat chat = new Chat(new ChatKey(0, "chat-1"), new Turn(), new Open(new Session("ws", "c", true), new OpenSocket()),
            ChatMemory.fresh(Reached.NOTHING), new Custody(1, Custody.NOBODY), new Pace(5));
    private final Exchange exchange = new DefaultExchange(new DefaultCamelContext());
    private final GuestWords words = new GuestWords(null, Lease.within(Duration.ofSeconds(10), () -> 0), new WebchatDialect(), null,
            new NotedTimer(), null, null, null);

    GuestWordsLeaseTest() {
        exchange.setProperty(Step.CHAT, chat);
    }

    @Test
    void givenATextInLine_whenTheLeaseIsNotHeld_thenItStaysThereAndIsLookedAtAgainSoon() {
        chat.guestTexts().add(new GuestText(request(), "hi", false), false);

        assertThat(words.mayWrite(chat)).isFalse();
        assertThat(words.mayWrite(chat)).isFalse();

        assertThat(later).as("one timer").hasSize(1).allMatch(delay -> delay.compareTo(Duration.ofSeconds(1)) < 0);
        assertThat(chat.guestTexts().waiting()).isEqualTo(1);
    }

    @Test
    void givenTyping_whenTheLeaseIsNotHeld_thenItIsDropped() {
        words.typing(exchange).toCompletableFuture().join();

        assertThat(written).isEmpty();
    }

    private static Request request() {
        return new Request("requests", 0, 1, 1, null, new byte[0], List.of(), "chat-1", null, null, null, () -> { });
    }

    private final class NotedTimer implements Timer {

        @Override
        public long nanoTime() {
            return 0;
        }

        @Override
        public Runnable after(Duration delay, Runnable task) {
            later.add(delay);
            return () -> { };
        }
    }

    private final class OpenSocket implements SessionSocket {

        @Override
        public CompletionStage<Void> write(String text) {
            written.add(text);
            return CompletableFuture.completedFuture(null);
        }

        @Override
        public long ping() {
            return 1;
        }

        @Override
        public void close(int code, String reason) {
            throw new AssertionError("nobody closes it");
        }

        @Override
        public boolean isOpen() {
            return true;
        }
    }
}

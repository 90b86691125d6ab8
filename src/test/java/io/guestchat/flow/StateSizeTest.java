package io.guestchat.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.guestchat.chat.Chat;
import io.guestchat.chat.ChatKey;
import io.guestchat.chat.ChatMemory;
import io.guestchat.chat.ChatProgress;
import io.guestchat.chat.Custody;
import io.guestchat.chat.Chats;
import io.guestchat.chat.Pace;
import io.guestchat.chat.Request;
import io.guestchat.chat.Session;
import io.guestchat.chat.SessionState.Lost;
import io.guestchat.chat.Turn;
import io.guestchat.config.ChatSettings;
import io.guestchat.contract.GuestRequest.Message;
import io.guestchat.contract.RequestFailedException;
import io.guestchat.state.StoredRequest.StoredHeader;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.apache.camel.Exchange;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.Test;

/** What would make a chat's durable state larger than a record may be is refused before it is in it. */
class StateSizeTest {

    private final Exchange exchange = new DefaultExchange(new DefaultCamelContext());
    private final Events events = new Events(Clock.systemUTC());

    @Test
    void givenAStartTooLargeForTheState_whenItComes_thenItIsRefusedAndNoChatBegins() {
        // given
        Chats chats = new Chats(5);
        chats.take(0, 1, -1, List.of());
        exchange.setProperty(Step.REQUEST, request(1, new byte[600_001]));

        // when
        RequestFailedException refused = catchThrowableOfType(RequestFailedException.class,
                () -> new Starting(chats, null, events, null, 10).begin(exchange));

        // then
        assertThat(refused.failure().code()).isEqualTo("invalid-request");
        assertThat(chats.all()).isEmpty();
    }

    @Test
    void givenHeldTextsInLargeRecords_whenTheirSumIsTooLargeForTheState_thenTheBacklogIsFull() throws RequestFailedException {
        // given
        ChatSettings settings = new ChatSettings(4_096, 5, 100, 262_144, 1_000, Duration.ofHours(24), 10);
        GuestWords words = new GuestWords(settings, null, null, null, null, null, events, null);
        Chat chat = new Chat(new ChatKey(0, "chat-1"), new Turn(), new Lost(new Session("ws", null, true)),
                ChatMemory.fresh(ChatProgress.Reached.NOTHING), new Custody(1, 0), new Pace(5));
        exchange.setProperty(Step.CHAT, chat);
        exchange.setProperty(Step.REQUEST, message(1, 400_000));
        words.accept(exchange);

        // when
        exchange.setProperty(Step.REQUEST, message(2, 200_000));
        RequestFailedException refused = catchThrowableOfType(RequestFailedException.class, () -> words.accept(exchange));

        // then
        assertThat(refused.failure().code()).isEqualTo("backlog-full");
        assertThat(chat.guestTexts().waiting()).isEqualTo(1);
        exchange.setProperty(Step.REQUEST, message(3, 1_000));
        words.accept(exchange);
        assertThat(chat.guestTexts().waiting()).isEqualTo(2);
    }

    private static Request message(long offset, int headerBytes) {
        return request(offset, new byte[10], new StoredHeader("h", new byte[headerBytes])).read(new Message(null, "hi"));
    }

    private static Request request(long offset, byte[] value, StoredHeader... headers) {
        return new Request("requests", 0, offset, 1, null, value, List.of(headers), "chat-1", null, null, null, () -> { });
    }
}

package io.guestchat.flow;

import static org.assertj.core.api.Assertions.assertThat;

import io.guestchat.chat.AgentTexts;
import io.guestchat.chat.Chat;
import io.guestchat.chat.ChatKey;
import io.guestchat.chat.ChatMemory;
import io.guestchat.chat.ChatProgress.Reached;
import io.guestchat.chat.Custody;
import io.guestchat.chat.GuestTexts;
import io.guestchat.chat.Pace;
import io.guestchat.chat.Request;
import io.guestchat.chat.Session;
import io.guestchat.chat.SessionState.Lost;
import io.guestchat.chat.Turn;
import io.guestchat.contract.Event;
import io.guestchat.contract.EventDetail.SessionCreated;
import io.guestchat.contract.EventDetail.SessionResumed;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.Test;

/** A former owner wrote a state and died before it told what the state implies. */
class UntoldTest {

    private final Untold untold = new Untold(new Events(Clock.systemUTC()));

    @Test
    void givenAReturnThatWasNotTold_whenTheChatIsTakenUp_thenItIsToldOnceUnderTheNumberOfItsLoss() {
        // given
        Chat chat = chat(Untold.resumed(2, 7));

        // then
        assertThat(tell(chat)).singleElement().satisfies(event -> {
            assertThat(event.id()).isEqualTo("ws/session-resumed/2");
            assertThat(event.detail()).isEqualTo(new SessionResumed(7));
        });
        assertThat(tell(chat)).isEmpty();
    }

    @Test
    void givenSeveralEventsThatWereNotTold_whenTheChatIsTakenUp_thenTheyAreToldInTheirOrderAndALossIsLeftToItsRoute() {
        Chat chat = chat(Untold.CONNECTED, Untold.assigned("frame"), Untold.resumed(1, 0), Untold.LOST);

        assertThat(tell(chat)).extracting(Event::id)
                .containsExactly("ws/session-connected/1", "ws/conversation-assigned/1", "ws/session-resumed/1");
        assertThat(chat.untold()).containsExactly(Untold.LOST);
    }

    @Test
    void givenACreationThatWasNotTold_whenTheChatIsTakenUp_thenItIsToldFirstAsTheAnswerThatItIs() {
        Request start = new Request("requests", 2, 41, 0, new byte[0], null, List.of(), "chat-1", "start", "r/1|a", null, () -> { });
        Chat chat = chat(Untold.created(start), Untold.CONNECTED);

        assertThat(tell(chat)).extracting(Event::id).containsExactly("requests/2/41/session-created", "ws/session-connected/1");
        Chat again = chat(Untold.created(start));
        assertThat(tell(again)).singleElement().satisfies(event -> {
            assertThat(event.requestId()).isEqualTo("r/1|a");
            assertThat(event.detail()).isEqualTo(new SessionCreated("ws"));
        });
    }

    private List<Event> tell(Chat chat) {
        Exchange exchange = new DefaultExchange(new DefaultCamelContext());
        exchange.setProperty(Step.CHAT, chat);
        untold.tell(exchange);
        List<?> told = exchange.getMessage().getBody(List.class);
        return told.stream().map(outgoing -> (Event) ((Step.Outgoing) outgoing).record()).toList();
    }

    private static Chat chat(String... untold) {
        return new Chat(new ChatKey(0, "chat-1"), new Turn(), new Lost(new Session("ws", "c", true)),
                new ChatMemory(Reached.NOTHING, new GuestTexts(0), new AgentTexts(0, List.of(), List.of()), null, 3, List.of(untold),
                        Map.of()), new Custody(1, 0), new Pace(5));
    }
}

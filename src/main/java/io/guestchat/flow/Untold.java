package io.guestchat.flow;

import io.guestchat.chat.Cause;
import io.guestchat.chat.Chat;
import io.guestchat.chat.Session;
import io.guestchat.contract.EventDetail.ConversationAssigned;
import io.guestchat.contract.EventDetail.SessionConnected;
import io.guestchat.contract.EventDetail.SessionResumed;
import java.util.ArrayList;
import java.util.List;
import org.apache.camel.Exchange;

/**
 * Lifecycle events that the durable state implies. The state is written before they are published, so a crash in between would
 * swallow them; so the state says which may be missing, and whoever takes the chat up tells them again, under the same ids.
 */
public final class Untold {

    static final String CONNECTED = "session-connected";
    /** The loss of the chat's count. */
    public static final String LOST = "session-lost";
    private static final String ASSIGNED = "conversation-assigned/";
    private static final String RESUMED = "session-resumed/";

    private final Events events;

    public Untold(Events events) {
        this.events = events;
    }

    /** @param source {@code frame} or {@code details} */
    static String assigned(String source) {
        return ASSIGNED + source;
    }

    /** @param loss the number of the loss that is over */
    static String resumed(int loss, int recovered) {
        return RESUMED + loss + "/" + recovered;
    }

    /** Leaves them in the body, in the order in which they happened. A loss is told with what follows from it. */
    public void tell(Exchange exchange) {
        Chat chat = Step.chat(exchange);
        Session session = chat.session();
        List<Step.Outgoing> untold = new ArrayList<>();
        for (String event : List.copyOf(chat.untold())) {
            if (event.equals(CONNECTED)) {
                untold.add(new Step.Outgoing(events.lifecycle(chat, new SessionConnected(session.webchatSessionId()), 1), Cause.NONE));
                chat.untold().remove(event);
            } else if (event.startsWith(ASSIGNED)) {
                untold.add(new Step.Outgoing(events.lifecycle(chat, new ConversationAssigned(session.webchatSessionId(),
                        session.conversationId(), event.substring(ASSIGNED.length())), 1), Cause.NONE));
                chat.untold().remove(event);
            } else if (event.startsWith(RESUMED)) {
                String[] words = event.split("/");
                untold.add(new Step.Outgoing(events.lifecycle(chat, new SessionResumed(Integer.parseInt(words[2])),
                        Integer.parseInt(words[1])), Cause.NONE));
                chat.untold().remove(event);
            }
        }
        Step.body(exchange, untold);
    }
}

package io.guestchat.flow;

import io.guestchat.chat.Cause;
import io.guestchat.chat.Chat;
import io.guestchat.chat.Request;
import io.guestchat.chat.Session;
import io.guestchat.contract.EventDetail.ConversationAssigned;
import io.guestchat.contract.EventDetail.SessionConnected;
import io.guestchat.contract.EventDetail.SessionCreated;
import io.guestchat.contract.EventDetail.SessionResumed;
import java.util.ArrayList;
import java.util.List;
import org.apache.camel.Exchange;

/**
 * Lifecycle events that the durable state implies. The state is written before they are published, so a crash in between would
 * swallow them; so the state says which may be missing, and whoever takes the chat up tells them again, under the same ids.
 */
public final class Untold {

    private static final String CREATION = "session-created";
    private static final String CREATED = CREATION + "/";
    /** Not in the name of a Kafka topic, with which an answer's id begins. */
    private static final String BEHIND_ID = "|";
    static final String CONNECTED = "session-connected";
    /** The loss of the chat's count. */
    public static final String LOST = "session-lost";
    private static final String ASSIGNED = "conversation-assigned/";
    private static final String RESUMED = "session-resumed/";

    private final Events events;

    public Untold(Events events) {
        this.events = events;
    }

    /** @param start the request that is to be answered; it comes again, too, but the next owner's events may not come before it */
    static String created(Request start) {
        return CREATED + start.answerId(CREATION) + BEHIND_ID + (start.id() == null ? "" : start.id());
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
            if (event.startsWith(CREATED)) {
                untold.add(created(chat, event.substring(CREATED.length())));
                chat.untold().remove(event);
            } else if (event.equals(CONNECTED)) {
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

    private Step.Outgoing created(Chat chat, String words) {
        int end = words.indexOf(BEHIND_ID);
        String requestId = end + 1 == words.length() ? null : words.substring(end + 1);
        return new Step.Outgoing(events.answer(words.substring(0, end), chat.chatId(), requestId,
                new SessionCreated(chat.session().webchatSessionId())), new Cause(requestId, null));
    }
}

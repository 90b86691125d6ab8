package io.guestchat.flow;

import io.guestchat.chat.Chat;
import io.guestchat.chat.Request;
import io.guestchat.chat.Session;
import io.guestchat.chat.SessionState.Open;
import io.guestchat.contract.ErrorCode;
import io.guestchat.contract.EventDetail.SessionStatus;
import io.guestchat.contract.RequestFailedException;
import io.guestchat.dialect.Dialect;
import io.guestchat.dialect.PlatformCall;
import io.guestchat.dialect.SessionDetails;
import io.guestchat.dialect.UnusableAnswerException;
import org.apache.camel.Exchange;

/** The steps of {@code status}. */
public final class Statuses {

    private static final String DETAILS = "details";
    private static final String SESSION = "statusSession";

    private final Dialect dialect;
    private final Events events;

    public Statuses(Dialect dialect, Events events) {
        this.dialect = dialect;
        this.events = events;
    }

    public void call(Exchange exchange) throws RequestFailedException {
        Session session = Step.chat(exchange).session();
        if (session == null) {
            throw new RequestFailedException(ErrorCode.UNKNOWN_CHAT, "no chat of this id is live");
        }
        exchange.setProperty(SESSION, session);
        Step.body(exchange, dialect.sessionDetails(PlatformCall.Kind.SESSION_DETAILS, session.webchatSessionId()));
    }

    /** What the details say may be news to the chat as well. */
    public void read(Exchange exchange) throws RequestFailedException {
        try {
            SessionDetails details = dialect.details(exchange.getMessage().getBody(byte[].class));
            exchange.setProperty(DETAILS, details);
            Assignments.told(exchange, details);
        } catch (UnusableAnswerException unusable) {
            throw new RequestFailedException(ErrorCode.PLATFORM_ERROR, unusable.getMessage());
        }
    }

    /** Details that name a conversation are of use without a status, and have been used by now; but they are no answer to this. */
    public void answer(Exchange exchange) throws RequestFailedException {
        Chat chat = Step.chat(exchange);
        Request request = Step.request(exchange);
        Session asked = exchange.getProperty(SESSION, Session.class);
        Session session = chat.session() == null ? asked : chat.session();
        SessionDetails details = exchange.getProperty(DETAILS, SessionDetails.class);
        if (details.status() == null) {
            throw new RequestFailedException(ErrorCode.PLATFORM_ERROR, "the session's details have no status");
        }
        Step.outgoing(exchange, events.answer(request, new SessionStatus(asked.webchatSessionId(), details.status(),
                session.conversationId(), chat.state() instanceof Open open && open.socket().isOpen())), request.cause());
    }
}

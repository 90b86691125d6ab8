package io.guestchat.flow;

import io.guestchat.chat.Cause;
import io.guestchat.chat.Chat;
import io.guestchat.chat.GuestText;
import io.guestchat.chat.Session;
import io.guestchat.chat.SessionState.CatchingUp;
import io.guestchat.contract.EventDetail.AgentTyping;
import io.guestchat.contract.EventDetail.MessageAcknowledged;
import io.guestchat.dialect.Dialect;
import io.guestchat.dialect.PlatformFrame;
import io.guestchat.dialect.PlatformFrame.Acknowledgement;
import io.guestchat.dialect.PlatformFrame.AgentText;
import io.guestchat.dialect.PlatformFrame.GuestEcho;
import io.guestchat.dialect.PlatformFrame.Typing;
import io.guestchat.dialect.PlatformFrame.Unreadable;
import io.guestchat.observe.BridgeMeters;
import io.guestchat.socket.SessionSocket;
import org.apache.camel.Exchange;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The steps of a frame: what it says, and the events of those that are no texts. */
public final class Frames {

    static final String FRAME = "frame";

    private static final Logger LOG = LoggerFactory.getLogger(Frames.class);
    private static final int TRY_AGAIN_LATER = 1013;

    private final Dialect dialect;
    private final Settling settling;
    private final Events events;
    private final BridgeMeters meters;

    public Frames(Dialect dialect, Settling settling, Events events, BridgeMeters meters) {
        this.dialect = dialect;
        this.settling = settling;
        this.events = events;
        this.meters = meters;
    }

    public void read(Exchange exchange) {
        Chat chat = Step.chat(exchange);
        SessionSocket socket = exchange.getProperty(SocketEvents.SOCKET, SessionSocket.class);
        exchange.setProperty(Step.ASSIGNS, false);
        Step.next(exchange, "none");
        if (chat.isReleased() || !chat.isCurrent(socket)) {
            return;
        }
        PlatformFrame frame = dialect.frame(exchange.getMessage().getBody(String.class));
        exchange.setProperty(FRAME, frame);
        chat.activity().seen(events.millis());
        assigns(exchange, chat, frame);
        String word = word(frame);
        meters.frame(word);
        if (chat.state() instanceof CatchingUp) {
            // The history says what was said; it is read until no text comes meanwhile.
            if (frame instanceof AgentText text && !chat.gap().textCame(text)) {
                socket.close(TRY_AGAIN_LATER, null);
            }
        } else {
            Step.next(exchange, word);
        }
    }

    private static String word(PlatformFrame frame) {
        if (frame instanceof AgentText) {
            return "agent-text";
        }
        if (frame instanceof GuestEcho || frame instanceof Acknowledgement) {
            return "acknowledged";
        }
        if (frame instanceof Typing) {
            return "typing";
        }
        return frame instanceof Unreadable ? "unreadable" : "other";
    }

    private static void assigns(Exchange exchange, Chat chat, PlatformFrame frame) {
        Session session = chat.session();
        String named = frame.conversationId();
        if (named != null && !session.isAssigned()) {
            Step.assigns(exchange, named, "frame");
        } else if (named != null && !named.equals(session.conversationId())) {
            // The first one stays: two owners of one chat could otherwise disagree about which conversation it is.
            LOG.warn("frame names another conversation, the first stays chatId={} session={}", chat.chatId(),
                    session.webchatSessionId());
        }
    }

    /** Leaves the event in the body, or nothing where the sign belongs to no text. */
    public void acknowledged(Exchange exchange) {
        Chat chat = Step.chat(exchange);
        GuestText text = exchange.getProperty(FRAME) instanceof GuestEcho echo
                ? chat.guestTexts().echoed(echo.text())
                : chat.guestTexts().acknowledged();
        Step.body(exchange, null);
        if (text != null) {
            settling.upTo(chat, text);
            Step.outgoing(exchange, events.answer(text.request(), new MessageAcknowledged(chat.session().conversationId())),
                    text.request().cause());
        }
    }

    /** Numbered by the clock: typing is never told again, so its number needs no memory. */
    public void typing(Exchange exchange) {
        Chat chat = Step.chat(exchange);
        Step.outgoing(exchange, events.lifecycle(chat, new AgentTyping(chat.session().conversationId()), events.millis()),
                Cause.NONE);
    }
}

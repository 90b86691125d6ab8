package io.guestchat.flow;

import io.guestchat.chat.Cause;
import io.guestchat.chat.Chat;
import io.guestchat.chat.Session;
import io.guestchat.contract.AgentMessage;
import io.guestchat.contract.AgentMessage.Sender;
import io.guestchat.contract.CutText;
import io.guestchat.dialect.PlatformFrame.AgentText;
import io.guestchat.observe.BridgeMeters;
import io.guestchat.chat.Chats;
import io.guestchat.state.SessionRecord.StoredText;
import org.apache.camel.Exchange;

/** The steps of a text that the guest is to see. */
public final class AgentWords {

    private static final String NUMBERED = "numbered";
    private static final String WRITE_FIRST = "writeFirst";

    /** Bytes of a text that stands in the durable state until it is published: the state is one record, with others in it. */
    private static final int MOST_KEPT = 100_000;

    private final Chats chats;
    private final Events events;
    private final BridgeMeters meters;

    public AgentWords(Chats chats, Events events, BridgeMeters meters) {
        this.chats = chats;
        this.events = events;
        this.meters = meters;
    }

    /** Gives the frame's text its number. Before a conversation it becomes durable first: no history would bring it back. */
    public void number(Exchange exchange) {
        Chat chat = Step.chat(exchange);
        AgentText frame = exchange.getProperty(Frames.FRAME, AgentText.class);
        StoredText text = number(chat, frame.text(), frame.senderName(), events.now());
        exchange.setProperty(NUMBERED, text);
        exchange.setProperty(WRITE_FIRST, keepUntilPublished(chat, text));
    }

    StoredText number(Chat chat, String text, String sender, String at) {
        long n = chat.agentTexts().number(text);
        return new StoredText(n, chat.session().isAssigned() ? text : CutText.toFit(text, MOST_KEPT), at, sender);
    }

    /** @return whether it has to be durable before it is published */
    static boolean keepUntilPublished(Chat chat, StoredText text) {
        boolean unassigned = !chat.session().isAssigned();
        if (unassigned) {
            chat.agentTexts().keep(text);
        } else {
            chat.agentTexts().saidInConversation();
        }
        return unassigned;
    }

    public void message(Exchange exchange) {
        Chat chat = Step.chat(exchange);
        Step.outgoing(exchange, message(chat, exchange.getProperty(NUMBERED, StoredText.class), false), Cause.NONE);
    }

    AgentMessage message(Chat chat, StoredText text, boolean viaHistory) {
        Session session = chat.session();
        meters.agentText(viaHistory);
        // What was said in a gap counts from when it reaches the guest.
        chat.activity().seen(events.millis());
        return new AgentMessage(chat.chatId(), session.webchatSessionId(), session.conversationId(), text.n(), text.text(), text.at(),
                text.from() == null ? null : new Sender(text.from()), viaHistory ? "history" : "socket");
    }

    /** The state that says so is written behind it ({@link AwaitTold}). */
    public void told(Exchange exchange) {
        Chat chat = Step.chat(exchange);
        chat.agentTexts().forget(exchange.getProperty(NUMBERED, StoredText.class).n());
        chats.behind(chat);
    }
}

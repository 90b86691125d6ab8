package io.guestchat.flow;

import io.guestchat.chat.Cause;
import io.guestchat.chat.Chat;
import io.guestchat.chat.Chats;
import io.guestchat.chat.Gap;
import io.guestchat.chat.GuestText;
import io.guestchat.chat.HistoryClaims;
import io.guestchat.chat.SessionState.CatchingUp;
import io.guestchat.contract.ErrorCode;
import io.guestchat.contract.EventDetail.MessageAcknowledged;
import io.guestchat.contract.EventDetail.MessageSent;
import io.guestchat.contract.EventDetail.SessionConnected;
import io.guestchat.contract.EventDetail.SessionResumed;
import io.guestchat.contract.Failure;
import io.guestchat.dialect.HistorySlice;
import io.guestchat.dialect.PlatformFrame.AgentText;
import io.guestchat.observe.BridgeMeters;
import io.guestchat.state.SessionRecord.StoredText;
import java.util.ArrayList;
import java.util.List;
import org.apache.camel.Exchange;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The steps of closing the gap that a lost socket left: what was missed is told, and what it settles is settled. */
public final class Gaps {

    private static final Logger LOG = LoggerFactory.getLogger(Gaps.class);
    private static final String RECOVERED = "recovered";
    private static final String CLAIMS = "claims";
    private static final String FIRST = "firstConnect";
    private static final String LOOK_BACK = "lookBack";
    private static final String WRITE_FIRST = "writeFirst";

    private final Chats chats;
    private final AgentWords agentWords;
    private final Assignments assignments;
    private final Settling settling;
    private final Events events;
    private final BridgeMeters meters;

    public Gaps(Chats chats, AgentWords agentWords, Assignments assignments, Settling settling, Events events, BridgeMeters meters) {
        this.chats = chats;
        this.agentWords = agentWords;
        this.assignments = assignments;
        this.settling = settling;
        this.events = events;
        this.meters = meters;
    }

    /** Numbers what was missed; the messages, in order, are left in the body. */
    public void recovered(Exchange exchange) {
        Chat chat = Step.chat(exchange);
        if (chat.isReleased()) {
            throw new NotOursException(chat + " is no longer ours to tell of");
        }
        Gap gap = chat.gap();
        List<Step.Outgoing> messages = new ArrayList<>();
        for (StoredText text : chat.agentTexts().unpublished()) {
            messages.add(new Step.Outgoing(agentWords.message(chat, text, false), Cause.NONE));
        }
        int recovered = 0;
        if (gap.history() != null) {
            Gap.News news = chat.news(gap.history());
            exchange.setProperty(CLAIMS, news.claims());
            recovered = news.agentTexts().size();
            messages.addAll(missed(chat, news));
        }
        exchange.setProperty(RECOVERED, recovered);
        exchange.setProperty(WRITE_FIRST, false);
        for (AgentText frame : gap.history() == null ? gap.kept() : gap.newer()) {
            StoredText text = agentWords.number(chat, frame.text(), frame.senderName(), events.now());
            if (AgentWords.keepUntilPublished(chat, text)) {
                exchange.setProperty(WRITE_FIRST, true);
            }
            messages.add(new Step.Outgoing(agentWords.message(chat, text, false), Cause.NONE));
        }
        Step.body(exchange, messages);
    }

    /** What the history has, and what it should have. */
    private List<Step.Outgoing> missed(Chat chat, Gap.News news) {
        List<Step.Outgoing> messages = new ArrayList<>();
        for (HistorySlice.Item item : news.agentTexts()) {
            String at = item.entry().at() == null ? events.now() : item.entry().at();
            String from = item.entry().from() == null ? null : item.entry().from().name();
            StoredText text = agentWords.number(chat, item.entry().text(), from, at);
            chat.agentTexts().saidInConversation();
            messages.add(new Step.Outgoing(agentWords.message(chat, text, true), Cause.NONE));
        }
        List<AgentText> lacking = chat.gap().lacking();
        if (!lacking.isEmpty()) {
            LOG.warn("history lacks texts that were pushed chatId={} session={} texts={}", chat.chatId(),
                    chat.session().webchatSessionId(), lacking.size());
        }
        for (AgentText frame : lacking) {
            StoredText text = new StoredText(chat.agentTexts().numberUnremembered(), frame.text(), events.now(), frame.senderName());
            messages.add(new Step.Outgoing(agentWords.message(chat, text, false), Cause.NONE));
        }
        if (!news.isComplete()) {
            LOG.warn("history is cut off, agent texts may be missing chatId={} session={}", chat.chatId(),
                    chat.session().webchatSessionId());
            meters.historyCutOff();
        }
        return messages;
    }

    /** Settles the guest's texts that the history shows; their events are left in the body. */
    public void arrived(Exchange exchange) {
        Chat chat = Step.chat(exchange);
        HistoryClaims claims = exchange.getProperty(CLAIMS, HistoryClaims.class);
        List<Step.Outgoing> told = new ArrayList<>();
        chat.agentTexts().unpublished().forEach(text -> chat.agentTexts().forget(text.n()));
        if (claims != null) {
            String conversation = chat.session().conversationId();
            for (GuestText text : claims.shown()) {
                if (chat.guestTexts().settleFromHistory(text)) {
                    told.add(new Step.Outgoing(events.answer(text.request(), new MessageSent(conversation)), text.request().cause()));
                }
                told.add(new Step.Outgoing(events.answer(text.request(), new MessageAcknowledged(conversation)),
                        text.request().cause()));
            }
            settling.done(chat, claims.shown());
            chat.shown(chat.gap().history(), claims);
        }
        Step.body(exchange, told);
    }

    /**
     * What may have been written is not written again where nothing tells whether it has arrived: there is no history, or it is
     * cut off. Those refusals are left in the body.
     */
    public void unknown(Exchange exchange) {
        Chat chat = Step.chat(exchange);
        HistoryClaims claims = exchange.getProperty(CLAIMS, HistoryClaims.class);
        List<Chat.Refusal> unknown = new ArrayList<>();
        for (GuestText text : claims == null ? chat.inDoubt() : claims.unknown()) {
            chat.guestTexts().drop(text);
            chat.progress().finish(text.request());
            unknown.add(new Chat.Refusal(text.request(), Failure.of(ErrorCode.DELIVERY_UNKNOWN,
                    "the text may have been written before the socket was lost, and the history cannot tell")));
        }
        Step.body(exchange, unknown);
    }

    public void caughtUp(Exchange exchange) {
        Chat chat = Step.chat(exchange);
        if (!(chat.state() instanceof CatchingUp catchingUp)) {
            throw new IllegalStateException("nothing to catch up with for " + chat);
        }
        boolean first = !catchingUp.session().connectedBefore();
        exchange.setProperty(FIRST, first);
        exchange.setProperty(LOOK_BACK, chat.gap().isLookBack());
        if (!chat.gap().isLookBack()) {
            chat.untold().add(untold(exchange, chat));
        }
        if (chat.gap().history() == null) {
            chat.closeGapWithoutHistory();
        } else {
            chat.closeGap(chat.gap().history());
        }
        chat.become(catchingUp.caughtUp());
        assignments.watch(chat);
    }

    private static String untold(Exchange exchange, Chat chat) {
        return exchange.getProperty(FIRST, Boolean.class) ? Untold.CONNECTED
                : Untold.resumed(chat.losses(), exchange.getProperty(RECOVERED, Integer.class));
    }

    /** Told once per loss; for a session that had never been connected, that it is. An empty body where there was no loss. */
    public void resumed(Exchange exchange) {
        Chat chat = Step.chat(exchange);
        if (exchange.getProperty(LOOK_BACK, Boolean.class)) {
            Step.body(exchange, null);
            return;
        }
        chat.untold().remove(untold(exchange, chat));
        chats.behind(chat);
        String session = chat.session().webchatSessionId();
        int recovered = exchange.getProperty(RECOVERED, Integer.class);
        LOG.info("session resumed chatId={} session={} recovered={}", chat.chatId(), session, recovered);
        Step.outgoing(exchange, exchange.getProperty(FIRST, Boolean.class)
                ? events.lifecycle(chat, new SessionConnected(session), 1)
                : events.lifecycle(chat, new SessionResumed(recovered), chat.losses()), Cause.NONE);
    }

    /** The socket was lost before the gap was closed, and what came on it before a conversation has been told. */
    public void lost(Exchange exchange) {
        Chat chat = Step.chat(exchange);
        chat.giveUpGap();
        chats.behind(chat);
    }
}

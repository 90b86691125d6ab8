package io.guestchat.flow;

import io.guestchat.chat.Cause;
import io.guestchat.chat.Chat;
import io.guestchat.chat.Chats;
import io.guestchat.chat.Gap;
import io.guestchat.chat.GuestText;
import io.guestchat.chat.HistoryClaims;
import io.guestchat.chat.Session;
import io.guestchat.chat.SessionState.CatchingUp;
import io.guestchat.chat.SessionState.Open;
import io.guestchat.contract.ErrorCode;
import io.guestchat.contract.EventDetail.MessageAcknowledged;
import io.guestchat.contract.EventDetail.MessageSent;
import io.guestchat.contract.EventDetail.SessionConnected;
import io.guestchat.contract.EventDetail.SessionResumed;
import io.guestchat.contract.Failure;
import io.guestchat.dialect.Dialect;
import io.guestchat.dialect.HistorySlice;
import io.guestchat.dialect.PlatformCall;
import io.guestchat.dialect.PlatformFrame.AgentText;
import io.guestchat.dialect.UnusableAnswerException;
import io.guestchat.observe.BridgeMeters;
import io.guestchat.platform.Backoff;
import io.guestchat.platform.Timer;
import io.guestchat.state.SessionRecord.StoredText;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.camel.Exchange;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The steps of filling the gap that a lost socket left: see {@link Gap} for how it is known to be closed. */
public final class Gaps {

    private static final Logger LOG = LoggerFactory.getLogger(Gaps.class);
    private static final String GAP = "gap";
    private static final String GAP_READING = "gapReading";
    private static final String RECOVERED = "recovered";
    private static final String CLAIMS = "claims";
    private static final String FIRST = "firstConnect";
    private static final String LOOK_BACK = "lookBack";
    private static final String WRITE_FIRST = "writeFirst";
    static final int PAGE_SIZE = 100;
    /** Answers that are final, or cannot be used; asked for again all the same, as a role may be given back. */
    private static final int MOST_REFUSALS = 5;
    /** What passes by itself is waited for, however long it takes: the platform has the texts that are missing here. */
    private static final Set<String> PASSING =
            Set.of(ErrorCode.RATE_LIMITED.code(), ErrorCode.PLATFORM_UNAVAILABLE.code(), ErrorCode.UNAUTHORIZED.code());

    private final Chats chats;
    private final Dialect dialect;
    private final AgentWords agentWords;
    private final Assignments assignments;
    private final Settling settling;
    private final Backoff backoff;
    private final Timer timer;
    private final Flows flows;
    private final Events events;
    private final BridgeMeters meters;

    public Gaps(Chats chats, Dialect dialect, AgentWords agentWords, Assignments assignments, Settling settling, Backoff backoff,
            Timer timer, Flows flows, Events events, BridgeMeters meters) {
        this.chats = chats;
        this.dialect = dialect;
        this.agentWords = agentWords;
        this.assignments = assignments;
        this.settling = settling;
        this.backoff = backoff;
        this.timer = timer;
        this.flows = flows;
        this.events = events;
        this.meters = meters;
    }

    /** What there is to ask: the history of the conversation, or, where none is known, whether there is one. */
    public void ask(Exchange exchange) {
        Chat chat = Step.chat(exchange);
        Gap gap = chat.gap();
        Step.next(exchange, "none");
        if (gap == null || chat.isReleased() || !(chat.state() instanceof CatchingUp catchingUp)) {
            return;
        }
        exchange.setProperty(GAP, gap);
        Session session = catchingUp.session();
        if (session.isAssigned()) {
            exchange.setProperty(GAP_READING, gap.reading());
            exchange.setProperty(Histories.READING, new HistoryReading(PlatformCall.Kind.GAP, session.conversationId(), PAGE_SIZE));
            Step.next(exchange, "history");
        } else {
            Step.body(exchange, dialect.sessionDetails(PlatformCall.Kind.GAP, session.webchatSessionId()));
            Step.next(exchange, "details");
        }
    }

    /** Without a conversation there is no history, and every frame of the new socket is news. */
    public void details(Exchange exchange) throws UnusableAnswerException {
        Chat chat = Step.chat(exchange);
        if (isPast(exchange, chat)) {
            Step.next(exchange, "none");
            return;
        }
        if (chat.session().isAssigned()) {
            // A frame was quicker.
            Step.next(exchange, "none");
            again(exchange);
            return;
        }
        Assignments.told(exchange, dialect.details(exchange.getMessage().getBody(byte[].class)));
        if ("none".equals(exchange.getProperty(Step.NEXT))) {
            Step.next(exchange, "gap-closed");
        }
    }

    /**
     * A conversation has been assigned. Where a gap was closed before that, what it lacks is looked for in the history, and a
     * text that named the conversation waits for it.
     */
    public void lookBack(Exchange exchange) {
        Chat chat = Step.chat(exchange);
        if (chat.owesHistory() && chat.state() instanceof Open open) {
            Gap gap = chat.lookBack();
            chat.become(open.lookBack());
            if (exchange.getProperty(Frames.FRAME) instanceof AgentText text) {
                gap.textCame(text);
                Step.next(exchange, "none");
            }
            flows.start("catch-up", chat, null);
        }
    }

    public void again(Exchange exchange) {
        flows.start("catch-up", Step.chat(exchange), null);
    }

    /** The history has been read. A ping is sent after it, whose pong says what it can be trusted with. */
    public void read(Exchange exchange) {
        Chat chat = Step.chat(exchange);
        if (!isPast(exchange, chat) && chat.state() instanceof CatchingUp catchingUp) {
            HistoryReading reading = exchange.getProperty(Histories.READING, HistoryReading.class);
            chat.gap().read(reading.history(), catchingUp.socket().ping());
        }
    }

    /** Another socket has been opened, the chat is over, or it is read anew: what was read is of no use. */
    private static boolean isPast(Exchange exchange, Chat chat) {
        Integer reading = exchange.getProperty(GAP_READING, Integer.class);
        return chat.isReleased() || chat.gap() == null || chat.gap() != exchange.getProperty(GAP)
                || reading != null && !chat.gap().isReading(reading);
    }

    /** It could not be read: later again, unless the platform keeps refusing it. */
    public void failed(Exchange exchange) {
        Chat chat = Step.chat(exchange);
        Step.next(exchange, "none");
        if (isPast(exchange, chat)) {
            return;
        }
        Failure failure = Refusals.failure(exchange, LOG);
        int failures = chat.gap().failed();
        if (!PASSING.contains(failure.code()) && failures >= MOST_REFUSALS) {
            LOG.error("history is refused, the gap stays open chatId={} session={} code={}", chat.chatId(),
                    chat.session().webchatSessionId(), failure.code());
            meters.gapGivenUp();
            chat.gap().reading();
            Step.next(exchange, "gap-closed");
        } else {
            timer.after(backoff.delay(failures, Duration.ZERO), () -> flows.start("catch-up", chat, null));
        }
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
        exchange.setProperty(WRITE_FIRST, false);
        int recovered = 0;
        if (gap.history() != null) {
            Gap.News news = chat.news(gap.history());
            for (HistorySlice.Item item : news.agentTexts()) {
                String at = item.entry().at() == null ? events.now() : item.entry().at();
                String from = item.entry().from() == null ? null : item.entry().from().name();
                StoredText text = agentWords.number(chat, item.entry().text(), from, at);
                chat.agentTexts().saidInConversation();
                messages.add(new Step.Outgoing(agentWords.message(chat, text, true), Cause.NONE));
                recovered++;
            }
            exchange.setProperty(CLAIMS, news.claims());
            if (!gap.lacking().isEmpty()) {
                LOG.warn("history lacks texts that were pushed chatId={} session={} texts={}", chat.chatId(),
                        chat.session().webchatSessionId(), gap.lacking().size());
            }
            for (AgentText frame : gap.lacking()) {
                StoredText text = new StoredText(chat.agentTexts().numberUnremembered(), frame.text(), events.now(), frame.senderName());
                messages.add(new Step.Outgoing(agentWords.message(chat, text, false), Cause.NONE));
            }
            if (!news.isComplete()) {
                LOG.warn("history is cut off, agent texts may be missing chatId={} session={}", chat.chatId(),
                        chat.session().webchatSessionId());
                meters.historyCutOff();
            }
        }
        for (AgentText frame : gap.history() == null ? gap.kept() : gap.newer()) {
            StoredText text = agentWords.number(chat, frame.text(), frame.senderName(), events.now());
            if (AgentWords.keepUntilPublished(chat, text)) {
                exchange.setProperty(WRITE_FIRST, true);
            }
            messages.add(new Step.Outgoing(agentWords.message(chat, text, false), Cause.NONE));
        }
        exchange.setProperty(RECOVERED, recovered);
        Step.body(exchange, messages);
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

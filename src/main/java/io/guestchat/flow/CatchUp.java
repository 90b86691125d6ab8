package io.guestchat.flow;

import io.guestchat.chat.Chat;
import io.guestchat.chat.Gap;
import io.guestchat.chat.Session;
import io.guestchat.chat.SessionState.CatchingUp;
import io.guestchat.chat.SessionState.Open;
import io.guestchat.contract.ErrorCode;
import io.guestchat.contract.Failure;
import io.guestchat.dialect.Dialect;
import io.guestchat.dialect.PlatformCall;
import io.guestchat.dialect.PlatformFrame.AgentText;
import io.guestchat.dialect.UnusableAnswerException;
import io.guestchat.observe.BridgeMeters;
import io.guestchat.platform.Backoff;
import io.guestchat.platform.Timer;
import java.time.Duration;
import java.util.Set;
import org.apache.camel.Exchange;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The steps of asking the platform what was said while a chat had no socket: see {@link Gap} for how it is known to be all. What
 * the answer means to the chat is {@link Gaps}' to say.
 */
public final class CatchUp {

    static final int PAGE_SIZE = 100;

    private static final Logger LOG = LoggerFactory.getLogger(CatchUp.class);
    private static final String GAP = "gap";
    private static final String GAP_READING = "gapReading";
    /** Answers that are final, or cannot be used; asked for again all the same, as a role may be given back. */
    private static final int MOST_REFUSALS = 5;
    /** What passes by itself is waited for, however long it takes: the platform has the texts that are missing here. */
    private static final Set<String> PASSING =
            Set.of(ErrorCode.RATE_LIMITED.code(), ErrorCode.PLATFORM_UNAVAILABLE.code(), ErrorCode.UNAUTHORIZED.code());

    private final Dialect dialect;
    private final Backoff backoff;
    private final Timer timer;
    private final Flows flows;
    private final BridgeMeters meters;

    public CatchUp(Dialect dialect, Backoff backoff, Timer timer, Flows flows, BridgeMeters meters) {
        this.dialect = dialect;
        this.backoff = backoff;
        this.timer = timer;
        this.flows = flows;
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
}

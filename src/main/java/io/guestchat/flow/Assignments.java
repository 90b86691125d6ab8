package io.guestchat.flow;

import io.guestchat.chat.Cause;
import io.guestchat.chat.Chat;
import io.guestchat.chat.EndReason;
import io.guestchat.chat.SessionState.Connected;
import io.guestchat.chat.SessionState.Live;
import io.guestchat.chat.SessionState.Open;
import io.guestchat.contract.Event;
import io.guestchat.contract.EventDetail.ConversationAssigned;
import io.guestchat.contract.EventDetail.SessionConnected;
import io.guestchat.dialect.Dialect;
import io.guestchat.dialect.PlatformCall;
import io.guestchat.dialect.SessionDetails;
import io.guestchat.dialect.UnusableAnswerException;
import io.guestchat.platform.Timer;
import io.guestchat.socket.SessionSocket;
import java.time.Duration;
import org.apache.camel.Exchange;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The steps of an assignment, and of the question whether there has been one. */
public final class Assignments {

    private static final Logger LOG = LoggerFactory.getLogger(Assignments.class);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);
    private static final String POLL = "poll";

    private final Dialect dialect;
    private final Duration pollAfter;
    private final Timer timer;
    private final Flows flows;
    private final Events events;

    public Assignments(Dialect dialect, Duration pollAfter, Timer timer, Flows flows, Events events) {
        this.dialect = dialect;
        this.pollAfter = pollAfter;
        this.timer = timer;
        this.flows = flows;
        this.events = events;
    }

    /**
     * The socket is open: where no frame names a conversation within {@code genesys.assignment.poll-after}, the details are
     * asked.
     */
    void watch(Chat chat) {
        if (chat.state() instanceof Connected connected) {
            pollAfter(chat, new Poll(connected.socket(), pollAfter));
        }
    }

    private void pollAfter(Chat chat, Poll poll) {
        if (!chat.session().isAssigned()) {
            timer.after(poll.pause(), () -> flows.start("poll-assignment", chat, poll));
        }
    }

    /** One question of a row, which ends with the socket that began it: the next socket begins its own. */
    record Poll(SessionSocket socket, Duration pause) {
    }

    /** Words the call; an empty body where there is nothing left to ask. A chat without a socket asks when it has one again. */
    public void poll(Exchange exchange) {
        Chat chat = Step.chat(exchange);
        Poll poll = exchange.getMessage().getBody(Poll.class);
        exchange.setProperty(POLL, poll);
        Step.body(exchange, chat.isReleased() || !chat.isCurrent(poll.socket()) || !(chat.state() instanceof Open open)
                || open.session().isAssigned()
                ? null
                : dialect.sessionDetails(PlatformCall.Kind.POLL, open.session().webchatSessionId()));
    }

    public void polled(Exchange exchange) throws UnusableAnswerException {
        SessionDetails details = dialect.details(exchange.getMessage().getBody(byte[].class));
        if (Step.chat(exchange).state() instanceof Open) {
            told(exchange, details);
            if ("none".equals(exchange.getProperty(Step.NEXT))) {
                pollLater(exchange);
            }
        } else {
            Step.next(exchange, "none");
        }
    }

    /** What details say of a live chat: that it is over, that it has its conversation now, or nothing new. */
    static void told(Exchange exchange, SessionDetails details) {
        Chat chat = Step.chat(exchange);
        exchange.setProperty(Step.ASSIGNS, false);
        Step.next(exchange, "none");
        if (!(chat.state() instanceof Live live)) {
            return;
        }
        if (details.conversationId() != null && !live.session().isAssigned() && live instanceof Connected) {
            Step.assigns(exchange, details.conversationId(), "details");
            Step.next(exchange, "assigned");
        }
        if (details.ended() != null) {
            Step.ending(exchange, details.ended() == SessionDetails.Ended.EXPIRED ? EndReason.EXPIRED : EndReason.CLOSED_BY_PLATFORM,
                    null, Cause.NONE);
        }
    }

    public void pollFailed(Exchange exchange) {
        LOG.debug("assignment not polled chatId={}", Step.chat(exchange).chatId());
        pollLater(exchange);
    }

    /** Backs off to every 30 s. */
    private void pollLater(Exchange exchange) {
        Poll poll = exchange.getProperty(POLL, Poll.class);
        Duration next = poll.pause().multipliedBy(2);
        pollAfter(Step.chat(exchange), new Poll(poll.socket(), next.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : next));
    }

    public void assign(Exchange exchange) {
        Chat chat = Step.chat(exchange);
        Step.Assignment assignment = Step.assignment(exchange);
        if (!(chat.state() instanceof Connected connected)) {
            throw new IllegalStateException("a conversation for " + chat);
        }
        chat.become(connected.assigned(assignment.conversationId()));
        if (!chat.session().connectedBefore()) {
            chat.untold().add(Untold.CONNECTED);
        }
        chat.untold().add(Untold.assigned(assignment.source()));
        LOG.info("conversation assigned chatId={} session={} source={}", chat.chatId(), chat.session().webchatSessionId(),
                assignment.source());
    }

    /**
     * A chat whose first socket a later owner has opened is told to be connected when its gap is closed. It may have its
     * conversation before that, but not before it is connected: then that is told first. An empty body where it has been.
     */
    public void connectedBefore(Exchange exchange) {
        Chat chat = Step.chat(exchange);
        if (chat.session().connectedBefore()) {
            Step.body(exchange, null);
        } else {
            chat.untold().remove(Untold.CONNECTED);
            SessionConnected connected = new SessionConnected(chat.session().webchatSessionId());
            Step.outgoing(exchange, events.lifecycle(chat, connected, 1), Cause.NONE);
        }
    }

    public void assigned(Exchange exchange) {
        Chat chat = Step.chat(exchange);
        chat.untold().remove(Untold.assigned(Step.assignment(exchange).source()));
        Step.outgoing(exchange, event(chat, Step.assignment(exchange).source()), Cause.NONE);
    }

    private Event event(Chat chat, String source) {
        return events.lifecycle(chat, new ConversationAssigned(chat.session().webchatSessionId(), chat.session().conversationId(),
                source), 1);
    }
}

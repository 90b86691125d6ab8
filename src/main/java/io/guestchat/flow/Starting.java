package io.guestchat.flow;

import io.guestchat.chat.Cause;
import io.guestchat.chat.Chat;
import io.guestchat.chat.Request;
import io.guestchat.chat.SessionState;
import io.guestchat.contract.ErrorCode;
import io.guestchat.contract.EventDetail.SessionCreated;
import io.guestchat.contract.Failure;
import io.guestchat.contract.GuestRequest.Start;
import io.guestchat.contract.RequestFailedException;
import io.guestchat.dialect.Dialect;
import io.guestchat.dialect.UnusableAnswerException;
import io.guestchat.observe.BridgeMeters;
import io.guestchat.chat.Chats;
import io.guestchat.state.SessionRecord;
import org.apache.camel.Exchange;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The steps of {@code start}. */
public final class Starting {

    private static final Logger LOG = LoggerFactory.getLogger(Starting.class);

    private final Chats chats;
    private final Dialect dialect;
    private final Events events;
    private final BridgeMeters meters;
    private final int maxLive;

    public Starting(Chats chats, Dialect dialect, Events events, BridgeMeters meters, int maxLive) {
        this.chats = chats;
        this.dialect = dialect;
        this.events = events;
        this.meters = meters;
        this.maxLive = maxLive;
    }

    /** A live chat is answered again; else there is a new one, or an intent is carried out again that a crash left behind. */
    public void begin(Exchange exchange) throws RequestFailedException {
        Chat chat = Step.chat(exchange);
        if (chat != null && chat.isLive() && !(chat.state() instanceof SessionState.Starting)) {
            Step.next(exchange, "live");
            return;
        }
        if (chat == null) {
            if (chats.hasLive(maxLive)) {
                throw new RequestFailedException(ErrorCode.BACKLOG_FULL, maxLive + " chats are live (chat.max-live)");
            }
            if (Step.request(exchange).bytes() > SessionRecord.MOST_STORED) {
                throw new RequestFailedException(ErrorCode.INVALID_REQUEST,
                        "guest: the record has more than " + SessionRecord.MOST_STORED + " bytes");
            }
            Requests.adopt(exchange, chats.begin(Step.request(exchange)));
        } else {
            meters.sessionCallRepeated();
        }
        Step.next(exchange, "new");
    }

    public void call(Exchange exchange) throws RequestFailedException {
        Requests.checkAge(exchange);
        Start start = (Start) Step.request(exchange).content();
        Step.body(exchange, dialect.createSession(start.guest()));
    }

    /** The platform has made the session. */
    public void made(Exchange exchange) throws RequestFailedException {
        Chat chat = Step.chat(exchange);
        String session;
        try {
            session = dialect.session(exchange.getMessage().getBody(byte[].class));
        } catch (UnusableAnswerException unusable) {
            throw new RequestFailedException(ErrorCode.SESSION_REFUSED, unusable.getMessage());
        }
        if (!(chat.state() instanceof SessionState.Starting starting)) {
            throw new IllegalStateException("a session for " + chat);
        }
        chat.become(starting.created(session));
        chat.untold().add(Untold.created(starting.start()));
        chat.activity().seen(events.millis());
        Step.next(exchange, "made");
        LOG.info("session created chatId={} session={}", chat.chatId(), session);
    }

    /** There will be no session: the chat ends, and with it the request is refused. */
    public void failed(Exchange exchange) {
        Chat chat = Step.chat(exchange);
        Request request = Step.request(exchange);
        Failure failure = Refusals.failure(exchange, LOG);
        chat.refusals().add(new Chat.Refusal(request, failure));
        chat.progress().finish(request);
        Step.ending(exchange, null, failure, Cause.NONE);
        LOG.info("session not created chatId={} code={} status={}", chat.chatId(), failure.code(), failure.status());
    }

    public void created(Exchange exchange) {
        Chat chat = Step.chat(exchange);
        Request request = Step.request(exchange);
        chat.untold().remove(Untold.created(request));
        Step.outgoing(exchange, events.answer(request, new SessionCreated(chat.session().webchatSessionId())), request.cause());
    }
}

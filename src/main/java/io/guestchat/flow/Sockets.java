package io.guestchat.flow;

import io.guestchat.chat.Cause;
import io.guestchat.chat.Chat;
import io.guestchat.chat.EndReason;
import io.guestchat.chat.SessionState.CatchingUp;
import io.guestchat.chat.SessionState.Connected;
import io.guestchat.chat.SessionState.Connecting;
import io.guestchat.chat.SessionState.Ended;
import io.guestchat.chat.SessionState.Lost;
import io.guestchat.contract.ErrorCode;
import io.guestchat.contract.EventDetail.SessionConnected;
import io.guestchat.contract.EventDetail.SessionLost;
import io.guestchat.contract.Failure;
import io.guestchat.dialect.Dialect;
import io.guestchat.observe.BridgeMeters;
import io.guestchat.platform.AccessToken;
import io.guestchat.platform.AccessTokens;
import io.guestchat.platform.Backoff;
import io.guestchat.platform.RetryAfter;
import io.guestchat.platform.Timer;
import io.guestchat.socket.HandshakeRefusal;
import io.guestchat.socket.SessionSocket;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import org.apache.camel.Exchange;
import org.apache.camel.support.SynchronizationAdapter;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The steps of a socket's life: what its opening, its refusal and its end mean to the chat. */
public final class Sockets {

    private static final Logger LOG = LoggerFactory.getLogger(Sockets.class);
    private static final String REASON = "lostReason";
    private static final String CODE = "lostCode";
    private static final String DELAY = "reconnectAfter";
    private static final String HELD_BACK = "heldBack";
    private static final String AT_ONCE = "reconnectAtOnce";
    private static final String TAKEN_OVER = "taken-over";
    private static final int GOING_AWAY = 1001;

    private final Connector connector;
    private final Dialect dialect;
    private final AccessTokens tokens;
    private final Backoff backoff;
    private final Clock clock;
    private final Duration displacedPause;
    private final Timer timer;
    private final Flows flows;
    private final Events events;
    private final Assignments assignments;
    private final Settling settling;
    private final BridgeMeters meters;

    /** @param displacedPause how long to wait where another socket took the session: a session timeout of the group */
    public Sockets(Connector connector, Dialect dialect, AccessTokens tokens, Backoff backoff, Clock clock,
            Duration displacedPause, Timer timer, Flows flows, Events events, Assignments assignments, Settling settling,
            BridgeMeters meters) {
        this.connector = connector;
        this.dialect = dialect;
        this.tokens = tokens;
        this.backoff = backoff;
        this.clock = clock;
        this.displacedPause = displacedPause;
        this.timer = timer;
        this.flows = flows;
        this.events = events;
        this.assignments = assignments;
        this.settling = settling;
        this.meters = meters;
    }

    /** The session is there; its first socket is to be opened. */
    public void open(Exchange exchange) {
        Chat chat = Step.chat(exchange);
        chat.reconnecting().down(timer.nanoTime());
        connector.connect(chat);
    }

    public void opened(Exchange exchange) {
        Chat chat = Step.chat(exchange);
        SessionSocket socket = socket(exchange);
        chat.reconnecting().ended();
        Step.next(exchange, "none");
        if (chat.state() instanceof Ended ended) {
            // While its socket was being opened; or before a crash, and nobody has hung up. Over is over, whoever has it now.
            socket.close(Endings.closeCode(ended.reason()), null);
        } else if (chat.isReleased() || chat.custody().isLeaving()) {
            socket.close(GOING_AWAY, null);
        } else if (chat.state() instanceof Connecting connecting) {
            chat.become(connecting.opened(socket));
            chat.reconnecting().up();
            chat.untold().add(Untold.CONNECTED);
            Step.next(exchange, "connected");
        } else if (chat.state() instanceof Lost lost) {
            chat.become(lost.reopened(socket));
            chat.reconnecting().up();
            chat.openGap();
            flows.start("catch-up", chat, null);
        } else {
            socket.close(GOING_AWAY, null);
        }
    }

    public void connected(Exchange exchange) {
        Chat chat = Step.chat(exchange);
        chat.untold().remove(Untold.CONNECTED);
        assignments.watch(chat);
        LOG.info("session connected chatId={} session={}", chat.chatId(), chat.session().webchatSessionId());
        Step.outgoing(exchange, events.lifecycle(chat, new SessionConnected(chat.session().webchatSessionId()), 1), Cause.NONE);
    }

    public void refused(Exchange exchange) {
        Chat chat = Step.chat(exchange);
        HandshakeRefusal refusal = exchange.getMessage().getBody(HandshakeRefusal.class);
        chat.reconnecting().ended();
        Step.next(exchange, "none");
        if (chat.isReleased() || !chat.isLive()) {
            return;
        }
        switch (dialect.refused(refusal.status())) {
            case EXPIRED -> end(exchange, EndReason.EXPIRED, null);
            case UNAUTHORIZED -> unauthorized(exchange, refusal);
            case FORBIDDEN -> refusedForGood(exchange, ErrorCode.FORBIDDEN, refusal);
            case RETRY -> again(chat, refusal);
        }
    }

    /** Once, and at once, with a fresh token. */
    private void unauthorized(Exchange exchange, HandshakeRefusal refusal) {
        Chat chat = Step.chat(exchange);
        AccessToken refused = exchange.getProperty(SocketEvents.TOKEN, AccessToken.class);
        if (refused != null) {
            tokens.invalidate(refused);
        }
        if (chat.reconnecting().mayTryFreshToken()) {
            connector.connect(chat);
        } else {
            refusedForGood(exchange, ErrorCode.UNAUTHORIZED, refusal);
        }
    }

    /** A chat that has been connected keeps trying: one revoked role must not end ten thousand chats. */
    private void refusedForGood(Exchange exchange, ErrorCode code, HandshakeRefusal refusal) {
        Chat chat = Step.chat(exchange);
        if (chat.session().connectedBefore()) {
            again(chat, refusal);
        } else {
            end(exchange, EndReason.FAILED,
                    Failure.of(code, "the platform refused the session's socket", refusal.status()));
        }
    }

    private void again(Chat chat, HandshakeRefusal refusal) {
        Duration floor = Optional.ofNullable(refusal.retryAfter())
                .flatMap(value -> RetryAfter.parse(value, clock.instant()))
                .orElse(Duration.ZERO);
        int attempts = chat.reconnecting().failed();
        // In the line it goes on when the others do, and ten thousand chats need no timer each.
        boolean standInLine = connector.isHeld() && !Connector.NO_TOKEN.equals(refusal.cause());
        Duration delay = standInLine ? floor : backoff.delay(attempts, floor);
        LOG.debug("handshake refused chatId={} status={} cause={} attempts={} nextInMs={}", chat.chatId(), refusal.status(),
                refusal.cause(), attempts, delay.toMillis());
        connector.connectAfter(chat, delay);
    }

    public void closed(Exchange exchange) {
        Chat chat = Step.chat(exchange);
        SocketEvents.Closed closed = exchange.getMessage().getBody(SocketEvents.Closed.class);
        Step.next(exchange, "none");
        exchange.setProperty(HELD_BACK, false);
        if (chat.custody().isLeaving()) {
            // Not before all that follows from it is done: where the platform has ended the chat, only its close says so.
            whenThrough(exchange, chat.custody()::left);
        }
        if (chat.isReleased() || !chat.isCurrent(socket(exchange)) || !(chat.state() instanceof Connected connected)) {
            return;
        }
        chat.askedSettled(null);
        Dialect.CloseMeaning meaning = dialect.closed(closed.code());
        if (meaning == Dialect.CloseMeaning.ENDED) {
            end(exchange, EndReason.CLOSED_BY_PLATFORM, null);
            return;
        }
        // No history has them for sure, so the gap goes only when they are told.
        boolean heldBack = chat.gap() != null && !chat.session().isAssigned() && !chat.gap().kept().isEmpty();
        exchange.setProperty(HELD_BACK, heldBack);
        if (chat.custody().isLeaving()) {
            // Closed by us, or in time: its next owner opens it again.
            return;
        }
        boolean toldBefore = connected instanceof CatchingUp && !chat.gap().isLookBack();
        chat.guestTexts().rewind();
        if (!heldBack) {
            chat.giveUpGap();
        }
        chat.become(connected.lost());
        chat.reconnecting().down(timer.nanoTime());
        exchange.setProperty(DELAY, meaning == Dialect.CloseMeaning.DISPLACED ? displacedPause : Duration.ZERO);
        meters.reconnect(closed.code() == null ? closed.cause() : closed.code().toString());
        if (toldBefore) {
            // Lost again before it was back: one loss, told once.
            openAgain(exchange);
        } else {
            exchange.setProperty(CODE, closed.code());
            exchange.setProperty(REASON, closed.cause());
            chat.countLoss();
            chat.untold().add(Untold.LOST);
            Step.next(exchange, "lost");
        }
    }

    private static void whenThrough(Exchange exchange, Runnable what) {
        exchange.getExchangeExtension().addOnCompletion(new SynchronizationAdapter() {
            @Override
            public void onDone(Exchange done) {
                what.run();
            }
        });
    }

    public void lost(Exchange exchange) {
        Chat chat = Step.chat(exchange);
        Integer code = exchange.getProperty(CODE, Integer.class);
        String reason = exchange.getProperty(REASON, String.class);
        chat.untold().remove(Untold.LOST);
        LOG.info("session lost chatId={} session={} code={} reason={}", chat.chatId(), chat.session().webchatSessionId(), code, reason);
        Step.outgoing(exchange, events.lifecycle(chat, new SessionLost(code, reason), chat.losses()), Cause.NONE);
    }

    /**
     * The first attempt after a loss is spread a little: ten thousand sockets may have been lost together. After a takeover, which
     * has waited for the group long enough, only {@code genesys.connect.per-minute} spreads it.
     */
    public void openAgain(Exchange exchange) {
        Chat chat = Step.chat(exchange);
        chat.reconnecting().down(timer.nanoTime());
        if (exchange.getProperty(AT_ONCE) != null) {
            connector.connect(chat);
            return;
        }
        Duration floor = exchange.getProperty(DELAY, Duration.ZERO, Duration.class);
        connector.connectAfter(chat, backoff.delay(1, floor));
    }

    /**
     * A chat of a former owner. The body is the name of the state in which it left the chat, which need not be the chat's any more:
     * requests that come again may have been carried out meanwhile.
     */
    public void takenOver(Exchange exchange) {
        Chat chat = Step.chat(exchange);
        String left = exchange.getMessage().getBody(String.class);
        Step.next(exchange, "none");
        if (chat.isReleased() || "starting".equals(left)) {
            // The request that began it comes again, and carries the intent out.
            return;
        }
        if (chat.state() instanceof Ended ended) {
            Step.next(exchange, "ended".equals(left) ? "ended" : "none");
            if (Endings.endsSession(ended.reason())) {
                // Nothing tells whether its former owner came to hang up.
                connector.connectToHangUp(chat);
            }
            return;
        }
        Step.next(exchange, "open");
        exchange.setProperty(AT_ONCE, true);
        chat.activity().takenUp(events.millis());
        chat.reconnecting().down(timer.nanoTime());
        if ("connected".equals(left)) {
            meters.reconnect(TAKEN_OVER);
        }
        if (chat.untold().contains(Untold.LOST)) {
            exchange.setProperty(REASON, TAKEN_OVER);
            Step.next(exchange, "lost");
        }
    }

    public void pong(Exchange exchange) {
        Chat chat = Step.chat(exchange);
        long ping = exchange.getMessage().getBody(Long.class);
        Step.next(exchange, "none");
        if (!chat.isReleased() && chat.isCurrent(socket(exchange))) {
            settling.pong(chat, ping);
            if (chat.gap() != null && chat.gap().isPong(ping)) {
                Step.next(exchange, settling.closes(chat) ? "gap-closed" : "none");
            }
        }
    }

    private static void end(Exchange exchange, EndReason reason, Failure failure) {
        Step.ending(exchange, reason, failure, Cause.NONE);
    }

    private static SessionSocket socket(Exchange exchange) {
        return exchange.getProperty(SocketEvents.SOCKET, SessionSocket.class);
    }
}

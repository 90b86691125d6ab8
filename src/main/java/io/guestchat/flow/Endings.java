package io.guestchat.flow;

import io.guestchat.chat.Cause;
import io.guestchat.chat.Chat;
import io.guestchat.chat.Chat.Refusal;
import io.guestchat.chat.EndReason;
import io.guestchat.chat.GuestText;
import io.guestchat.chat.Request;
import io.guestchat.chat.SessionState.CatchingUp;
import io.guestchat.chat.SessionState.Connected;
import io.guestchat.chat.SessionState.Ended;
import io.guestchat.chat.SessionState.Live;
import io.guestchat.chat.SessionState.Open;
import io.guestchat.chat.SessionState.Starting;
import io.guestchat.contract.ErrorCode;
import io.guestchat.contract.EventDetail.ChatEnded;
import io.guestchat.contract.Failure;
import io.guestchat.contract.RequestFailedException;
import io.guestchat.observe.BridgeMeters;
import io.guestchat.chat.Chats;
import io.guestchat.platform.Timer;
import io.guestchat.socket.SessionSocket;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.camel.Exchange;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The steps of a chat's end, whatever ends it. */
public final class Endings {

    private static final Logger LOG = LoggerFactory.getLogger(Endings.class);
    private static final String SOCKET = "endingSocket";
    private static final int NORMAL_CLOSURE = 1000;
    private static final int GOING_AWAY = 1001;
    private static final Duration LOOK = Duration.ofMillis(50);

    private final Chats chats;
    private final Duration maxElapsed;
    private final Duration idleTimeout;
    private final Duration gapPatience;
    private final Timer timer;
    private final Events events;
    private final BridgeMeters meters;

    /** @param maxElapsed how long a chat without a socket is waited for ({@code genesys.retry.max-elapsed}) */
    public Endings(Chats chats, Duration maxElapsed, Duration idleTimeout, Timer timer, Events events, BridgeMeters meters) {
        this.chats = chats;
        this.maxElapsed = maxElapsed;
        this.idleTimeout = idleTimeout;
        Duration tenth = idleTimeout.dividedBy(10);
        this.gapPatience = tenth.compareTo(maxElapsed) > 0 ? tenth : maxElapsed;
        this.timer = timer;
        this.events = events;
        this.meters = meters;
    }

    /**
     * Completes when the texts before the {@code end} have gone, or cannot go: the chat is over, or has not flowed for too long.
     * Texts that are held for a conversation are not waited for. It looks again and again, as what it waits for is told nowhere.
     */
    public CompletionStage<Void> quiet(Exchange exchange) {
        CompletableFuture<Void> quiet = new CompletableFuture<>();
        look(Step.chat(exchange), timer.nanoTime(), quiet);
        return quiet;
    }

    private void look(Chat chat, long since, CompletableFuture<Void> quiet) {
        long now = timer.nanoTime();
        boolean over = chat.isReleased() || !chat.isLive();
        boolean gone = chat.state() instanceof Open open && (!open.session().isAssigned() || chat.isQuiet());
        // A chat whose history cannot be read has a socket, but its texts wait all the same.
        long down = chat.state() instanceof CatchingUp ? now - since : Math.min(chat.reconnecting().downFor(now), now - since);
        boolean tooLong = !(chat.state() instanceof Open) && down > maxElapsed.toNanos();
        if (over || gone || tooLong) {
            quiet.complete(null);
        } else {
            timer.after(LOOK, () -> look(chat, since, quiet));
        }
    }

    public void requested(Exchange exchange) throws RequestFailedException {
        Chat chat = Step.chat(exchange);
        Request request = Step.request(exchange);
        if (!chat.isLive()) {
            throw Step.ended();
        }
        // Its outcome is the chat's end, and the state that says so has to say that it is done, too.
        chat.progress().finish(request);
        Step.ending(exchange, EndReason.REQUESTED, null, request.cause());
    }

    public void idle(Exchange exchange) {
        Chat chat = Step.chat(exchange);
        boolean idle = chat.isLive() && chat.session() != null && isIdle(chat);
        Step.next(exchange, "none");
        if (idle) {
            Step.ending(exchange, EndReason.IDLE, null, Cause.NONE);
        }
    }

    /** Whether nothing has gone through the chat, either way, for {@code chat.idle-timeout}, whoever had it meanwhile. */
    public boolean isIdle(Chat chat) {
        long last = chat.activity().lastMillis();
        return last > 0 && events.millis() - last > idleTimeout.toMillis() && !chat.progress().isBusy() && !mayHaveMissed(chat);
    }

    /**
     * Whether something may have been said that is not known yet: the gap of a lost socket, or of a takeover, is not closed. That is
     * waited for, but not for ever: a chat that cannot reconnect is idle in the end, too. It may stand in line with all others.
     */
    private boolean mayHaveMissed(Chat chat) {
        return !(chat.state() instanceof Open) && chat.reconnecting().lostFor(timer.nanoTime()) <= gapPatience.toNanos();
    }

    /** The transition, with what is refused because of it. A text that was written and not settled may have arrived. */
    public void end(Exchange exchange) {
        Chat chat = Step.chat(exchange);
        Step.Ending ending = Step.ending(exchange);
        if (chat.state() instanceof Connected connected) {
            exchange.setProperty(SOCKET, connected.socket());
        }
        boolean unread = "unread".equals(exchange.getProperty(LastWords.LEFT));
        for (GuestText text : chat.guestTexts().unfinished()) {
            chat.refusals().add(new Refusal(text.request(), chat.guestTexts().isTold(text) || unread && chat.formerTexts().isInDoubt(text.request())
                    ? Failure.of(ErrorCode.DELIVERY_UNKNOWN, "the chat ended before the text was known to have arrived")
                    : Step.ended().failure()));
            chat.progress().finish(text.request());
        }
        chat.guestTexts().clear();
        chat.refusals().addAll(chat.unreadable());
        chat.unreadable().clear();
        if (chat.state() instanceof Live live) {
            chat.become(live.ended(ending.reason(), ending.error(), ending.cause()));
        } else if (chat.state() instanceof Starting starting) {
            chat.become(starting.abandoned());
        } else {
            throw new IllegalStateException("an end for " + chat);
        }
        chat.giveUpGap();
        chat.endedAt(events.millis());
    }

    /** Only what ends the chat closes with 1000: the platform takes it for the guest's leaving. */
    public void hangUp(Exchange exchange) {
        SessionSocket socket = exchange.getProperty(SOCKET, SessionSocket.class);
        if (socket != null) {
            socket.close(closeCode(Step.ending(exchange).reason()), null);
        }
    }

    static int closeCode(EndReason reason) {
        return endsSession(reason) ? NORMAL_CLOSURE : GOING_AWAY;
    }

    /** Whether the platform has to be told of such an end. */
    static boolean endsSession(EndReason reason) {
        return reason == EndReason.REQUESTED || reason == EndReason.IDLE;
    }

    public void leftOver(Exchange exchange) {
        Step.body(exchange, List.copyOf(Step.chat(exchange).refusals()));
    }

    /** Leaves the event in the body; nothing where the chat's {@code start} failed. */
    public void ended(Exchange exchange) {
        Chat chat = Step.chat(exchange);
        Ended ended = (Ended) chat.state();
        Step.body(exchange, null);
        if (ended.reason() != null) {
            String session = ended.session().webchatSessionId();
            LOG.info("chat ended chatId={} session={} reason={}", chat.chatId(), session, ended.reason().word());
            meters.ended(ended.reason().word());
            Step.outgoing(exchange, events.lifecycle(chat, new ChatEnded(session, ended.reason().word(), ended.error()), 1,
                    ended.cause().requestId()), ended.cause());
        }
    }

    public void told(Exchange exchange) {
        Chat chat = Step.chat(exchange);
        chats.over(chat);
    }
}

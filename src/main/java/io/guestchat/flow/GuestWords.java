package io.guestchat.flow;

import io.guestchat.chat.Chat;
import io.guestchat.chat.FormerTexts.Fate;
import io.guestchat.chat.GuestText;
import io.guestchat.chat.GuestTexts;
import io.guestchat.chat.Request;
import io.guestchat.chat.SessionState.Open;
import io.guestchat.config.ChatSettings;
import io.guestchat.contract.ErrorCode;
import io.guestchat.contract.EventDetail.MessageSent;
import io.guestchat.contract.GuestRequest.Message;
import io.guestchat.contract.RequestFailedException;
import io.guestchat.dialect.Dialect;
import io.guestchat.intake.Lease;
import io.guestchat.observe.BridgeMeters;
import io.guestchat.state.SessionRecord;
import io.guestchat.platform.Timer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.camel.Exchange;

/** The steps of {@code message} and {@code typing}. */
public final class GuestWords {

    private static final String SENT = "sent";
    private static final String UNTOLD = "untold";
    /** What the loop of the route goes by. */
    private static final String MAY_WRITE = "mayWrite";
    private static final String PACED = "paced";
    private static final Duration LEASE_PAUSE = Duration.ofMillis(250);

    private final ChatSettings settings;
    private final Lease lease;
    private final Dialect dialect;
    private final Settling settling;
    private final Timer timer;
    private final Flows flows;
    private final Events events;
    private final BridgeMeters meters;

    public GuestWords(ChatSettings settings, Lease lease, Dialect dialect, Settling settling, Timer timer, Flows flows, Events events,
            BridgeMeters meters) {
        this.settings = settings;
        this.lease = lease;
        this.dialect = dialect;
        this.settling = settling;
        this.timer = timer;
        this.flows = flows;
        this.events = events;
        this.meters = meters;
    }

    /** Puts the text in line; before a conversation it is held in the durable state, and its request is done with that. */
    public void accept(Exchange exchange) throws RequestFailedException {
        Chat chat = Step.chat(exchange);
        Request request = Step.request(exchange);
        if (!chat.isLive()) {
            throw Step.ended();
        }
        chat.activity().seen(events.millis());
        GuestText text = new GuestText(request, ((Message) request.content()).text(), false);
        Fate fate = chat.claim(text);
        if (fate == Fate.UNKNOWN) {
            throw new RequestFailedException(ErrorCode.DELIVERY_UNKNOWN,
                    "a former owner of the chat may have written the text, and the history cannot tell");
        } else if (fate == Fate.ARRIVED) {
            exchange.setProperty(SENT, text);
            Step.next(exchange, "arrived");
        } else if (chat.session().isAssigned()) {
            bound(chat.guestTexts().waiting() + 1, settings.queueMaxMessages(), "texts wait for the socket (chat.queue.max-messages)");
            chat.guestTexts().add(text, false);
            Requests.defer(exchange);
            Step.next(exchange, "in-line");
        } else {
            GuestTexts held = chat.guestTexts();
            bound(held.waiting() + 1, settings.backlogMaxMessages(), "texts are held (chat.backlog.max-messages)");
            bound(held.waitingBytes() + text.text().getBytes(StandardCharsets.UTF_8).length, settings.backlogMaxBytes(),
                    "bytes of text are held (chat.backlog.max-bytes)");
            bound(held.durable().stream().mapToInt(one -> one.request().bytes()).sum() + request.bytes(), SessionRecord.MOST_STORED,
                    "bytes of requests are held");
            held.add(text, true);
            chat.progress().finish(request);
            Step.next(exchange, "held");
        }
    }

    private static void bound(int count, int most, String what) throws RequestFailedException {
        if (count > most) {
            throw new RequestFailedException(ErrorCode.BACKLOG_FULL, most + " " + what);
        }
    }

    /** Whether the first text in line may be written now. Where only the pace or the lease forbids it, sending goes on later. */
    boolean mayWrite(Chat chat) {
        if (chat.isReleased() || chat.custody().isLeaving() || !chat.guestTexts().hasWaiting()
                || !(chat.state() instanceof Open open) || !open.session().isAssigned() || !open.socket().isOpen()) {
            return false;
        }
        long wait = lease.isHeld() ? chat.pace().waitNanos(timer.nanoTime()) : LEASE_PAUSE.toNanos();
        if (wait > 0 && chat.sendingLater()) {
            timer.after(Duration.ofNanos(wait), () -> flows.start("send-texts", chat, PACED));
        }
        return wait == 0;
    }

    /** Writes it. Where the socket is gone the text stays in line, for the next one. */
    public CompletionStage<Void> write(Exchange exchange) {
        Chat chat = Step.chat(exchange);
        Open open = (Open) chat.state();
        GuestText text = chat.guestTexts().next();
        exchange.setProperty(UNTOLD, false);
        chat.pace().take(timer.nanoTime());
        return open.socket().write(dialect.textFrame(text.text(), open.session().conversationId())).handle((written, failure) -> {
            if (failure == null) {
                exchange.setProperty(SENT, text);
                exchange.setProperty(UNTOLD, chat.guestTexts().wrote());
                settling.wrote(chat);
                meters.guestText();
            }
            exchange.setProperty(MAY_WRITE, failure == null && mayWrite(chat));
            return null;
        });
    }

    /** Sending begins. Where the timer has come round, it may be set again: there is one at a time. */
    public void sending(Exchange exchange) {
        Chat chat = Step.chat(exchange);
        if (PACED.equals(exchange.getMessage().getBody())) {
            chat.sendingNow();
        }
        exchange.setProperty(MAY_WRITE, mayWrite(chat));
    }

    public void sent(Exchange exchange) {
        GuestText text = exchange.getProperty(SENT, GuestText.class);
        Step.outgoing(exchange, events.answer(text.request(), new MessageSent(Step.chat(exchange).session().conversationId())),
                text.request().cause());
    }

    /** Best effort: nobody waits for a typing that is past. */
    public CompletionStage<Void> typing(Exchange exchange) {
        Chat chat = Step.chat(exchange);
        if (!chat.isReleased() && lease.isHeld() && chat.state() instanceof Open open && open.socket().isOpen()) {
            chat.activity().seen(events.millis());
            return open.socket().write(dialect.typingFrame(open.session().conversationId())).exceptionally(gone -> null);
        }
        return CompletableFuture.completedFuture(null);
    }
}

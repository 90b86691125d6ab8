package io.guestchat.flow;

import io.guestchat.chat.Chat;
import io.guestchat.chat.Chat.AskedSettled;
import io.guestchat.chat.Gap;
import io.guestchat.chat.GuestText;
import io.guestchat.chat.SessionState.Open;
import io.guestchat.chat.Chats;
import io.guestchat.platform.Timer;
import java.time.Duration;
import java.util.List;
import org.apache.camel.Exchange;

/**
 * Settles the guest's texts: by an acknowledgement or an echo, by the history, and, where a platform gives no sign of its own, by
 * the pong to a ping that was sent after them on the same socket (contract, "What is promised").
 */
public final class Settling {

    /** A platform that acknowledges does so well within it, and stores what was written to it; then no ping is needed. */
    private static final Duration PATIENCE = Duration.ofSeconds(1);

    private final Chats chats;
    private final Timer timer;
    private final Flows flows;

    public Settling(Chats chats, Timer timer, Flows flows) {
        this.chats = chats;
        this.timer = timer;
        this.flows = flows;
    }

    /** A text was written. Sees to it that a sign is asked for, where none comes by itself. */
    void wrote(Chat chat) {
        if (chat.askedSettled() == null) {
            chat.askedSettled(new AskedSettled(-1, null));
            timer.after(PATIENCE, () -> flows.start("ask-settled", chat, null));
        }
    }

    /** The step of the route that asks. */
    public void ask(Exchange exchange) {
        Chat chat = Step.chat(exchange);
        chat.askedSettled(null);
        GuestText last = chat.guestTexts().lastWritten();
        if (last != null && chat.state() instanceof Open open) {
            chat.askedSettled(new AskedSettled(open.socket().ping(), last));
        }
    }

    /** A pong: what was written before its ping has arrived. */
    void pong(Chat chat, long ping) {
        AskedSettled asked = chat.askedSettled();
        if (asked != null && asked.ping() == ping) {
            chat.askedSettled(null);
            upTo(chat, asked.upTo());
            if (chat.guestTexts().hasUnsettled()) {
                wrote(chat);
            }
        }
    }

    /** That text has arrived, and all before it. */
    void upTo(Chat chat, GuestText text) {
        done(chat, chat.guestTexts().settleUpTo(text));
    }

    /** Their requests have been carried out. */
    void done(Chat chat, List<GuestText> settled) {
        if (!settled.isEmpty()) {
            settled.forEach(text -> chat.progress().finish(text.request()));
            chats.behind(chat);
        }
    }

    /**
     * Whether the gap's history may be acted upon. Where it cannot be told which frames are newer, or where it lacks a text of
     * ours that may still be on its way, it is read again, for the latter once.
     */
    boolean closes(Chat chat) {
        Gap gap = chat.gap();
        Gap.News news = chat.news(gap.history());
        if (!gap.closes(news.agentTexts().stream().map(item -> item.entry().text()).toList())) {
            flows.start("catch-up", chat, null);
            return false;
        }
        // A former owner wrote its last text a second before the chat became ours, at the latest (Lease, PartitionTakeover).
        boolean couldBeOnItsWay = !chat.formerTexts().isOpen();
        if (couldBeOnItsWay && news.claims().shown().size() < chat.inDoubt().size() && gap.mayReread()) {
            timer.after(stillOnItsWay(chat, gap), () -> flows.start("catch-up", chat, null));
            return false;
        }
        return true;
    }

    /**
     * What was written to the former socket may be on its way for a moment after its loss; reconnecting has spent a part of it
     * already.
     */
    private Duration stillOnItsWay(Chat chat, Gap gap) {
        Duration spent = gap.isLookBack() ? Duration.ZERO : Duration.ofNanos(chat.reconnecting().lostFor(timer.nanoTime()));
        return spent.compareTo(PATIENCE) < 0 ? PATIENCE.minus(spent) : Duration.ZERO;
    }
}

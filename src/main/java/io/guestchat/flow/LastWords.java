package io.guestchat.flow;

import io.guestchat.chat.Chat;
import io.guestchat.chat.Gap;
import io.guestchat.chat.SessionState.Live;
import io.guestchat.chat.SessionState.Open;
import io.guestchat.dialect.PlatformCall;
import io.guestchat.observe.BridgeMeters;
import org.apache.camel.Exchange;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The steps before a chat's end: its gap may not be closed yet, and nobody closes it later. */
public final class LastWords {

    /** What is left to tell of a chat that ends: {@code none}, {@code kept}, {@code history}, or that it is {@code unread}. */
    static final String LEFT = "lastWords";

    private static final Logger LOG = LoggerFactory.getLogger(LastWords.class);

    private final BridgeMeters meters;

    public LastWords(BridgeMeters meters) {
        this.meters = meters;
    }

    /**
     * The chat is about to end. What a gap lacks is asked for a last time, as nobody reads this history again; and where a text of
     * the guest is unsettled, whether it has arrived. A chat that flows and owes nothing ends at once.
     */
    public void ask(Exchange exchange) {
        Chat chat = Step.chat(exchange);
        exchange.setProperty(LEFT, "none");
        if (chat.isReleased() || !(chat.state() instanceof Live live)) {
            return;
        }
        boolean inDoubt = !(live instanceof Open) || chat.guestTexts().hasUnsettled();
        chat.guestTexts().rewind();
        Gap gap = chat.gap() == null ? chat.openGap() : chat.gap();
        gap.reading();
        if (live.session().isAssigned() && inDoubt) {
            exchange.setProperty(Histories.READING,
                    new HistoryReading(PlatformCall.Kind.GAP, live.session().conversationId(), CatchUp.PAGE_SIZE));
            exchange.setProperty(LEFT, "history");
        } else if (!gap.kept().isEmpty() || !chat.agentTexts().unpublished().isEmpty()) {
            exchange.setProperty(LEFT, "kept");
        }
    }

    /** There is no socket any more, so no ping is needed: all frames are here, and the history has them. */
    public void read(Exchange exchange) {
        Chat chat = Step.chat(exchange);
        Gap gap = chat.gap();
        gap.read(exchange.getProperty(Histories.READING, HistoryReading.class).history(), -1);
        gap.closes(chat.news(gap.history()).agentTexts().stream().map(item -> item.entry().text()).toList());
    }

    /** The chat ends all the same, with what came by frames. */
    public void unread(Exchange exchange) {
        Chat chat = Step.chat(exchange);
        exchange.setProperty(LEFT, "unread");
        meters.gapGivenUp();
        LOG.error("history cannot be read, the chat ends without it chatId={} session={} code={}", chat.chatId(),
                chat.session().webchatSessionId(), Refusals.failure(exchange, LOG).code());
    }
}

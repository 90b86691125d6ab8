package io.guestchat.ownership;

import io.guestchat.chat.Chat;
import io.guestchat.chat.ChatProgress.Reached;
import io.guestchat.chat.Chats;
import io.guestchat.flow.NotOursException;
import io.guestchat.flow.Step;
import io.guestchat.state.SessionRecordCodec;
import org.apache.camel.Exchange;
import org.apache.camel.component.kafka.KafkaConstants;

/** The steps of writing a chat's durable state. */
public final class SessionStates {

    private static final String REACHED = "reached";

    private final Chats chats;
    private final SessionMapping mapping;

    public SessionStates(Chats chats, SessionMapping mapping) {
        this.chats = chats;
        this.mapping = mapping;
    }

    /** The state as it stands. To the partition that the chat's requests come from, whatever partitioner their producer uses. */
    public void record(Exchange exchange) {
        Chat chat = Step.chat(exchange);
        if (!chats.isCurrent(chat)) {
            throw new NotOursException(chat + " is no longer ours to write");
        }
        chat.custody().clean();
        Reached reached = chat.progress().reached();
        exchange.setProperty(REACHED, reached);
        write(exchange, chat, SessionRecordCodec.write(mapping.record(chat, reached.lastOffset())));
    }

    /** The state has changed, and no step waits for it to be durable: it is written half a second behind. */
    public void behind(Exchange exchange) {
        chats.behind(Step.chat(exchange));
    }

    /** Whether the durable state may lack something that the chat has come to. */
    public boolean isBehind(Exchange exchange) {
        return Step.chat(exchange).custody().isDirty();
    }

    /** What the state says is done needs no redelivery any more. */
    public void durable(Exchange exchange) {
        exchange.getProperty(REACHED, Reached.class).durable();
    }

    /** Nothing of the chat can come again. Where its id has been taken again meanwhile, that chat's state stays. */
    public void tombstone(Exchange exchange) {
        Chat chat = Step.chat(exchange);
        boolean current = chats.isCurrent(chat) && !chat.isLive();
        Step.next(exchange, current ? "forget" : "none");
        if (current) {
            write(exchange, chat, null);
        }
    }

    public void forget(Exchange exchange) {
        chats.forget(Step.chat(exchange));
    }

    private static void write(Exchange exchange, Chat chat, byte[] value) {
        exchange.getMessage().removeHeaders("*");
        exchange.getMessage().setHeader(KafkaConstants.KEY, chat.keyBytes());
        exchange.getMessage().setHeader(KafkaConstants.PARTITION_KEY, chat.key().partition());
        exchange.getMessage().setBody(value);
    }
}

package io.guestchat.flow;

import io.guestchat.chat.Cause;
import io.guestchat.chat.Chat;
import io.guestchat.chat.EndReason;
import io.guestchat.chat.Request;
import io.guestchat.contract.ErrorCode;
import io.guestchat.contract.Failure;
import io.guestchat.contract.OutgoingRecord;
import io.guestchat.contract.RequestFailedException;
import org.apache.camel.Exchange;

/**
 * What the steps of a route tell each other. It is in properties, which stay within the bridge: headers are a message's own and
 * are cleared at every boundary.
 */
public final class Step {

    /** The {@link Chat} that the exchange works on. */
    public static final String CHAT = "chat";
    /** The {@link Request} that the exchange carries out. */
    public static final String REQUEST = "request";
    /** What {@code routes/requests.camel.yaml} dispatches by. */
    static final String REQUEST_TYPE = "requestType";
    /** What came of the step before: the word that a {@code choice} of the route looks at. */
    static final String NEXT = "step";
    /** Whether a conversation is assigned by this exchange. */
    static final String ASSIGNS = "assigns";

    private static final String ENDING = "ending";
    private static final String ASSIGNMENT = "assignment";

    private Step() {
    }

    public static Chat chat(Exchange exchange) {
        return exchange.getProperty(CHAT, Chat.class);
    }

    static Request request(Exchange exchange) {
        return exchange.getProperty(REQUEST, Request.class);
    }

    public static void next(Exchange exchange, String word) {
        exchange.setProperty(NEXT, word);
    }

    static void body(Exchange exchange, Object body) {
        exchange.getMessage().setBody(body);
    }

    static void outgoing(Exchange exchange, OutgoingRecord record, Cause cause) {
        body(exchange, new Outgoing(record, cause));
    }

    /** The chat is to end; {@code direct:end-chat} does it. */
    static void ending(Exchange exchange, EndReason reason, Failure error, Cause cause) {
        exchange.setProperty(ENDING, new Ending(reason, error, cause));
        next(exchange, "ended");
    }

    static Ending ending(Exchange exchange) {
        return exchange.getProperty(ENDING, Ending.class);
    }

    /** A conversation is to be assigned; {@code direct:assigned} does it. */
    static void assigns(Exchange exchange, String conversationId, String source) {
        exchange.setProperty(ASSIGNMENT, new Assignment(conversationId, source));
        exchange.setProperty(ASSIGNS, true);
    }

    static Assignment assignment(Exchange exchange) {
        return exchange.getProperty(ASSIGNMENT, Assignment.class);
    }

    /** For a request whose chat ended while it waited. */
    static RequestFailedException ended() {
        return new RequestFailedException(ErrorCode.CHAT_ENDED, "the chat ended before the request could be carried out");
    }

    /** How a chat ends. @param reason null where its {@code start} failed */
    record Ending(EndReason reason, Failure error, Cause cause) {
    }

    /** @param source {@code frame} or {@code details} */
    record Assignment(String conversationId, String source) {
    }

    /** A record to be published, and what caused it. */
    public record Outgoing(OutgoingRecord record, Cause cause) {
    }
}

package io.guestchat.flow;

import io.guestchat.chat.Chat;
import io.guestchat.chat.Chats;
import io.guestchat.chat.Request;
import io.guestchat.contract.ErrorCode;
import io.guestchat.contract.EventDetail.RequestFailed;
import io.guestchat.contract.Failure;
import io.guestchat.contract.InvalidRequestException;
import io.guestchat.contract.RequestFailedException;
import io.guestchat.observe.BridgeMeters;
import java.util.List;
import org.apache.camel.Exchange;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The steps of a refusal: why, and the event that says so. The dead letter is {@link io.guestchat.publish.DeadLetters}'. */
public final class Refusals {

    static final String REFUSED = "refused";
    /** Set by the route. */
    private static final String REFUSAL = "refusal";

    private static final Logger LOG = LoggerFactory.getLogger(Refusals.class);

    private final Chats chats;
    private final Events events;
    private final BridgeMeters meters;

    public Refusals(Chats chats, Events events, BridgeMeters meters) {
        this.chats = chats;
        this.events = events;
        this.meters = meters;
    }

    /** Leaves the {@link Chat.Refusal} of the exchange's request in the body. */
    public void refused(Exchange exchange) {
        Request request = Step.request(exchange);
        if (!chats.owns(request.partition())) {
            // It may fail for no other reason than that the chat was given away; it comes again, to whoever has the chat then.
            throw new NotOursException("its partition is no longer ours " + request);
        }
        if (Requests.isDeferred(exchange)) {
            // Its text is in line and will have its outcome; a fault behind that must not give it a second one.
            throw new IllegalStateException("a text in line is not refused " + request,
                    exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Throwable.class));
        }
        InvalidRequestException invalid = caught(exchange, InvalidRequestException.class);
        if (invalid != null) {
            request = request.unreadable(invalid.requestType(), invalid.requestId());
            exchange.setProperty(Step.REQUEST, request);
        }
        exchange.setProperty(REFUSED, true);
        Step.body(exchange, new Chat.Refusal(request, invalid != null ? invalid.failure() : failure(exchange, LOG)));
    }

    /** What the contract calls the failure that was caught. One that it has no name for is ours, and told in the log. */
    static Failure failure(Exchange exchange, Logger log) {
        RequestFailedException failed = caught(exchange, RequestFailedException.class);
        if (failed != null) {
            return failed.failure();
        }
        log.error("request failed request={}", Step.request(exchange), exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Throwable.class));
        return Failure.of(ErrorCode.PLATFORM_ERROR, "the bridge could not carry out the request");
    }

    private static <T extends Throwable> T caught(Exchange exchange, Class<T> type) {
        for (Throwable cause = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Throwable.class); cause != null;
                cause = cause.getCause()) {
            if (type.isInstance(cause)) {
                return type.cast(cause);
            }
        }
        return null;
    }

    /** Held requests that a former owner could read and we cannot; their refusals are left in the body. */
    public void unreadable(Exchange exchange) {
        Step.body(exchange, List.copyOf(Step.chat(exchange).unreadable()));
    }

    /** Those have been told. */
    public void unreadableTold(Exchange exchange) {
        Chat chat = Step.chat(exchange);
        if (!chat.unreadable().isEmpty()) {
            chat.unreadable().clear();
            chats.behind(chat);
        }
    }

    /** Counts the refusal and logs it, where no event tells of it, too. A key that is no chat id may be anything, and is not told. */
    public void noted(Exchange exchange) {
        Chat.Refusal refusal = exchange.getProperty(REFUSAL, Chat.Refusal.class);
        Request request = refusal.request();
        meters.refused(request.type(), refusal.failure().code());
        LOG.info("request refused chatId={} type={} code={} record={}-{}@{}", request.chatId() == null ? "none" : request.chatId(),
                request.type() == null ? "unreadable" : request.type(), refusal.failure().code(), request.topic(),
                request.partition(), request.offset());
    }

    public void event(Exchange exchange) {
        Chat.Refusal refusal = exchange.getProperty(REFUSAL, Chat.Refusal.class);
        Request request = refusal.request();
        Step.outgoing(exchange, events.answer(request, new RequestFailed(request.type(), refusal.failure())), request.cause());
    }
}

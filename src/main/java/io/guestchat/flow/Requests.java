package io.guestchat.flow;

import io.guestchat.chat.Chat;
import io.guestchat.chat.Request;
import io.guestchat.chat.SessionState.Starting;
import io.guestchat.contract.ChatId;
import io.guestchat.contract.ErrorCode;
import io.guestchat.contract.GuestRequest.Start;
import io.guestchat.contract.InvalidRequestException;
import io.guestchat.contract.RequestFailedException;
import io.guestchat.contract.RequestReader;
import io.guestchat.intake.RequestRecord;
import io.guestchat.observe.BridgeMeters;
import io.guestchat.chat.Chats;
import io.guestchat.state.StoredRequest.StoredHeader;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.camel.Exchange;

/** What all requests have in common: to be recognised, read, and brought to their outcome. */
public final class Requests {

    private static final String DEFERRED = "deferred";
    private static final String RECORD = "record";
    private static final String TOO_OLD = "tooOld";

    private final Chats chats;
    private final RequestReader reader;
    private final Duration maxAge;
    private final Events events;
    private final BridgeMeters meters;

    public Requests(Chats chats, RequestReader reader, Duration maxAge, Events events, BridgeMeters meters) {
        this.chats = chats;
        this.reader = reader;
        this.maxAge = maxAge;
        this.events = events;
        this.meters = meters;
    }

    /** Whose request is it, and has it been done before? */
    public void recognise(Exchange exchange) throws InvalidRequestException {
        RequestRecord received = exchange.getMessage().getBody(RequestRecord.class);
        Optional<String> chatId = ChatId.read(received.key());
        Request request = request(received, chatId.orElse(null));
        exchange.setProperty(Step.REQUEST, request);
        exchange.setProperty(RECORD, received);
        exchange.setProperty("redelivered", false);
        if (chatId.isEmpty()) {
            throw reader.keyless(received.value(), received.key() == null
                    ? "key: is missing"
                    : "key: is not a chat id of 1 to 200 code points without controls and whitespace");
        }
        Chat chat = chats.find(request.partition(), request.chatId());
        if (chat == null) {
            return;
        }
        if (chat.progress().isPast(request.offset())) {
            exchange.setProperty("redelivered", true);
        } else if (chat.isLive()) {
            adopt(exchange, chat);
        }
    }

    /** The request becomes the chat's: its offset is done when the chat's durable state says so. */
    static void adopt(Exchange exchange, Chat chat) {
        exchange.getProperty(RECORD, RequestRecord.class).handOver();
        chat.progress().take(Step.request(exchange));
        exchange.setProperty(Step.CHAT, chat);
    }

    /** A request that was carried out, refused or held before: nothing is left to do but to count it. */
    public void doneBefore(Exchange exchange) {
        meters.redelivered();
    }

    public void read(Exchange exchange) throws InvalidRequestException, RequestFailedException {
        Request request = Step.request(exchange);
        Request read = request.read(reader.read(request.value(), request.chatId()));
        exchange.setProperty(Step.REQUEST, read);
        exchange.setProperty(Step.REQUEST_TYPE, read.type());
        // Not the sum of the two: a producer may give any timestamp, the largest number among them.
        if (request.timestamp() < events.millis() - maxAge.toMillis()) {
            RequestFailedException tooOld =
                    new RequestFailedException(ErrorCode.REQUEST_TOO_OLD, "the request is older than " + maxAge.toSeconds() + " s");
            if (read.content() instanceof Start && isIntent(Step.chat(exchange))) {
                // Refused here it would leave its chat behind, which is to go with it.
                exchange.setProperty(TOO_OLD, tooOld);
            } else {
                throw tooOld;
            }
        }
    }

    /** Whether the chat is no more than an intent: its {@code start} was begun by an owner that is gone. */
    private static boolean isIntent(Chat chat) {
        return chat != null && chat.state() instanceof Starting;
    }

    /** Where the request is the {@code start} of such a chat. */
    static void checkAge(Exchange exchange) throws RequestFailedException {
        RequestFailedException tooOld = exchange.getProperty(TOO_OLD, RequestFailedException.class);
        if (tooOld != null) {
            throw tooOld;
        }
    }

    /** For a request that needs a chat. A chat that ended after the request was made is no unknown one. */
    public void liveChat(Exchange exchange) throws RequestFailedException {
        Request request = Step.request(exchange);
        Chat chat = Step.chat(exchange);
        // Requests come in order, so an intent that has no session yet will not get one: its start is gone from the topic.
        if (chat != null && chat.isLive() && !isIntent(chat)) {
            return;
        }
        Chat former = chat == null ? chats.find(request.partition(), request.chatId()) : chat;
        if (former != null && former.session() != null && request.timestamp() <= former.endedAtMillis()) {
            throw Step.ended();
        }
        throw new RequestFailedException(ErrorCode.UNKNOWN_CHAT, "no chat of this id is live");
    }

    /** The request has its outcome, unless a step has put that off ({@link #defer}). */
    public void through(Exchange exchange) {
        Chat chat = Step.chat(exchange);
        boolean refused = exchange.getProperty(Refusals.REFUSED) != null;
        if (chat != null && refused) {
            refused(chat, Step.request(exchange));
        } else if (chat != null && !isDeferred(exchange)) {
            finish(chat, Step.request(exchange));
        }
        if (exchange.getProperty(Step.REQUEST_TYPE) != null && !refused) {
            meters.accepted(Step.request(exchange).type());
        }
    }

    /** Its outcome is out, and its record is not waited for: the partition's other chats have room for theirs. */
    private void refused(Chat chat, Request request) {
        chat.progress().refused(request);
        request.settled().run();
        chats.behind(chat);
    }

    /** A chat that was forgotten while the request was on its way has no state any more that could speak for it. */
    private void finish(Chat chat, Request request) {
        chat.progress().finish(request);
        if (chat.isReleased() && chats.owns(request.partition())) {
            request.settled().run();
        } else {
            chats.behind(chat);
        }
    }

    /** The request's outcome comes later than the end of its route. */
    static void defer(Exchange exchange) {
        exchange.setProperty(DEFERRED, true);
    }

    static boolean isDeferred(Exchange exchange) {
        return exchange.getProperty(DEFERRED) != null;
    }

    /** The raw record, with a way to say that it needs no redelivery. */
    private static Request request(RequestRecord received, String chatId) {
        List<StoredHeader> headers = new ArrayList<>();
        received.headers().forEach(header -> headers.add(new StoredHeader(header.key(), header.value())));
        return new Request(received.topic(), received.partition(), received.offset(), received.timestamp(), received.key(),
                received.value(), headers, chatId, null, null, null, received::done);
    }
}

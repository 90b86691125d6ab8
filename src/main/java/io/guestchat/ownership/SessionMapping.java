package io.guestchat.ownership;

import io.guestchat.chat.AgentTexts;
import io.guestchat.chat.Cause;
import io.guestchat.chat.Chat;
import io.guestchat.chat.Chat.Refusal;
import io.guestchat.chat.ChatKey;
import io.guestchat.chat.ChatMemory;
import io.guestchat.chat.ChatProgress.Reached;
import io.guestchat.chat.Chats;
import io.guestchat.chat.Custody;
import io.guestchat.chat.EndReason;
import io.guestchat.chat.GuestText;
import io.guestchat.chat.GuestTexts;
import io.guestchat.chat.Request;
import io.guestchat.chat.Session;
import io.guestchat.chat.SessionState;
import io.guestchat.chat.SessionState.Ended;
import io.guestchat.chat.SessionState.Lost;
import io.guestchat.chat.SessionState.Starting;
import io.guestchat.chat.Turn;
import io.guestchat.contract.ErrorCode;
import io.guestchat.contract.Failure;
import io.guestchat.contract.GuestRequest.Message;
import io.guestchat.contract.InvalidRequestException;
import io.guestchat.contract.RequestReader;
import io.guestchat.flow.Untold;
import io.guestchat.state.SessionRecord;
import io.guestchat.state.SessionRecord.End;
import io.guestchat.state.StoredRequest;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** A chat to its durable state, and back. */
public final class SessionMapping {

    private final String requestsTopic;
    private final RequestReader reader;
    private final Chats chats;

    /** @param reader takes any text that was ever taken, whatever the limit is now */
    public SessionMapping(String requestsTopic, RequestReader reader, Chats chats) {
        this.requestsTopic = requestsTopic;
        this.reader = reader;
        this.chats = chats;
    }

    /** In the chat's turn. */
    public SessionRecord record(Chat chat, long lastOffset) {
        Session session = chat.session();
        SessionState state = chat.state();
        return new SessionRecord(SessionRecord.VERSION, chat.custody().generation(), state.durableName(),
                session == null ? null : session.webchatSessionId(), session == null ? null : session.conversationId(), lastOffset,
                state instanceof Starting starting ? starting.start().stored() : null,
                held(chat),
                refused(chat.refusals()),
                chat.guestTexts().settled(), chat.agentTexts().published(), chat.agentTexts().unpublished(),
                chat.agentTexts().recentHashes(), chat.anchor(), chat.losses(),
                state instanceof Ended ended ? end(ended, chat.endedAtMillis()) : null, List.copyOf(chat.untold()),
                chat.activity().lastMillis(), chat.unknown());
    }

    private static List<StoredRequest> held(Chat chat) {
        Stream<Request> unreadable = chat.unreadable().stream().map(Refusal::request);
        Stream<Request> texts = chat.guestTexts().durable().stream().map(GuestText::request);
        return Stream.concat(unreadable, texts).map(Request::stored).toList();
    }

    /** Beyond what a state may hold, without value and headers: told again after a crash, such a dead letter is an empty one. */
    private static List<StoredRequest> refused(List<Refusal> refusals) {
        List<StoredRequest> refused = new ArrayList<>(refusals.size());
        int bytes = 0;
        for (Refusal refusal : refusals) {
            Request request = refusal.request();
            bytes += request.bytes();
            refused.add(bytes <= SessionRecord.MOST_STORED ? request.stored().refused(refusal.failure())
                    : new StoredRequest(request.offset(), request.timestamp(), null, null, refusal.failure()));
        }
        return refused;
    }

    private static End end(Ended ended, long at) {
        return new End(ended.reason() == null ? null : ended.reason().word(), ended.error(), ended.cause().requestId(),
                ended.cause().traceparent(), at);
    }

    /**
     * @param end the end of the partition of the requests, as of now; 0 where none of them has been seen, as the topic was made
     *        anew
     */
    Chat restore(int partition, String chatId, SessionRecord stored, int generation, long end) {
        boolean anew = stored.lastOffset() >= end;
        GuestTexts guestTexts = new GuestTexts(stored.settledTexts());
        List<Refusal> unreadable = new ArrayList<>();
        for (StoredRequest held : stored.held()) {
            Request request = request(partition, chatId, held);
            if (request.content() instanceof Message message) {
                guestTexts.add(new GuestText(request, message.text(), true), true);
            } else {
                unreadable.add(new Refusal(request, fault(chatId, held)));
            }
        }
        ChatMemory memory = new ChatMemory(new Reached(anew ? -1 : stored.lastOffset(), List.of()), guestTexts,
                new AgentTexts(stored.publishedTexts(), stored.recentHashes(), stored.unpublished()), stored.anchor(),
                stored.losses() + (isLostNow(stored) ? 1 : 0), untold(stored), stored.unknown());
        // No text is written before the conversation is durable.
        long formerOwnersEnd = stored.conversationId() == null ? Custody.NOBODY : anew ? 0 : end;
        Chat chat = chats.restored(new ChatKey(partition, chatId), new Turn(), state(partition, chatId, stored), memory, generation,
                formerOwnersEnd);
        chat.activity().restored(stored.lastActivity());
        chat.unreadable().addAll(unreadable);
        if (stored.end() != null) {
            chat.endedAt(stored.end().at());
        }
        for (StoredRequest refused : stored.refused()) {
            chat.refusals().add(new Refusal(request(partition, chatId, refused), refused.failure()));
        }
        if (anew && chat.state() instanceof Starting starting) {
            abandon(chat, starting);
        }
        return chat;
    }

    /**
     * Its socket went with the former owner. That is a loss from the start: any state that is written from now on says so, whoever
     * comes to write one before the loss is told.
     */
    private static boolean isLostNow(SessionRecord stored) {
        return "connected".equals(stored.state());
    }

    private static List<String> untold(SessionRecord stored) {
        return isLostNow(stored) ? Stream.concat(stored.untold().stream(), Stream.of(Untold.LOST)).toList() : stored.untold();
    }

    /** The request that began the chat does not come again to be carried out. */
    private static void abandon(Chat chat, Starting starting) {
        chat.refusals().add(new Refusal(starting.start(),
                Failure.of(ErrorCode.REQUEST_TOO_OLD, "the topic of the requests was made anew before the session was created")));
        chat.become(starting.abandoned());
        chat.endedAt(starting.start().timestamp());
    }

    /** Whatever socket there was went with the former owner. */
    private SessionState state(int partition, String chatId, SessionRecord stored) {
        return switch (stored.state()) {
            case "starting" -> new Starting(request(partition, chatId, stored.start()));
            case "ended" -> new Ended(session(stored, true), stored.end().reason() == null ? null : EndReason.of(stored.end().reason()),
                    stored.end().error(), new Cause(stored.end().request(), stored.end().traceparent()));
            default -> new Lost(session(stored, !"connecting".equals(stored.state())));
        };
    }

    private static Session session(SessionRecord stored, boolean connectedBefore) {
        return stored.webchatSessionId() == null ? null
                : new Session(stored.webchatSessionId(), stored.conversationId(), connectedBefore);
    }

    private Request request(int partition, String chatId, StoredRequest stored) {
        Request request = Request.restored(stored, requestsTopic, partition, chatId.getBytes(StandardCharsets.UTF_8), chatId);
        try {
            return request.read(reader.read(stored.value(), chatId));
        } catch (InvalidRequestException invalid) {
            return request.unreadable(invalid.requestType(), invalid.requestId());
        }
    }

    private Failure fault(String chatId, StoredRequest held) {
        try {
            reader.read(held.value(), chatId);
            return Failure.of(ErrorCode.INVALID_REQUEST, "type: is not one of a held request");
        } catch (InvalidRequestException invalid) {
            return invalid.failure();
        }
    }

    /** The chats that a partition's states make, in the order in which they are taken up: those with something to send first. */
    static List<Chat> inOrder(List<Chat> restored) {
        List<Chat> ordered = new ArrayList<>(restored);
        ordered.sort((one, other) -> Boolean.compare(other.guestTexts().hasWaiting(), one.guestTexts().hasWaiting()));
        return ordered;
    }
}

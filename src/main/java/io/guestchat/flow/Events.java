package io.guestchat.flow;

import io.guestchat.chat.Chat;
import io.guestchat.chat.Request;
import io.guestchat.contract.Event;
import io.guestchat.contract.EventDetail;
import io.guestchat.contract.Timestamps;
import java.time.Clock;

/** Makes events. Their ids are derived, so that what is told again after a crash has the same one (contract, "Events"). */
public final class Events {

    private final Clock clock;

    public Events(Clock clock) {
        this.clock = clock;
    }

    /** The answer to a request: its id is made of the request's place in its topic, and the type. */
    Event answer(Request request, EventDetail detail) {
        return answer(request.answerId(detail.type()), request.chatId(), request.id(), detail);
    }

    /** @param id the answer's, {@link Request#answerId} */
    Event answer(String id, String chatId, String requestId, EventDetail detail) {
        return new Event(id, chatId, now(), requestId, detail);
    }

    /** What happened to a session: its id is made of the session's, the type, and how often that has happened. */
    Event lifecycle(Chat chat, EventDetail detail, long number) {
        return lifecycle(chat, detail, number, null);
    }

    Event lifecycle(Chat chat, EventDetail detail, long number, String requestId) {
        String id = chat.session().webchatSessionId() + "/" + detail.type() + "/" + number;
        return new Event(id, chat.chatId(), now(), requestId, detail);
    }

    String now() {
        return Timestamps.iso(clock.instant());
    }

    long millis() {
        return clock.millis();
    }
}

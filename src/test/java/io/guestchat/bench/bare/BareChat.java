package io.guestchat.bench.bare;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.core.http.WebSocket;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/**
 * One chat and its socket. Texts wait for the socket, and after a loss for the history too; that is all that is looked after.
 * The loop and the socket's event loop come in; the chat's lock is held while they do.
 */
final class BareChat {

    private final String chatId;
    private final BarePlatform platform;
    private final BareOutbox outbox;
    private final Deque<String> waiting = new ArrayDeque<>();
    private String session;
    private String conversation;
    private WebSocket socket;
    private long published;
    private boolean over;

    BareChat(String chatId, BarePlatform platform, BareOutbox outbox) {
        this.chatId = chatId;
        this.platform = platform;
        this.outbox = outbox;
    }

    void start(String guest) {
        platform.createSession(guest).onFailure(Throwable::printStackTrace).onSuccess(made -> {
            synchronized (this) {
                session = made;
            }
            platform.connect(made, this::frame, this::closed).onFailure(Throwable::printStackTrace).onSuccess(open -> {
                outbox.event(chatId, made, "session-created");
                flow(open);
            });
        });
    }

    synchronized void say(String text) {
        if (socket == null) {
            waiting.add(text);
        } else {
            write(text);
        }
    }

    synchronized void end() {
        over = true;
        if (socket != null) {
            socket.close((short) 1000);
        }
    }

    private synchronized void flow(WebSocket open) {
        socket = open;
        while (!waiting.isEmpty()) {
            write(waiting.poll());
        }
    }

    private void write(String text) {
        ObjectNode frame = JsonNodeFactory.instance.objectNode().put("type", "text").put("text", text);
        if (conversation != null) {
            frame.put("conversationId", conversation);
        }
        socket.writeTextMessage(frame.put("messageDirection", "inbound").toString());
    }

    private synchronized void frame(JsonNode frame) {
        if (conversation == null && frame.hasNonNull("conversationId")) {
            conversation = frame.path("conversationId").asText();
        }
        if (frame.path("type").asText().equals("text") && !frame.path("messageDirection").asText().equals("inbound")) {
            outbox.message(chatId, session, conversation, ++published, frame.path("text").asText(), "socket");
        }
    }

    private void closed() {
        synchronized (this) {
            socket = null;
            if (over) {
                outbox.event(chatId, session, "chat-ended");
                return;
            }
        }
        platform.connect(session, this::frame, this::closed).onFailure(Throwable::printStackTrace)
                .onSuccess(open -> platform.history(conversation).onFailure(Throwable::printStackTrace)
                        .onSuccess(said -> resume(open, said)));
    }

    private synchronized void resume(WebSocket open, List<String> said) {
        while (published < said.size()) {
            outbox.message(chatId, session, conversation, published + 1, said.get((int) published++), "history");
        }
        outbox.event(chatId, session, "session-resumed");
        flow(open);
    }
}

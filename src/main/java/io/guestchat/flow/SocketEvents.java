package io.guestchat.flow;

import io.guestchat.chat.Chat;
import io.guestchat.platform.AccessToken;
import io.guestchat.socket.HandshakeRefusal;
import io.guestchat.socket.SessionSocket;
import io.guestchat.socket.SocketListener;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletionStage;

/** Brings the life of one socket to the routes, one event at a time: the next waits until the route is through. */
final class SocketEvents implements SocketListener {

    static final String SOCKET = "socket";
    static final String TOKEN = "token";

    private final Chat chat;
    private final AccessToken token;
    private final Flows flows;
    private final HandshakeOutcome outcome;
    private volatile SessionSocket socket;

    SocketEvents(Chat chat, AccessToken token, Flows flows, HandshakeOutcome outcome) {
        this.chat = chat;
        this.token = token;
        this.flows = flows;
        this.outcome = outcome;
    }

    /** The socket that tells its life here. */
    SessionSocket socket() {
        return socket;
    }

    @Override
    public CompletionStage<?> opened(SessionSocket opened) {
        socket = opened;
        outcome.opened();
        return flows.now("socket-opened", null, properties());
    }

    @Override
    public CompletionStage<?> refused(HandshakeRefusal refusal) {
        outcome.refused(refusal);
        return flows.now("socket-refused", refusal, properties());
    }

    @Override
    public CompletionStage<?> pong(long ping) {
        return flows.now("socket-pong", ping, properties());
    }

    @Override
    public CompletionStage<?> closed(Integer closeCode, String reason, String cause) {
        return flows.now("socket-closed", new Closed(closeCode, cause), properties());
    }

    private Map<String, Object> properties() {
        Map<String, Object> properties = new HashMap<>();
        properties.put(Step.CHAT, chat);
        properties.put(TOKEN, token);
        if (socket != null) {
            properties.put(SOCKET, socket);
        }
        return properties;
    }

    /** How a socket ended. @param code null where there was no close frame */
    record Closed(Integer code, String cause) {
    }
}

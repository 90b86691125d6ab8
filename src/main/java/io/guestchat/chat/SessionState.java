package io.guestchat.chat;

import io.guestchat.contract.Failure;
import io.guestchat.socket.SessionSocket;

/**
 * The state of a chat's session. Each legal transition is a method of the state that it leaves, so that another one does not
 * compile; what a caller cannot know beforehand is a question to ask with {@code instanceof}.
 *
 * <pre>
 *   Starting ──created──▶ Connecting ──opened──▶ Open ◀──caughtUp── CatchingUp
 *       │                     │                   │  ──lookBack──▶
 *       │                     │                   │                  ▲    │
 *       │                     │                 lost              reopened │
 *       │                     │                   ▼                  │  lost
 *       │                     │                  Lost ───────────────┘ ◀──┘
 *       ▼                     ▼                   ▼
 *     Ended ◀────── ended ── any state with a session
 * </pre>
 */
public sealed interface SessionState {

    /** Its name in the durable state. */
    String durableName();

    /**
     * The intent is durable, the session call is on its way. What a crash leaves here is carried out again when its
     * {@code start} is redelivered; a session that the platform had made meanwhile dies by the platform's own limit.
     */
    record Starting(Request start) implements SessionState {

        @Override
        public String durableName() {
            return "starting";
        }

        public Connecting created(String webchatSessionId) {
            return new Connecting(new Session(webchatSessionId, null, false));
        }

        /** A {@code start} that fails leaves no chat behind. */
        public Ended abandoned() {
            return new Ended(null, null, null, Cause.NONE);
        }
    }

    /** There is a session at the platform. */
    sealed interface Live extends SessionState {

        Session session();

        default Ended ended(EndReason reason, Failure error, Cause cause) {
            return new Ended(session(), reason, error, cause);
        }
    }

    /** There is a socket, and it is the session's only one. */
    sealed interface Connected extends Live {

        SessionSocket socket();

        /** The first conversation that is named is the chat's, and stays it. */
        Connected assigned(String conversationId);

        default Lost lost() {
            return new Lost(session());
        }
    }

    /** The session's first socket is being opened. A frame can't have been missed: there was nobody to send one to. */
    record Connecting(Session session) implements Live {

        @Override
        public String durableName() {
            return "connecting";
        }

        public Open opened(SessionSocket socket) {
            return new Open(session.connected(), socket);
        }
    }

    /** The chat flows: texts are written as they come, frames are published as they come. */
    record Open(Session session, SessionSocket socket) implements Connected {

        @Override
        public String durableName() {
            return "connected";
        }

        @Override
        public Open assigned(String conversationId) {
            return new Open(session.assigned(conversationId), socket);
        }

        /** The conversation has just been named, and its history may hold what a former gap lacks. */
        public CatchingUp lookBack() {
            return new CatchingUp(session, socket);
        }
    }

    /** The socket was lost, or belonged to a former owner of the chat; another one is being opened. Texts wait. */
    record Lost(Session session) implements Live {

        @Override
        public String durableName() {
            return session.connectedBefore() ? "lost" : "connecting";
        }

        public CatchingUp reopened(SessionSocket socket) {
            return new CatchingUp(session, socket);
        }
    }

    /** The socket is open again, and what was said meanwhile is read from the history. Frames and texts wait for that. */
    record CatchingUp(Session session, SessionSocket socket) implements Connected {

        @Override
        public String durableName() {
            return session.connectedBefore() ? "lost" : "connecting";
        }

        @Override
        public CatchingUp assigned(String conversationId) {
            return new CatchingUp(session.assigned(conversationId), socket);
        }

        public Open caughtUp() {
            return new Open(session.connected(), socket);
        }
    }

    /**
     * The chat is over. It stays in memory and in the state topic until no request before its end can come again.
     *
     * @param session null where the {@code start} failed
     * @param reason null where the {@code start} failed: there is no {@code chat-ended} then
     * @param cause the {@code end} request, where there was one
     */
    record Ended(Session session, EndReason reason, Failure error, Cause cause) implements SessionState {

        @Override
        public String durableName() {
            return "ended";
        }
    }
}

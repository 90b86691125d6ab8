package io.guestchat.dialect;

import io.guestchat.contract.GuestRequest.Guest;
import java.net.URI;

/**
 * One protocol of the platform: words calls and frames, reads answers and frames, and says what a close or a refusal means.
 * Implementations hold no state and are thread-safe.
 */
public interface Dialect {

    PlatformCall createSession(Guest guest);

    /** @return the new session's id, safe to stand in a path */
    String session(byte[] answer) throws UnusableAnswerException;

    /** @param kind {@link PlatformCall.Kind#SESSION_DETAILS} or {@link PlatformCall.Kind#POLL} */
    PlatformCall sessionDetails(PlatformCall.Kind kind, String webchatSessionId);

    SessionDetails details(byte[] answer) throws UnusableAnswerException;

    /** The first page of a conversation's history. */
    PlatformCall historyPage(PlatformCall.Kind kind, String conversationId, int pageSize, int pageNumber);

    /** @param asked the number of the page that was asked for */
    HistorySlice history(byte[] answer, int asked) throws UnusableAnswerException;

    /** Where a session's socket is, below the WebSocket base. */
    URI socket(URI websocketUrl, String webchatSessionId);

    /** Reads one text frame; what cannot be read is {@link PlatformFrame.Unreadable}, never an exception. */
    PlatformFrame frame(String text);

    /** The frame of a guest's text. */
    String textFrame(String text, String conversationId);

    /** The frame that shows the agent that the guest is typing; {@code conversationId} may be null. */
    String typingFrame(String conversationId);

    /** What it means when the platform closed a socket. @param code null where there was no close frame */
    CloseMeaning closed(Integer code);

    /** What it means when the platform refused a handshake. @param status null where there was no answer */
    RefusalMeaning refused(Integer status);

    /** What the platform's close of a socket says of the session. */
    enum CloseMeaning {
        /** The platform ended the chat. */
        ENDED,
        /** Another socket took the session: look who owns the chat before reconnecting. */
        DISPLACED,
        /** Anything else: the session lives on. */
        LOST
    }

    /** What a refused handshake says of the session. */
    enum RefusalMeaning {
        /** The session is unknown or has expired. */
        EXPIRED,
        /** The token was refused. */
        UNAUTHORIZED,
        /** The client may not do this. */
        FORBIDDEN,
        /** Try again later. */
        RETRY
    }
}

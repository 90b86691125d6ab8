package io.guestchat.dialect;

/**
 * What the platform says of a session.
 *
 * @param conversationId null before a conversation is assigned
 * @param status the platform's word, unchanged; may be null
 * @param ended why the session is over; null while it lives
 */
public record SessionDetails(String conversationId, String status, Ended ended) {

    /** How a session came to its end. */
    public enum Ended {
        EXPIRED, CLOSED
    }
}

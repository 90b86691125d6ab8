package io.guestchat.simulator;

import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * What happened to one session so far; a copy that does not change.
 *
 * @param conversationId null until one is assigned
 * @param email null where the guest gave none
 * @param handshakes sockets that were accepted
 * @param connected whether a socket is open now
 * @param arrived what the guest sent, in the order of its arrival; what comes twice is here twice
 * @param dropped frames that came on a socket after the platform had closed it
 * @param closures sockets that are closed, in that order
 * @param history the texts of both sides, oldest first
 */
public record SessionReport(String id, String webchatSessionId, String conversationId, String status, Guest guest,
        Instant created, int handshakes, boolean connected, List<Arrival> arrived, int dropped, List<Closure> closures,
        List<StoredText> history) {

    /** The guest, as the session call told it. */
    public record Guest(String displayName, String language, String email, List<String> tags, Map<String, String> metadata) {

        /** Without the person. */
        @Override
        public String toString() {
            return "Guest[" + language + "]";
        }
    }

    /**
     * A frame of the guest.
     *
     * @param socket which of the session's sockets it came on, from 1
     * @param type {@code text}, {@code typing}, {@code ack} or {@code malformed}
     * @param text of a text; the raw frame where it is malformed; else null
     * @param conversationId as the guest wrote it, right or wrong; null for none
     */
    public record Arrival(int socket, String type, String text, String conversationId, Instant at) {
    }

    /**
     * A socket's end.
     *
     * @param sent the close code that the platform sent first; null where it did not
     * @param received the close code that came from the guest, as the first or as the answer; null where none came
     */
    public record Closure(int socket, Integer sent, Integer received) {
    }

    /** The texts that arrived, in order. */
    public List<String> texts() {
        return arrived.stream().filter(a -> a.type().equals("text")).map(Arrival::text).toList();
    }

    /** What the agent said, in order. */
    public List<String> said() {
        return history.stream().filter(t -> !t.fromGuest()).map(StoredText::text).toList();
    }

    public String displayName() {
        return guest.displayName();
    }
}

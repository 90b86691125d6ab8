package io.guestchat.contract;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;

/**
 * One record of {@code guestchat.messages}: a text that the guest is to see.
 *
 * @param n the text's position among the session's agent texts, from 1
 * @param at ISO 8601 in UTC with milliseconds
 * @param from null where the platform does not tell it
 * @param via {@code socket} or {@code history}
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonPropertyOrder({"id", "chatId", "webchatSessionId", "conversationId", "n", "text", "at", "from", "via"})
public record AgentMessage(String chatId, String webchatSessionId, String conversationId, long n, String text, String at,
        Sender from, String via) implements OutgoingRecord {

    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Sender(String name) {

        @Override
        public String toString() {
            return "Sender";
        }
    }

    public String getId() {
        return id();
    }

    @Override
    @JsonIgnore
    public String id() {
        return webchatSessionId + "/" + n;
    }

    @Override
    @JsonIgnore
    public String name() {
        return "message";
    }

    /** Without text and sender. */
    @Override
    public String toString() {
        return "AgentMessage[" + id() + "]";
    }
}

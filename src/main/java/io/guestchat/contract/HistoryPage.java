package io.guestchat.contract;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import java.util.List;

/** One record of {@code guestchat.history}: a page of a conversation, oldest first over all pages. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonPropertyOrder({"id", "chatId", "requestId", "conversationId", "pageNumber", "last", "messages"})
public record HistoryPage(String id, String chatId, String requestId, String conversationId, int pageNumber, boolean last,
        List<Entry> messages) implements OutgoingRecord {

    public HistoryPage {
        messages = List.copyOf(messages);
    }

    /** One message; {@code direction} is the platform's word, {@code inbound} is the guest's. Null fields are left out. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Entry(String id, String text, String at, String direction, Party from, Party to) {

        @Override
        public String toString() {
            return "Entry[" + id + "]";
        }
    }

    /** Who wrote or received a message, as far as the platform tells. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Party(String name, String externalId) {

        @Override
        public String toString() {
            return "Party";
        }
    }

    @Override
    @JsonIgnore
    public String name() {
        return "history-page";
    }

    @Override
    public String toString() {
        return "HistoryPage[" + id + "]";
    }
}

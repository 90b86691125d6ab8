package io.guestchat.contract;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;

/** The fields that belong to one type of event (contract, "Events"). Null fields are left out. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public sealed interface EventDetail {

    /** The word in the event's {@code type}. */
    @JsonIgnore
    String type();

    record SessionCreated(String webchatSessionId) implements EventDetail {
        @Override
        public String type() {
            return "session-created";
        }
    }

    record SessionConnected(String webchatSessionId) implements EventDetail {
        @Override
        public String type() {
            return "session-connected";
        }
    }

    /** {@code source} is {@code frame} or {@code details}. */
    record ConversationAssigned(String webchatSessionId, String conversationId, String source) implements EventDetail {
        @Override
        public String type() {
            return "conversation-assigned";
        }
    }

    record AgentTyping(String conversationId) implements EventDetail {
        @Override
        public String type() {
            return "agent-typing";
        }
    }

    record MessageSent(String conversationId) implements EventDetail {
        @Override
        public String type() {
            return "message-sent";
        }
    }

    record MessageAcknowledged(String conversationId) implements EventDetail {
        @Override
        public String type() {
            return "message-acknowledged";
        }
    }

    record SessionLost(Integer closeCode, String reason) implements EventDetail {
        @Override
        public String type() {
            return "session-lost";
        }
    }

    /** {@code recovered} counts the messages of the gap that were published from the history. */
    record SessionResumed(int recovered) implements EventDetail {
        @Override
        public String type() {
            return "session-resumed";
        }
    }

    /** {@code status} is the platform's word, unchanged. */
    record SessionStatus(String webchatSessionId, String status, String conversationId, boolean connected)
            implements EventDetail {
        @Override
        public String type() {
            return "session-status";
        }
    }

    record HistoryDelivered(String conversationId, int pages, int messages) implements EventDetail {
        @Override
        public String type() {
            return "history-delivered";
        }
    }

    /** {@code error} only with the reason {@code failed}. */
    record ChatEnded(String webchatSessionId, String reason, Failure error) implements EventDetail {
        @Override
        public String type() {
            return "chat-ended";
        }
    }

    /** {@code requestType} where it could be read. */
    record RequestFailed(String requestType, Failure error) implements EventDetail {
        @Override
        public String type() {
            return "request-failed";
        }
    }
}

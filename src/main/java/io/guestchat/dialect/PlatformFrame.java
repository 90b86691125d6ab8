package io.guestchat.dialect;

/**
 * What came in over a session's socket. Any frame may name the conversation; {@code conversationId} is null where it does not.
 */
public sealed interface PlatformFrame {

    String conversationId();

    /** A text that the guest is to see. {@code senderName} is null where the frame does not tell it. */
    record AgentText(String text, String senderName, String conversationId) implements PlatformFrame {

        /** Without the text. */
        @Override
        public String toString() {
            return "AgentText";
        }
    }

    /** The guest's own text, sent back: it has arrived. */
    record GuestEcho(String text, String conversationId) implements PlatformFrame {

        @Override
        public String toString() {
            return "GuestEcho";
        }
    }

    /** The agent is typing. */
    record Typing(String conversationId) implements PlatformFrame {
    }

    /** A text of the guest has arrived; the frame does not say which. */
    record Acknowledgement(String conversationId) implements PlatformFrame {
    }

    /** A frame of a kind that we do not know; it may still name the conversation. */
    record Other(String conversationId) implements PlatformFrame {
    }

    /** Not a frame of this dialect at all. */
    record Unreadable(String conversationId) implements PlatformFrame {
    }
}

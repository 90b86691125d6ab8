package io.guestchat.chat;

/**
 * What the platform calls a chat.
 *
 * @param webchatSessionId never null
 * @param conversationId null before a conversation is assigned; then never another
 * @param connectedBefore whether {@code session-connected} has been told: it is told once per session
 */
public record Session(String webchatSessionId, String conversationId, boolean connectedBefore) {

    public boolean isAssigned() {
        return conversationId != null;
    }

    Session assigned(String conversation) {
        if (isAssigned()) {
            throw new IllegalStateException("session " + webchatSessionId + " has its conversation");
        }
        return new Session(webchatSessionId, conversation, connectedBefore);
    }

    Session connected() {
        return new Session(webchatSessionId, conversationId, true);
    }
}

package io.guestchat.chat;

import com.fasterxml.jackson.databind.JsonNode;
import io.guestchat.state.SessionRecord.Anchor;
import java.util.List;
import java.util.Map;

/** What a chat remembers from its durable state. */
public record ChatMemory(ChatProgress.Reached reached, GuestTexts guestTexts, AgentTexts agentTexts, Anchor anchor, int losses,
        List<String> untold, Map<String, JsonNode> unknown) {

    /** A chat that has no session yet. @param former how far a former chat of the same id came */
    public static ChatMemory fresh(ChatProgress.Reached former) {
        return new ChatMemory(former, new GuestTexts(0), new AgentTexts(0, List.of(), List.of()), null, 0, List.of(),
                Map.of());
    }

    /** Of what a later version has written, how much there is: nobody knows what it holds. */
    @Override
    public String toString() {
        return "ChatMemory[" + reached + ", losses=" + losses + ", untold=" + untold + ", unknown=" + unknown.size() + "]";
    }
}

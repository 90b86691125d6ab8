package io.guestchat.dialect.webchat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.guestchat.contract.LoneSurrogates;
import io.guestchat.dialect.PlatformFrame;

/** Reads and words the frames of a session's socket. {@code inbound} is guest to platform. */
final class Frames {

    private static final ObjectReader JSON = JsonMapper.builder().build().readerFor(JsonNode.class);

    private Frames() {
    }

    static PlatformFrame read(String frame) {
        try {
            return JSON.readTree(frame) instanceof ObjectNode object ? read(object) : new PlatformFrame.Unreadable(null);
        } catch (JsonProcessingException notJson) {
            return new PlatformFrame.Unreadable(null);
        }
    }

    private static PlatformFrame read(ObjectNode frame) {
        String conversationId = Answers.conversationId(frame);
        return switch (frame.path("type").asText("")) {
            case "text" -> text(frame, conversationId);
            case "typing" -> "inbound".equals(direction(frame))
                    ? new PlatformFrame.Other(conversationId)
                    : new PlatformFrame.Typing(conversationId);
            case "ack" -> new PlatformFrame.Acknowledgement(conversationId);
            default -> new PlatformFrame.Other(conversationId);
        };
    }

    private static PlatformFrame text(ObjectNode frame, String conversationId) {
        JsonNode text = frame.path("text");
        if (!text.isTextual() || text.textValue().isEmpty()) {
            return new PlatformFrame.Other(conversationId);
        }
        String said = LoneSurrogates.replacedIn(text.textValue());
        return "inbound".equals(direction(frame))
                ? new PlatformFrame.GuestEcho(said, conversationId)
                : new PlatformFrame.AgentText(said, Answers.text(frame.path("from"), "name"), conversationId);
    }

    /** A text without a direction comes from the platform. */
    private static String direction(ObjectNode frame) {
        return frame.path("messageDirection").asText("outbound");
    }

    static String text(String text, String conversationId) {
        return JsonNodeFactory.instance.objectNode()
                .put("type", "text")
                .put("text", text)
                .put("conversationId", conversationId)
                .put("messageDirection", "inbound")
                .toString();
    }

    static String typing(String conversationId) {
        ObjectNode frame = JsonNodeFactory.instance.objectNode().put("type", "typing");
        if (conversationId != null) {
            frame.put("conversationId", conversationId);
        }
        return frame.put("messageDirection", "inbound").toString();
    }
}

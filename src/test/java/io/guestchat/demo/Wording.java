package io.guestchat.demo;

import com.fasterxml.jackson.databind.JsonNode;
import io.guestchat.config.TopicSettings;
import io.guestchat.demo.Line.Tone;
import io.guestchat.harness.Received;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Says in a person's words what stands in a record. */
final class Wording {

    private static final String BRIDGE = "bridge";
    private static final String AGENT = "agent";

    private final TopicSettings topics;

    Wording(TopicSettings topics) {
        this.topics = topics;
    }

    Line request(Instant at, Guest guest, JsonNode request) {
        String type = request.path("type").asText();
        String what = type.equals("message") ? quoted(request.path("text").asText()) : type + requestDetails(request);
        return new Line(at, topics.requests(), guest.chatId(), guest.name(), what, Tone.GUEST);
    }

    private static String requestDetails(JsonNode request) {
        if (request.has("pageSize")) {
            return ", " + request.path("pageSize").asInt() + " messages a page";
        }
        return request.has("guest") ? ", in " + request.at("/guest/language").asText() : "";
    }

    List<Line> received(Received record) {
        String topic = record.raw().topic();
        if (topic.equals(topics.history())) {
            return page(record);
        }
        if (topic.equals(topics.messages())) {
            String name = record.text("from.name");
            return List.of(line(record, name == null ? AGENT : name, quoted(record.text("text")), Tone.AGENT));
        }
        if (topic.equals(topics.deadLetters())) {
            return List.of(line(record, BRIDGE, "dead letter: " + record.header("guestchat.error.code"), Tone.FAILURE));
        }
        return List.of(event(record));
    }

    private static Line event(Received event) {
        String type = event.type();
        String details = switch (type) {
            case "session-created" -> ", session " + event.text("webchatSessionId");
            case "conversation-assigned" ->
                    ", conversation " + event.text("conversationId") + ", told by " + event.text("source");
            case "session-lost" -> known(", close code ", event.text("closeCode")) + known(", ", event.text("reason"));
            case "session-resumed" -> ", " + event.text("recovered") + " texts recovered";
            case "session-status" -> ": " + event.text("status")
                    + (event.json().path("connected").asBoolean() ? ", connected" : ", not connected");
            case "history-delivered" -> ", messages: " + event.text("messages") + ", pages: " + event.text("pages");
            case "chat-ended" -> ": " + event.text("reason") + failure(event);
            case "request-failed" -> known(": ", event.text("requestType")) + failure(event);
            default -> "";
        };
        boolean bad = type.equals("request-failed") || type.equals("session-lost") || event.json().has("error");
        return line(event, type.startsWith("agent-") ? AGENT : BRIDGE, type + details, bad ? Tone.FAILURE : Tone.EVENT);
    }

    private static String failure(Received event) {
        return event.json().has("error") ? ", " + event.text("error.code") + known(": ", event.text("error.message")) : "";
    }

    private static List<Line> page(Received page) {
        List<Line> lines = new ArrayList<>();
        String last = page.json().path("last").asBoolean() ? ", the last" : "";
        lines.add(line(page, BRIDGE, "page " + page.text("pageNumber") + last, Tone.EVENT));
        for (JsonNode entry : page.json().path("messages")) {
            boolean guest = entry.path("direction").asText().equals("inbound");
            String name = entry.at("/from/name").asText(guest ? "guest" : AGENT);
            lines.add(Line.below(name, quoted(entry.path("text").asText()), guest ? Tone.GUEST : Tone.AGENT));
        }
        return lines;
    }

    private static Line line(Received record, String who, String what, Tone tone) {
        return new Line(Instant.ofEpochMilli(record.raw().timestamp()), record.raw().topic(), record.key(), who, what, tone);
    }

    private static String known(String before, String text) {
        return text == null ? "" : before + text;
    }

    private static String quoted(String text) {
        return '"' + text + '"';
    }
}

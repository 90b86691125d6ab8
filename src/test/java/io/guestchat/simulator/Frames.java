package io.guestchat.simulator;

import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.util.Locale;

/** The frames of the guest's socket: those the platform sends, written here, and those the guest sends, read here. */
final class Frames {

    static final String INBOUND = "inbound";
    static final String OUTBOUND = "outbound";

    /** What a guest sent. */
    record GuestFrame(Type type, String text, String conversationId) {

        enum Type {
            TEXT, TYPING, ACK, MALFORMED;

            String word() {
                return name().toLowerCase(Locale.ROOT);
            }
        }
    }

    private Frames() {
    }

    /** A frame of the platform; each of text, conversation id and direction is left out where it is null. */
    static String write(String type, String text, String conversationId, String direction) {
        JsonObject frame = new JsonObject().put("type", type);
        if (text != null) {
            frame.put("text", text);
        }
        if (conversationId != null) {
            frame.put("conversationId", conversationId);
        }
        if (direction != null) {
            frame.put("messageDirection", direction);
        }
        return frame.encode();
    }

    /** Never fails: what cannot be read is {@code MALFORMED}, its text the raw frame. */
    static GuestFrame read(String raw) {
        try {
            JsonObject frame = new JsonObject(raw);
            String conversationId = frame.getString("conversationId");
            String text = frame.getString("text");
            String type = frame.getString("type", "");
            if (type.equals("text") && text != null) {
                return new GuestFrame(GuestFrame.Type.TEXT, text, conversationId);
            }
            if (type.equals("typing")) {
                return new GuestFrame(GuestFrame.Type.TYPING, null, conversationId);
            }
            if (type.equals("ack")) {
                return new GuestFrame(GuestFrame.Type.ACK, null, conversationId);
            }
        } catch (DecodeException | ClassCastException notOurs) {
            return malformed(raw);
        }
        return malformed(raw);
    }

    static GuestFrame malformed(String raw) {
        return new GuestFrame(GuestFrame.Type.MALFORMED, raw, null);
    }
}

package io.guestchat.contract;

import java.util.List;
import java.util.Map;

/** A request of the contract, read and found valid. {@code id} is the caller's own, or null. */
public sealed interface GuestRequest {

    String id();

    /** The word in the record's {@code type}. */
    String type();

    record Start(String id, Guest guest) implements GuestRequest {
        @Override
        public String type() {
            return "start";
        }
    }

    record Message(String id, String text) implements GuestRequest {
        @Override
        public String type() {
            return "message";
        }

        /** Without the text: it may not reach a log. */
        @Override
        public String toString() {
            return "Message[id=" + id + "]";
        }
    }

    record Typing(String id) implements GuestRequest {
        @Override
        public String type() {
            return "typing";
        }
    }

    record History(String id, int pageSize) implements GuestRequest {
        @Override
        public String type() {
            return "history";
        }
    }

    record Status(String id) implements GuestRequest {
        @Override
        public String type() {
            return "status";
        }
    }

    record End(String id) implements GuestRequest {
        @Override
        public String type() {
            return "end";
        }
    }

    /** Who chats. {@code language} is a BCP 47 tag, never null; the rest may be null but for the name. */
    record Guest(String displayName, String language, String email, List<String> tags, Map<String, String> metadata) {

        public Guest {
            tags = tags == null ? null : List.copyOf(tags);
            metadata = metadata == null ? null : Map.copyOf(metadata);
        }

        /** Says nothing: name and address may not reach a log. */
        @Override
        public String toString() {
            return "Guest";
        }
    }
}

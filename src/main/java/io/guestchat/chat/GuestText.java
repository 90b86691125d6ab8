package io.guestchat.chat;

/**
 * A text of the guest on its way to the platform.
 *
 * @param durable whether it stands in the session's durable state, and so does not depend on its offset
 */
public record GuestText(Request request, String text, boolean durable) {

    GuestText held() {
        return new GuestText(request, text, true);
    }

    long offset() {
        return request.offset();
    }

    /** Without the text. */
    @Override
    public String toString() {
        return "GuestText[" + request + "]";
    }
}

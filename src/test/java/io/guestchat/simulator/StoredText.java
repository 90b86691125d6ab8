package io.guestchat.simulator;

import java.time.Instant;

/**
 * One text of a conversation, as the platform keeps it.
 *
 * @param id the entity's id
 * @param fromGuest whether the guest said it
 * @param text what was said
 * @param date whole milliseconds; later than that of the text before it
 */
public record StoredText(String id, boolean fromGuest, String text, Instant date) {

    String direction() {
        return fromGuest ? Frames.INBOUND : Frames.OUTBOUND;
    }
}

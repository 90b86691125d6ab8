package io.guestchat.faults;

import java.time.Instant;

/**
 * A text that was said.
 *
 * @param at just before it was
 */
record Said(String text, Instant at) {
}

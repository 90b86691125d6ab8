package io.guestchat.config;

import java.time.Duration;

/**
 * The keys {@code requests.*}.
 *
 * @param maxAge a request whose record is older is refused, so that a new group replays no old chat to a live agent
 */
public record RequestSettings(Duration maxAge) {
}

package io.guestchat.config;

import java.time.Duration;

/**
 * The keys {@code chat.*}: the bounds of one chat and of all.
 *
 * @param maxTextBytes the longest text of a guest, in bytes of UTF-8
 * @param messagesPerSecond texts a second to one chat's socket
 * @param backlogMaxMessages texts held without a conversation, of one chat
 * @param backlogMaxBytes their bytes of UTF-8; at least {@code maxTextBytes}
 * @param queueMaxMessages texts waiting for the socket, of one chat
 * @param idleTimeout a chat with nothing either way for so long is ended
 * @param maxLive live chats of this instance
 */
public record ChatSettings(int maxTextBytes, int messagesPerSecond, int backlogMaxMessages, int backlogMaxBytes,
        int queueMaxMessages, Duration idleTimeout, int maxLive) {
}

package io.guestchat.chat;

/**
 * What tells chats apart here: a chat id that arrives on two partitions is two chats (contract, "Topics").
 *
 * @param partition of the requests, and of the chat's state
 */
public record ChatKey(int partition, String chatId) {
}

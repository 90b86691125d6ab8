package io.guestchat.bench;

import java.nio.charset.StandardCharsets;

/** Chats are numbered; a record's key says the number. */
final class ChatNames {

    private static final String PREFIX = "bench-";

    private ChatNames() {
    }

    static byte[] key(int chat) {
        return name(chat).getBytes(StandardCharsets.UTF_8);
    }

    static String name(int chat) {
        return PREFIX + chat;
    }

    static int chat(byte[] key) {
        int chat = 0;
        for (int at = PREFIX.length(); at < key.length; at++) {
            chat = chat * 10 + key[at] - '0';
        }
        return chat;
    }
}

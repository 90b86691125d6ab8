package io.guestchat.demo;

import java.util.Locale;

/** Who chats. The chat id follows from the name, so that a name that comes again is the same chat. */
record Guest(String name) {

    String chatId() {
        String word = name.toLowerCase(Locale.ROOT).replaceAll("[^\\p{L}\\p{N}]+", "-").replaceAll("^-|-$", "");
        return "demo-" + (word.isEmpty() ? "guest" : word);
    }
}

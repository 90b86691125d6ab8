package io.guestchat.chat;

import io.guestchat.contract.GuestRequest.Message;
import io.guestchat.contract.HistoryPage.Entry;
import io.guestchat.dialect.HistorySlice.Item;
import io.guestchat.state.StoredRequest.StoredHeader;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** What the tests of this package are about: requests, texts, and what a history holds. */
final class ChatFixtures {

    static final String TOPIC = "guestchat.requests";
    private static final Runnable NOBODY = () -> { };

    private ChatFixtures() {
    }

    static Request request(long offset, Runnable settled, StoredHeader... headers) {
        return new Request(TOPIC, 0, offset, 1_000 + offset, bytes("chat-1"), bytes("{}"), List.of(headers), "chat-1", null, null, null,
                settled);
    }

    static Request request(long offset, StoredHeader... headers) {
        return request(offset, NOBODY, headers);
    }

    static GuestText text(long offset, String text) {
        return new GuestText(request(offset).read(new Message("r-" + offset, text)), text, false);
    }

    /** A message of the history; an id makes a message unique. */
    static Item item(String id, long at, boolean fromGuest, String text) {
        return new Item(new Entry(id, text, null, fromGuest ? "inbound" : "outbound", null, null), at, fromGuest);
    }

    static Item agent(String id, long at, String text) {
        return item(id, at, false, text);
    }

    static Item guest(String id, long at, String text) {
        return item(id, at, true, text);
    }

    static AgentTexts published(String... texts) {
        AgentTexts agent = new AgentTexts(0, List.of(), List.of());
        for (String text : texts) {
            agent.number(text);
        }
        return agent;
    }

    static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}

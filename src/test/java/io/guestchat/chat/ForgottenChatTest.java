package io.guestchat.chat;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ForgottenChatTest {

    private final Chats chats = new Chats(5);

    @Test
    void givenAChatWhoseStateIsBehind_whenItIsForgottenFirst_thenNothingOfItIsWrittenAnyMore() {
        // given
        chats.take(0, 1, -1, List.of());
        Chat chat = chats.begin(new Request("requests", 0, 0, 0, new byte[] {'a'}, new byte[0], List.of(), "a", null, null, null,
                () -> { }));
        chats.behind(chat);

        // when
        chats.forget(chat);

        // then
        List<Chat> written = new ArrayList<>();
        chats.writeBehind(written::add);
        assertThat(written).isEmpty();
        assertThat(chat.isReleased()).as("nor by a write that was under way").isTrue();
    }
}

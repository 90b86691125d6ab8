package io.guestchat.chat;

import static io.guestchat.chat.ChatFixtures.guest;
import static io.guestchat.chat.ChatFixtures.request;
import static org.assertj.core.api.Assertions.assertThat;

import io.guestchat.chat.SessionState.Starting;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A chat of a former owner whose texts the history shows before their requests come again. */
class ChatTest {

    private final Chat chat = new Chat(new ChatKey(0, "chat-1"), new Turn(), new Starting(request(1)),
            ChatMemory.fresh(ChatProgress.Reached.NOTHING), new Custody(1, 100), new Pace(5));

    @Test
    void givenTextsThatAreClaimedLater_whenTheHistoryIsReadAgain_thenWhatCameSinceIsStillNews() {
        // given
        read(History.of(List.of(guest("1", 1, "a"), guest("2", 2, "b"))));

        // when
        chat.settleUnwritten("a");
        chat.settleUnwritten("b");

        // then
        assertThat(chat.guestTexts().settled()).isEqualTo(2);
        History later = History.of(List.of(guest("1", 1, "a"), guest("2", 2, "b"), guest("3", 3, "c")));
        assertThat(chat.news(later).claims().unclaimed()).containsExactly("c");
    }

    @Test
    void givenUnclaimedTexts_whenAnotherGapIsRead_thenTheyMayStillBeClaimed() {
        read(History.of(List.of(guest("1", 1, "a"))));

        read(History.of(List.of(guest("1", 1, "a"), guest("2", 2, "b"))));

        assertThat(chat.formerTexts().unclaimed()).containsExactly("a", "b");
    }

    @Test
    void givenAHistoryWithoutIds_whenAnotherGapIsRead_thenNothingIsUnclaimedTwice() {
        read(History.of(List.of(guest(null, 1, "a"))));

        read(History.of(List.of(guest(null, 1, "a"), guest(null, 2, "b"))));

        assertThat(chat.formerTexts().unclaimed()).containsExactly("a", "b");
    }

    private void read(History history) {
        chat.openGap();
        chat.shown(history, chat.news(history).claims());
        chat.closeGap(history);
    }
}

package io.guestchat.chat;

import static io.guestchat.chat.ChatFixtures.agent;
import static io.guestchat.chat.ChatFixtures.guest;
import static io.guestchat.chat.ChatFixtures.request;
import static io.guestchat.chat.ChatFixtures.text;
import static org.assertj.core.api.Assertions.assertThat;

import io.guestchat.chat.ChatProgress.Reached;
import io.guestchat.chat.FormerTexts.Fate;
import io.guestchat.chat.SessionState.Starting;
import io.guestchat.dialect.PlatformFrame.AgentText;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What a reading of the history leaves for the next one, by the same owner or another. */
class ChatTest {

    private final Chat chat = new Chat(new ChatKey(0, "chat-1"), new Turn(), new Starting(request(1)),
            ChatMemory.fresh(ChatProgress.Reached.NOTHING), new Custody(1, 100), new Pace(5));

    @Test
    void givenTextsThatAreClaimedLater_whenTheHistoryIsReadAgain_thenWhatCameSinceIsStillNews() {
        // given
        read(History.of(List.of(guest("1", 1, "a"), guest("2", 2, "b"))));

        // when
        assertThat(chat.claim(text(10, "a"))).isEqualTo(Fate.ARRIVED);
        assertThat(chat.claim(text(11, "b"))).isEqualTo(Fate.ARRIVED);

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

    @Test
    void givenUnclaimedTexts_whenAnotherOwnerTakesTheChatUp_thenTheyMayStillBeClaimedThere() {
        // given
        History history = History.of(List.of(guest("1", 1, "a"), guest("2", 2, "b"), guest("3", 3, "c")));
        read(history);
        chat.claim(text(10, "a"));

        // when
        Chat next = new Chat(chat.key(), new Turn(), chat.state(), new ChatMemory(new Reached(10, List.of()),
                new GuestTexts(chat.guestTexts().settled()), chat.agentTexts(), chat.anchor(), 0, List.of(), Map.of()),
                new Custody(2, 100), new Pace(5));

        // then
        assertThat(next.news(history).claims().unclaimed()).containsExactly("b", "c");
    }

    @Test
    void givenUnclaimedTexts_whenANewTextComes_thenNoneOfThemIsTakenForIt() {
        // given
        read(History.of(List.of(guest("1", 1, "a"), guest("2", 2, "b"))));

        // then
        assertThat(chat.claim(text(100, "a"))).isEqualTo(Fate.NEW);
        assertThat(chat.formerTexts().unclaimed()).isEmpty();
        assertThat(chat.news(History.of(List.of(guest("1", 1, "a"), guest("2", 2, "b"), guest("3", 3, "c")))).claims().unclaimed())
                .containsExactly("c");
    }

    @Test
    void givenTextsThatNoRequestClaims_whenALaterOneIsClaimed_thenTheyAreNotShownAgain() {
        // given
        History history = History.of(List.of(guest("1", 1, "other"), guest("2", 2, "b")));
        read(history);

        // when
        assertThat(chat.claim(text(10, "b"))).isEqualTo(Fate.ARRIVED);

        // then
        assertThat(chat.news(history).claims().unclaimed()).isEmpty();
    }

    @Test
    void givenAFrameThatIsNewerThanTheHistory_whenAnotherGapIsRead_thenItIsNoNews() {
        // given
        chat.agentTexts().number("ok");
        Gap gap = chat.openGap();
        gap.reading();
        History first = History.of(List.of(agent("1", 1, "ok")));
        gap.read(first, 1);
        gap.textCame(new AgentText("ok", null, null));
        assertThat(gap.closes(List.of())).isTrue();
        chat.agentTexts().number("ok");
        chat.closeGap(first);

        // then
        assertThat(chat.news(History.of(List.of(agent("1", 1, "ok"), agent("2", 2, "ok")))).agentTexts()).isEmpty();
    }

    @Test
    void givenAFrameThatTheHistoryLacks_whenAnotherGapIsRead_thenNothingIsNewButWhatWasSaidSince() {
        // given
        chat.agentTexts().number("a");
        Gap gap = chat.openGap();
        gap.textCame(new AgentText("b", null, null));
        gap.reading();
        History first = History.of(List.of(agent("1", 1, "a")));
        gap.read(first, 1);
        gap.textCame(new AgentText("c", null, null));
        gap.closes(List.of());

        // when
        gap.lacking().forEach(text -> chat.agentTexts().numberUnremembered());
        gap.newer().forEach(text -> chat.agentTexts().number(text.text()));
        chat.closeGap(first);

        // then
        assertThat(chat.agentTexts().published()).isEqualTo(3);
        assertThat(chat.news(History.of(List.of(agent("1", 1, "a"), agent("2", 2, "c"), agent("3", 3, "d")))).agentTexts())
                .extracting(item -> item.entry().text()).containsExactly("d");
        assertThat(chat.news(History.of(List.of(agent(null, 1, "a"), agent(null, 2, "c"), agent(null, 3, "d")))).agentTexts())
                .as("without ids").extracting(item -> item.entry().text()).containsExactly("d");
    }

    private void read(History history) {
        chat.openGap();
        chat.shown(history, chat.news(history).claims());
        chat.closeGap(history);
    }
}

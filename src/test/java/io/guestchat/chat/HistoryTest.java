package io.guestchat.chat;

import static io.guestchat.chat.ChatFixtures.agent;
import static io.guestchat.chat.ChatFixtures.guest;
import static io.guestchat.chat.ChatFixtures.published;
import static io.guestchat.chat.ChatFixtures.text;
import static org.assertj.core.api.Assertions.assertThat;

import io.guestchat.dialect.HistorySlice.Item;
import io.guestchat.state.SessionRecord.Anchor;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class HistoryTest {

    private static final List<Item> TALK = List.of(agent("1", 10, "a"), guest("2", 20, "b"), agent("3", 20, "c"), agent("4", 20, "d"),
            guest("5", 30, "e"));

    @Test
    void givenOldestFirst_whenPutInOrder_thenItStaysSo() {
        assertThat(History.of(TALK).items()).isEqualTo(TALK);
    }

    @Test
    void givenNewestFirst_whenPutInOrder_thenItIsReversedAndEqualDatesKeepTheirOrder() {
        assertThat(History.of(reversed(TALK)).items()).isEqualTo(TALK);
    }

    @Test
    void givenNothingOrOneMessage_whenPutInOrder_thenItStaysSo() {
        assertThat(History.of(List.of()).items()).isEmpty();
        assertThat(History.of(TALK.subList(0, 1)).items()).hasSize(1);
    }

    @Test
    void givenMessagesThatShiftedToTheNextPage_whenPutInOrder_thenEachIsThereOnce() {
        // given
        List<Item> read = new ArrayList<>(reversed(TALK).subList(0, 3));
        read.addAll(reversed(TALK).subList(2, 5));

        // then
        assertThat(History.of(read).items()).isEqualTo(TALK);
    }

    @Test
    void givenMessagesWithoutIds_whenPutInOrder_thenNoneIsTakenForAnother() {
        List<Item> twice = List.of(agent(null, 1, "a"), agent(null, 1, "a"));

        assertThat(History.of(twice).items()).hasSize(2);
    }

    @Test
    void givenAMessageWithoutADate_whenPutInOrder_thenItStaysBesideItsNeighbour() {
        // given
        List<Item> talk = List.of(agent("1", 10, "a"), agent("2", 0, "b"), guest("3", 30, "c"), agent("4", 0, "d"));

        // then
        assertThat(History.of(talk).items()).isEqualTo(talk);
        assertThat(History.of(reversed(talk)).items()).isEqualTo(talk);
    }

    @Test
    void givenNoDatesAtAll_whenPutInOrder_thenThePlatformsOrderStays() {
        List<Item> talk = List.of(agent("1", 0, "a"), agent("2", 0, "b"), guest("3", 0, "c"));

        assertThat(History.of(talk).items()).isEqualTo(talk);
    }

    @Test
    void givenPublishedTexts_whenTheHistoryIsRead_thenTheRestIsNews() {
        History history = History.of(TALK);

        assertThat(words(history.unpublished(published("a"), null))).containsExactly("c", "d");
        assertThat(words(history.unpublished(published("a", "c", "d"), null))).isEmpty();
        assertThat(words(history.unpublished(published(), null))).containsExactly("a", "c", "d");
    }

    @Test
    void givenMessagesWithoutText_whenTheHistoryIsRead_thenTheyAreNoNews() {
        History history = History.of(List.of(agent("1", 1, null), agent("2", 2, ""), guest("3", 3, null), agent("4", 4, "a")));

        assertThat(words(history.unpublished(published(), null))).containsExactly("a");
        assertThat(history.unsettled(0, null, List.of())).isEmpty();
    }

    @Test
    void givenAnAnchor_whenTheHistoryIsRead_thenItCountsFromThere() {
        // given: one text was published before the conversation, and the history's first is the second.
        AgentTexts texts = published("before", "ok");
        History first = History.of(List.of(agent("1", 1, "ok"), guest("2", 2, "hi")));
        Anchor anchor = first.anchor(texts.published(), 1, null);

        // when
        texts.number("ok");
        History second = History.of(List.of(agent("1", 1, "ok"), guest("2", 2, "hi"), agent("3", 3, "ok"), agent("4", 4, "ok"),
                guest("5", 5, "hi")));

        // then
        assertThat(anchor).isEqualTo(new Anchor("2", 2, 1));
        assertThat(second.unpublished(texts, anchor)).extracting(item -> item.entry().id()).containsExactly("4");
        assertThat(second.unsettled(1, anchor, List.of())).containsExactly("hi");
        assertThat(second.unsettled(2, anchor, List.of())).isEmpty();
    }

    @Test
    void givenAnAnchorThatIsGone_whenTheHistoryIsRead_thenCountsAndTextsDecide() {
        Anchor gone = new Anchor("gone", 9, 9);

        assertThat(words(History.of(TALK).unpublished(published("a"), gone))).containsExactly("c", "d");
        assertThat(History.of(TALK).unsettled(1, gone, List.of())).containsExactly("e");
    }

    @Test
    void givenAHistoryCutOffAtItsOldEnd_whenTextsAreInDoubt_thenItsTailTellsWhichHaveArrived() {
        // given
        History history = History.of(List.of(guest("8", 8, "x"), guest("9", 9, "y")));

        // then
        assertThat(history.unsettled(50, null, List.of(text(1, "x"), text(2, "y"), text(3, "z")))).containsExactly("x", "y");
        assertThat(history.unsettled(50, null, List.of(text(1, "y"), text(2, "z")))).containsExactly("y");
        assertThat(history.unsettled(50, null, List.of(text(1, "z")))).isEmpty();
    }

    @Test
    void givenNoIds_whenAnchored_thenTheFormerAnchorStays() {
        Anchor former = new Anchor("1", 1, 1);

        assertThat(History.of(List.of(agent(null, 1, "a"))).anchor(0, 0, former)).isSameAs(former);
        assertThat(History.of(List.of()).anchor(0, 0, former)).isSameAs(former);
    }

    private static List<Item> reversed(List<Item> items) {
        List<Item> reversed = new ArrayList<>(items);
        Collections.reverse(reversed);
        return reversed;
    }

    private static List<String> words(List<Item> items) {
        return items.stream().map(item -> item.entry().text()).toList();
    }
}

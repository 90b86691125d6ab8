package io.guestchat.chat;

import static io.guestchat.chat.ChatFixtures.request;
import static org.assertj.core.api.Assertions.assertThat;

import io.guestchat.chat.FormerTexts.Fate;
import io.guestchat.state.StoredRequest;
import java.util.List;
import org.junit.jupiter.api.Test;

class FormerTextsTest {

    private final FormerTexts former = new FormerTexts(new Custody(1, 10));

    @Test
    void givenTheHistoryIsNotReadYet_whenTextsComeAgain_thenTheyAreInDoubtInLine() {
        assertThat(former.claim(request(9), "a")).isEqualTo(Fate.NEW);
        assertThat(former.isInDoubt(request(9))).isTrue();
        assertThat(former.isInDoubt(request(10))).isFalse();
    }

    @Test
    void givenTheWholeHistory_whenTextsComeAgain_thenThoseItShowsHaveArrivedOnceEach() {
        // when
        former.shown(List.of("a", "b"));

        // then
        assertThat(former.isInDoubt(request(9))).as("what it does not show has not arrived").isFalse();
        assertThat(former.claim(request(7), "a")).isEqualTo(Fate.ARRIVED);
        assertThat(former.claim(request(8), "a")).isEqualTo(Fate.NEW);
        assertThat(former.claim(request(9), "b")).isEqualTo(Fate.ARRIVED);
    }

    @Test
    void givenTextsThatNobodyClaimed_whenANewTextComes_thenNoneOfThemIsTakenForIt() {
        former.shown(List.of("a", "b"));

        assertThat(former.claim(request(10), "a")).isEqualTo(Fate.NEW);
        assertThat(former.unclaimed()).isEmpty();
    }

    @Test
    void givenNoHistory_whenTextsComeAgain_thenNothingCanTell() {
        // when
        former.unreadable();

        // then
        assertThat(former.claim(request(9), "a")).isEqualTo(Fate.UNKNOWN);
        assertThat(former.claim(request(10), "a")).isEqualTo(Fate.NEW);
    }

    @Test
    void givenACutOffHistory_whenTextsComeAgain_thenThoseThatItShowsMayBeOlderOnes() {
        // when
        former.cutOff(List.of("a"));

        // then
        assertThat(former.claim(request(8), "a")).isEqualTo(Fate.UNKNOWN);
        assertThat(former.claim(request(9), "b")).isEqualTo(Fate.NEW);
    }

    @Test
    void givenACutOffHistoryWithoutATextOfTheGuest_whenTextsComeAgain_thenNothingCanTell() {
        former.cutOff(List.of());

        assertThat(former.claim(request(9), "a")).isEqualTo(Fate.UNKNOWN);
    }

    @Test
    void givenTheFirstReadingToldAll_whenALaterOneCannot_thenTheFirstStays() {
        // given
        former.shown(List.of("a"));

        // when
        former.unreadable();

        // then
        assertThat(former.claim(request(8), "a")).isEqualTo(Fate.ARRIVED);
        assertThat(former.claim(request(9), "b")).isEqualTo(Fate.NEW);
    }

    @Test
    void givenNoFormerOwnerCanHaveWritten_whenNothingCanBeRead_thenNoTextIsInDoubt() {
        // given
        FormerTexts none = new FormerTexts(new Custody(1, Custody.NOBODY));
        StoredRequest stored = new StoredRequest(3, 0, new byte[0], List.of(), null);
        Request held = Request.restored(stored, "requests", 0, new byte[0], "chat-1");

        // when
        none.unreadable();

        // then
        assertThat(none.isInDoubt(held)).isFalse();
        assertThat(none.claim(request(3), "a")).isEqualTo(Fate.NEW);
        assertThat(former.isInDoubt(held)).as("what stood in the state may have been written").isTrue();
    }
}

package io.guestchat.chat;

import static io.guestchat.chat.ChatFixtures.text;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class HistoryClaimsTest {

    @Test
    void givenEqualTexts_whenTheHistoryShowsFewer_thenTheFirstOnesHaveArrived() {
        HistoryClaims claims = HistoryClaims.match(List.of("ok", "ok"), List.of(text(1, "ok"), text(2, "ok"), text(3, "ok")));

        assertThat(claims.shown()).extracting(GuestText::offset).containsExactly(1L, 2L);
        assertThat(claims.unclaimed()).isEmpty();
    }

    @Test
    void givenEqualTexts_whenTheHistoryShowsMore_thenTheRestIsUnclaimed() {
        HistoryClaims claims = HistoryClaims.match(List.of("ok", "ok", "ok"), List.of(text(1, "ok")));

        assertThat(claims.shown()).hasSize(1);
        assertThat(claims.unclaimed()).containsExactly("ok", "ok");
    }

    @Test
    void givenTextsInOrder_whenMatched_thenEachIsLookedForBehindTheOneBefore() {
        HistoryClaims claims = HistoryClaims.match(List.of("x", "a", "y", "b", "a"),
                List.of(text(1, "a"), text(2, "missing"), text(3, "b"), text(4, "y")));

        assertThat(claims.shown()).extracting(GuestText::text).containsExactly("a", "b");
        assertThat(claims.unclaimed()).containsExactly("a");
    }

    @Test
    void givenTextsInOrder_whenTheHistoryShowsOthersBefore_thenThoseAreNotKeptForLaterRequests() {
        assertThat(HistoryClaims.match(List.of("other", "a", "b"), List.of(text(1, "a"))).unclaimed()).containsExactly("b");
    }

    @Test
    void givenNothingInDoubt_whenMatched_thenAllIsUnclaimed() {
        assertThat(HistoryClaims.match(List.of("a"), List.of())).isEqualTo(new HistoryClaims(List.of(), List.of("a")));
        assertThat(HistoryClaims.match(List.of(), List.of(text(1, "a")))).isEqualTo(new HistoryClaims(List.of(), List.of()));
    }
}

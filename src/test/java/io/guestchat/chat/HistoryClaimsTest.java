package io.guestchat.chat;

import static io.guestchat.chat.ChatFixtures.text;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
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
        HistoryClaims nothing = new HistoryClaims(List.of(), List.of(), List.of(), false);
        assertThat(HistoryClaims.match(List.of("a"), List.of()).unclaimed()).containsExactly("a");
        assertThat(HistoryClaims.match(List.of(), List.of(text(1, "a")))).isEqualTo(nothing);
    }

    @Test
    void givenACutOffHistory_whenItsEndShowsOneNumberOfTexts_thenThoseAreShownAndTheRestHasNotArrived() {
        // given
        List<String> settled = hashes("x", "y");

        // then
        assertCutOff(List.of("y", "a", "b"), settled, List.of("a", "b"), List.of());
        assertCutOff(List.of("y"), settled, List.of(), List.of());
        assertCutOff(List.of("x", "y", "a"), settled, List.of("a"), List.of());
        assertCutOff(List.of("b"), settled, List.of("a", "b"), List.of());
    }

    @Test
    void givenACutOffHistory_whenItsEndFitsSeveralNumbersOfTexts_thenThoseBetweenAreUnknown() {
        assertCutOff(List.of("b"), hashes("x", "b"), List.of(), List.of("a", "b"));
        assertCutOff(List.of("a", "b"), List.of(), List.of(), List.of("a", "b"));
    }

    @Test
    void givenACutOffHistoryWithoutATextOfTheGuest_whenTextsAreInDoubt_thenAllAreUnknown() {
        assertCutOff(List.of(), hashes("x"), List.of(), List.of("a", "b", "c"));
    }

    @Test
    void givenACutOffHistoryThatEndsInATextWeDoNotKnow_whenTextsAreInDoubt_thenAllAreUnknown() {
        assertCutOff(List.of("a", "somebody else's"), hashes("x"), List.of(), List.of("a", "b", "c"));
    }

    /** The model: a guest's texts, of which some are settled, some in doubt, and some of those have arrived. */
    @Test
    void givenAnyCutOffHistory_whenTextsAreMatched_thenNoneThatHasArrivedIsSentAgainAndNoneThatHasNotIsShown() {
        for (int seed = 0; seed < 5_000; seed++) {
            Random random = new Random(seed);
            int words = 1 + random.nextInt(4);
            List<String> written = random.ints(random.nextInt(12), 0, words).mapToObj(word -> "word " + word).toList();
            int settled = random.nextInt(written.size() + 1);
            int arrived = settled + random.nextInt(written.size() - settled + 1);
            List<String> history = written.subList(random.nextInt(arrived + 1), arrived);
            List<String> remembered = written.subList(random.nextInt(settled + 1), settled);

            HistoryClaims claims = HistoryClaims.cutOff(history, hashes(remembered.toArray(String[]::new)),
                    texts(written.subList(settled, written.size())));

            assertThat(claims.shown().size()).as("shown, seed %d", seed).isLessThanOrEqualTo(arrived - settled);
            assertThat(claims.shown().size() + claims.unknown().size()).as("not sent again, seed %d", seed)
                    .isGreaterThanOrEqualTo(arrived - settled);
        }
    }

    private static void assertCutOff(List<String> history, List<String> settled, List<String> shown, List<String> unknown) {
        HistoryClaims claims = HistoryClaims.cutOff(history, settled, texts(List.of("a", "b", "c")));

        assertThat(claims.shown()).extracting(GuestText::text).isEqualTo(shown);
        assertThat(claims.unknown()).extracting(GuestText::text).isEqualTo(unknown);
        assertThat(claims.isCutOff()).isTrue();
    }

    private static List<GuestText> texts(List<String> words) {
        List<GuestText> texts = new ArrayList<>();
        for (String word : words) {
            texts.add(text(texts.size(), word));
        }
        return texts;
    }

    private static List<String> hashes(String... texts) {
        return Stream.of(texts).map(AgentTexts::hash).toList();
    }
}

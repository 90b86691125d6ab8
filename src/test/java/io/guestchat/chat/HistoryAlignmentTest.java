package io.guestchat.chat;

import static io.guestchat.chat.ChatFixtures.published;
import static org.assertj.core.api.Assertions.assertThat;

import io.guestchat.chat.HistoryAlignment.CutOff;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class HistoryAlignmentTest {

    @Test
    void givenNothingPublished_whenAligned_thenAllIsNew() {
        assertThat(HistoryAlignment.firstUnpublished(List.of("a", "b"), List.of(), 0)).isZero();
    }

    @Test
    void givenEqualTextsInARow_whenAligned_thenTheCountTellsThemApart() {
        assertThat(align(List.of("ok", "ok", "ok", "ok"), 2, "ok", "ok")).isEqualTo(2);
        assertThat(align(List.of("ok", "ok", "ok", "ok"), 3, "ok", "ok", "ok")).isEqualTo(3);
    }

    @Test
    void givenTextsFromBeforeTheConversation_whenTheHistoryLacksThem_thenTheTextsTellThePlace() {
        assertThat(align(List.of("b", "c"), 3, "before", "a", "b")).isEqualTo(1);
        assertThat(align(List.of("a", "b", "c"), 3, "before", "a", "b")).isEqualTo(2);
    }

    @Test
    void givenAPlaceThatContradictsWhatWasPublished_whenAnotherDoesNot_thenThatOneIsTaken() {
        // What was published ends in "before", "ok": the history's second "ok" can't be that one, for no "before" stands in
        // front of it.
        assertThat(align(List.of("ok", "ok"), 2, "before", "ok")).isEqualTo(1);
        assertThat(align(List.of("ok", "a", "ok"), 2, "a", "ok")).isEqualTo(1);
    }

    @Test
    void givenATextThatTheSocketNeverGave_whenTheRestFits_thenThePlaceIsFoundBeyondTheCount() {
        assertThat(align(List.of("hidden", "a", "b", "c"), 2, "a", "b")).isEqualTo(3);
        assertThat(align(List.of("a", "hidden", "b", "c"), 2, "a", "b")).isEqualTo(3);
    }

    @Test
    void givenNothingThatFits_whenAligned_thenNothingIsTakenForPublished() {
        assertThat(align(List.of("x", "y"), 1, "a")).isZero();
        assertThat(align(List.of(), 1, "a")).isZero();
    }

    /** The model: what was published, of which the history lacks the oldest, and what came since. All texts differ. */
    @Test
    void givenAnyHistoryOfTextsThatDiffer_whenAligned_thenThePlaceIsExact() {
        for (int seed = 0; seed < 2_000; seed++) {
            Random random = new Random(seed);
            List<String> said = IntStream.range(0, random.nextInt(80)).mapToObj(text -> "text " + text).toList();
            Course course = new Course(random, said);

            assertThat(course.found(course.published())).as("seed %d", seed).isEqualTo(course.place());
        }
    }

    /** The same with two words only: where the count is exact, so is the place. */
    @Test
    void givenAnyHistoryOfFewWords_whenTheCountIsExact_thenSoIsThePlace() {
        for (int seed = 0; seed < 2_000; seed++) {
            Random random = new Random(seed);
            Course course = new Course(random, words(random));

            assertThat(course.found(course.place())).as("seed %d", seed).isEqualTo(course.place());
        }
    }

    /** Where the oldest are missing as well, the place may be ambiguous; it is then the farthest one that nothing contradicts. */
    @Test
    void givenAnyHistoryOfFewWords_whenTheOldestAreMissing_thenThePlaceIsTheFarthestThatNothingContradicts() {
        for (int seed = 0; seed < 2_000; seed++) {
            Random random = new Random(seed);
            Course course = new Course(random, words(random));

            assertThat(course.found(course.published())).as("seed %d", seed).isEqualTo(course.farthestConsistent());
        }
    }

    @Test
    void givenACutOffHistory_whenItBeginsWithPublishedTexts_thenTheRestIsNew() {
        assertThat(cutOff(List.of("b", "c", "d"), "a", "b", "c")).isEqualTo(new CutOff(2, true));
    }

    @Test
    void givenACutOffHistory_whenItShowsNothingThatWasPublished_thenAllIsNewAndSomeMayBeMissing() {
        assertThat(cutOff(List.of("x", "y"), "a", "b")).isEqualTo(new CutOff(0, false));
        assertThat(cutOff(List.of("x", "b", "y"), "a", "b")).as("an equal text amid new ones").isEqualTo(new CutOff(0, false));
    }

    @Test
    void givenACutOffHistory_whenSeveralPlacesFit_thenNothingIsPublishedTwiceAndSomeMayBeMissing() {
        assertThat(cutOff(List.of("ok", "ok", "x"), "ok", "ok", "ok")).isEqualTo(new CutOff(2, false));
    }

    private static CutOff cutOff(List<String> history, String... published) {
        AgentTexts texts = published(published);
        return HistoryAlignment.cutOff(history, texts.recentHashes(), texts.published());
    }

    private static int align(List<String> history, long expected, String... published) {
        return HistoryAlignment.firstUnpublished(history, published(published).recentHashes(), expected);
    }

    private static List<String> words(Random random) {
        return random.ints(random.nextInt(80), 0, 2).mapToObj(word -> word == 0 ? "ok" : "one moment").toList();
    }

    /** What an agent has said, how much of it was published, and where the history begins. */
    private static final class Course {

        private final List<String> said;
        private final int published;
        private final int missing;

        private Course(Random random, List<String> said) {
            this.said = said;
            this.published = random.nextInt(said.size() + 1);
            this.missing = published == 0 || random.nextBoolean() ? 0 : random.nextInt(published);
        }

        private int published() {
            return published;
        }

        private int place() {
            return published - missing;
        }

        private List<String> history() {
            return said.subList(missing, said.size());
        }

        private int found(long expected) {
            AgentTexts texts = ChatFixtures.published(said.subList(0, published).toArray(String[]::new));
            return HistoryAlignment.firstUnpublished(history(), texts.recentHashes(), expected);
        }

        private int farthestConsistent() {
            List<String> remembered = said.subList(Math.max(0, published - AgentTexts.REMEMBERED), published);
            for (int end = Math.min(published, history().size()); end > 0; end--) {
                int length = Math.min(end, remembered.size());
                List<String> before = new ArrayList<>(history().subList(end - length, end));
                if (length > 0 && before.equals(remembered.subList(remembered.size() - length, remembered.size()))) {
                    return end;
                }
            }
            return 0;
        }
    }
}

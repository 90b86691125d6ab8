package io.guestchat.chat;

import static io.guestchat.chat.ChatFixtures.agent;
import static org.assertj.core.api.Assertions.assertThat;

import io.guestchat.dialect.PlatformFrame.AgentText;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class GapTest {

    private static final int MOST_READINGS = 40;
    private static final AgentText TEXT = new AgentText("secret", null, "c");

    private final Gap gap = new Gap();
    private final History history = History.of(List.of(agent("1", 1, "secret")));

    @Test
    void givenNoReading_whenAPongComes_thenItIsNotTheGaps() {
        assertThat(gap.isPong(-1)).isFalse();
        gap.reading();
        assertThat(gap.isPong(-1)).isFalse();
    }

    @Test
    void givenAQuietReading_whenItsPongComes_thenTheGapIsClosed() {
        gap.reading();
        gap.read(history, 7);

        assertThat(gap.isPong(6)).isFalse();
        assertThat(gap.isPong(7)).isTrue();
        assertThat(gap.closes(List.of("secret"))).isTrue();
        assertThat(gap.newer()).isEmpty();
        assertThat(gap.history()).isSameAs(history);
    }

    @Test
    void givenATextBeforeTheReading_whenThePongComes_thenTheHistoryHasIt() {
        came("b");
        gap.reading();

        assertThat(gap.closes(List.of("a", "b"))).isTrue();
        assertThat(newer()).isEmpty();
    }

    @Test
    void givenTextsWhileTheHistoryIsRead_whenThePongComes_thenThoseBehindItsEndAreNewer() {
        came("b");
        gap.reading();
        came("c", "d", "e");

        assertThat(gap.closes(List.of("a", "b", "c"))).isTrue();
        assertThat(newer()).containsExactly("d", "e");
    }

    @Test
    void givenTextsThatTheHistoryHasNoneOf_whenThePongComes_thenAllAreNewer() {
        gap.reading();
        came("b", "c");

        assertThat(gap.closes(List.of("a"))).isTrue();
        assertThat(newer()).containsExactly("b", "c");
    }

    @Test
    void givenAnAgentWhoRepeatsHimself_whenItCannotBeTold_thenTheHistoryIsReadAgain() {
        gap.reading();
        came("ok", "ok");
        assertThat(gap.closes(List.of("ok", "ok"))).as("none, one or both of them").isFalse();

        gap.reading();
        assertThat(gap.closes(List.of("ok", "ok", "ok", "ok"))).as("both came before this reading").isTrue();
        assertThat(newer()).isEmpty();
    }

    @Test
    void givenAnAgentWhoNeverStopsRepeatingHimself_whenTwoReadingsAgreeOnOnePlace_thenItIsThatOne() {
        came("ok");
        gap.reading();
        came("ok");
        assertThat(gap.closes(List.of("ok", "ok"))).as("the gap had none or one").isFalse();

        gap.reading();
        came("ok");
        assertThat(gap.closes(List.of("ok", "ok", "ok", "ok"))).as("the gap had one or two").isTrue();
        assertThat(newer()).isEmpty();
    }

    /** The model: an agent who says the same in each reading, some of it before the platform looks into its history. */
    @Test
    void givenEqualTextsInEachReading_whenItIsReadAgain_thenItIsKnownWhichAreNewer() {
        int undecided = 0;
        for (int seed = 0; seed < 2_000; seed++) {
            Random random = new Random(seed);
            Gap one = new Gap();
            int missed = random.nextInt(4);
            int frames = 0;
            int newer;
            int readings = 0;
            boolean closes;
            do {
                one.reading();
                readings++;
                int before = random.nextInt(3);
                newer = before == 0 ? 1 + random.nextInt(2) : random.nextInt(3);
                frames += say(one, before + newer);
                closes = one.closes(Collections.nCopies(missed + frames - newer, "ok"));
            } while (!closes);
            if (readings == MOST_READINGS) {
                undecided++;
                assertThat(one.newer()).as("seed %d", seed).hasSizeGreaterThanOrEqualTo(newer);
            } else {
                assertThat(one.newer()).as("seed %d", seed).hasSize(newer);
            }
        }
        assertThat(undecided).isLessThan(3);
    }

    private static int say(Gap gap, int texts) {
        for (int text = 0; text < texts; text++) {
            gap.textCame(new AgentText("ok", null, "c"));
        }
        return texts;
    }

    @Test
    void givenAHistoryThatLacksWhatCameBefore_whenItIsReadAgainAndAgain_thenNothingIsLostInTheEnd() {
        came("b");
        for (int reading = 1; reading < MOST_READINGS; reading++) {
            gap.reading();
            assertThat(gap.closes(List.of("a"))).isFalse();
        }
        gap.reading();
        came("c");

        assertThat(gap.closes(List.of("a"))).isTrue();
        assertThat(newer()).containsExactly("c");
        assertThat(lacking()).containsExactly("b");
    }

    @Test
    void givenAHistoryThatLacksOneOfManyFrames_whenTheReadingsAreUsedUp_thenTheOthersAreNotSaidAgain() {
        came("b", "ok", "ok", "ok");
        for (int reading = 1; reading <= MOST_READINGS; reading++) {
            gap.reading();
            gap.closes(List.of("a", "ok", "ok"));
        }

        assertThat(lacking()).containsExactly("b", "ok");
        assertThat(newer()).isEmpty();
    }

    private List<String> lacking() {
        return gap.lacking().stream().map(AgentText::text).toList();
    }

    private void came(String... texts) {
        for (String text : texts) {
            gap.textCame(new AgentText(text, null, "c"));
        }
    }

    private List<String> newer() {
        return gap.newer().stream().map(AgentText::text).toList();
    }

    @Test
    void givenANewReading_whenTheFormersPongComes_thenItDoesNotCount() {
        gap.reading();
        gap.read(history, 7);

        gap.reading();

        assertThat(gap.isPong(7)).isFalse();
        assertThat(gap.history()).isNull();
        gap.read(history, 8);
        assertThat(gap.isPong(7)).isFalse();
        assertThat(gap.isPong(8)).isTrue();
    }

    @Test
    void givenTooManyTexts_whenTheyCome_thenItSaysSo() {
        for (int text = 0; text < 1_000; text++) {
            assertThat(gap.textCame(TEXT)).isTrue();
        }
        assertThat(gap.textCame(TEXT)).isFalse();
    }

    @Test
    void givenAGap_whenAsked_thenOneMoreReadingIsAllowedAndFailuresAreCounted() {
        assertThat(gap.mayReread()).isTrue();
        assertThat(gap.mayReread()).isFalse();
        assertThat(gap.failed()).isEqualTo(1);
        assertThat(gap.failed()).isEqualTo(2);
    }

    @Test
    void givenNewsAndClaims_whenPrinted_thenNoTextIsToBeSeen() {
        HistoryClaims claims = new HistoryClaims(List.of(), List.of(), List.of("secret"), false);
        assertThat(new Gap.News(history.items(), true, claims).toString()).doesNotContain("secret");
        assertThat(new HistoryClaims(List.of(), List.of(), List.of("secret"), false).toString()).doesNotContain("secret");
    }
}

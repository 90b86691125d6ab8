package io.guestchat.chat;

import static io.guestchat.chat.ChatFixtures.agent;
import static org.assertj.core.api.Assertions.assertThat;

import io.guestchat.dialect.PlatformFrame.AgentText;
import java.util.List;
import org.junit.jupiter.api.Test;

class GapTest {

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
        assertThat(gap.isClosed()).isTrue();
        assertThat(gap.history()).isSameAs(history);
    }

    @Test
    void givenATextWhileTheHistoryIsRead_whenThePongComes_thenTheGapIsOpen() {
        gap.reading();
        gap.textCame(TEXT);
        gap.read(history, 7);

        assertThat(gap.isClosed()).isFalse();
    }

    @Test
    void givenATextBetweenPingAndPong_whenThePongComes_thenTheGapIsOpen() {
        gap.reading();
        gap.read(history, 7);
        gap.textCame(TEXT);

        assertThat(gap.isClosed()).isFalse();
    }

    @Test
    void givenATextBeforeTheReading_whenThePongComes_thenTheHistoryHasItAndTheGapIsClosed() {
        gap.textCame(TEXT);
        gap.reading();
        gap.read(history, 7);

        assertThat(gap.isClosed()).isTrue();
        assertThat(gap.kept()).containsExactly(TEXT);
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
        assertThat(new Gap.News(history.items(), List.of("secret")).toString()).doesNotContain("secret");
        assertThat(new HistoryClaims(List.of(), List.of("secret")).toString()).doesNotContain("secret");
    }
}

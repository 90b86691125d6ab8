package io.guestchat.chat;

import static io.guestchat.chat.ChatFixtures.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class GuestTextsTest {

    private static final GuestText A = text(1, "a");
    private static final GuestText B = text(2, "b\u20ac");
    private static final GuestText C = text(3, "c");

    private final GuestTexts texts = new GuestTexts(0);

    @Test
    void givenTextsInLine_whenCounted_thenNumberAndBytesOfUtf8AreTold() {
        assertThat(texts.isQuiet()).isTrue();

        line(A, B);

        assertThat(texts.waiting()).isEqualTo(2);
        assertThat(texts.waitingBytes()).isEqualTo(5);
        assertThat(texts.hasWaiting()).isTrue();
        assertThat(texts.hasUnsettled()).isFalse();
        assertThat(texts.isQuiet()).isFalse();
        assertThat(texts.next()).isEqualTo(A);
    }

    @Test
    void givenHeldTexts_whenTheStateIsMade_thenTheyAloneStandInItWhereverTheyAre() {
        // given
        texts.add(A, true);
        texts.add(B, true);
        texts.add(C, false);

        // when
        texts.wrote();

        // then
        assertThat(texts.durable()).extracting(GuestText::offset).containsExactly(1L, 2L);
        assertThat(texts.durable()).allMatch(GuestText::durable);
        assertThat(texts.unfinished()).extracting(GuestText::offset).containsExactly(1L, 2L, 3L);
    }

    @Test
    void givenATextThatWasWritten_whenItIsWrittenAgain_thenThatIsToldOnce() {
        line(A);
        assertThat(texts.wrote()).isTrue();
        assertThat(texts.isTold(A)).isTrue();

        texts.rewind();

        assertThat(texts.next()).isEqualTo(A);
        assertThat(texts.wrote()).isFalse();
    }

    @Test
    void givenAcknowledgements_whenTheyCome_thenEachBelongsToTheOldestText() {
        line(A, B);
        texts.wrote();
        texts.wrote();

        assertThat(texts.acknowledged()).isEqualTo(A);
        assertThat(texts.acknowledged()).isEqualTo(B);
        assertThat(texts.acknowledged()).isNull();
    }

    @Test
    void givenEchoes_whenTheyCome_thenTheyAcknowledgeAndAcknowledgementsDoNot() {
        line(A, B, C);
        texts.wrote();
        texts.wrote();
        texts.wrote();

        assertThat(texts.echoed("b\u20ac")).isEqualTo(B);
        assertThat(texts.acknowledged()).isNull();
        assertThat(texts.echoed("a")).isNull();
        assertThat(texts.echoed("unknown")).isNull();
        assertThat(texts.echoed("c")).isEqualTo(C);
    }

    @Test
    void givenEqualTexts_whenTheyAreEchoed_thenEachEchoIsTheNextOnes() {
        line(text(1, "ok"), text(2, "ok"));
        texts.wrote();
        texts.wrote();

        assertThat(texts.echoed("ok").offset()).isEqualTo(1);
        assertThat(texts.echoed("ok").offset()).isEqualTo(2);
        assertThat(texts.echoed("ok")).isNull();
    }

    @Test
    void givenAPlatformThatDoesBoth_whenEqualTextsAreSent_thenTheEchoOfAnAcknowledgedOneSettlesNoOther() {
        line(text(1, "ok"), text(2, "ok"));
        texts.wrote();
        texts.wrote();

        assertThat(texts.acknowledged().offset()).isEqualTo(1);
        assertThat(texts.echoed("ok")).isNull();
        assertThat(texts.acknowledged()).isNull();
        assertThat(texts.echoed("ok").offset()).isEqualTo(2);
    }

    @Test
    void givenASign_whenItSettlesAText_thenAllBeforeItAreSettledToo() {
        // given
        line(A, B, C);
        texts.wrote();
        texts.wrote();
        texts.wrote();

        // when
        List<GuestText> settled = texts.settleUpTo(B);

        // then
        assertThat(settled).containsExactly(A, B);
        assertThat(texts.settled()).isEqualTo(2);
        assertThat(texts.lastWritten()).isEqualTo(C);
        assertThat(texts.isTold(A)).isFalse();
        assertThat(texts.settleUpTo(B)).isEmpty();
        assertThat(texts.settled()).isEqualTo(2);
        assertThat(texts.isQuiet()).isFalse();
        assertThat(texts.settleUpTo(C)).containsExactly(C);
        assertThat(texts.isQuiet()).isTrue();
        assertThat(texts.lastWritten()).isNull();
    }

    @Test
    void givenAPongSettledAText_whenItsAcknowledgementComes_thenItIsStillItsOwn() {
        line(A, B);
        texts.wrote();
        texts.wrote();
        texts.settleUpTo(B);

        assertThat(texts.acknowledged()).isEqualTo(A);
        assertThat(texts.settleUpTo(A)).isEmpty();
        assertThat(texts.settled()).isEqualTo(2);
    }

    @Test
    void givenALostSocket_whenRewound_thenWhatIsUnsettledIsAtTheHeadInOrderAndOldSignsDoNotCount() {
        // given
        line(A, B, C);
        texts.wrote();
        texts.wrote();
        texts.settleUpTo(A);

        // when
        texts.rewind();

        // then
        assertThat(texts.unfinished()).containsExactly(B, C);
        assertThat(texts.waitingBytes()).isEqualTo(5);
        assertThat(texts.hasUnsettled()).isFalse();
        assertThat(texts.acknowledged()).isNull();
        assertThat(texts.echoed("b\u20ac")).isNull();
    }

    @Test
    void givenTextsInLine_whenTheSocketWasLost_thenThoseInDoubtAreTheWrittenOnesAndTheFormerOwners() {
        // given
        line(A, B, C, text(9, "d"));
        texts.wrote();
        texts.rewind();

        // then
        assertThat(texts.inDoubt(request -> false)).containsExactly(A);
        assertThat(texts.inDoubt(request -> request.offset() < 3)).containsExactly(A, B);
        assertThat(texts.inDoubt(request -> request.offset() < 4)).containsExactly(A, B, C);
    }

    @Test
    void givenTheHistoryShowsAText_whenItIsSettled_thenItLeavesTheLineAndIsToldOnce() {
        // given
        line(A, B);
        texts.wrote();
        texts.rewind();

        // then
        assertThat(texts.settleFromHistory(A)).isFalse();
        assertThat(texts.settleFromHistory(B)).isTrue();
        assertThat(texts.settled()).isEqualTo(2);
        assertThat(texts.waitingBytes()).isZero();
        assertThat(texts.isQuiet()).isTrue();
        assertThat(texts.isTold(B)).isFalse();
        assertThatThrownBy(() -> texts.settleFromHistory(A)).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void givenATextThatNeverGotInLine_whenItIsSettled_thenOnlyTheCountMoves() {
        GuestTexts restored = new GuestTexts(4);

        restored.settleUnwritten("a");

        assertThat(restored.settled()).isEqualTo(5);
        assertThat(restored.isQuiet()).isTrue();
    }

    @Test
    void givenATextThatCannotBeResent_whenItIsDropped_thenItIsNotSettledAndNothingIsLeftOfIt() {
        line(A);
        texts.wrote();
        texts.rewind();

        texts.drop(A);
        texts.drop(A);

        assertThat(texts.settled()).isZero();
        assertThat(texts.isQuiet()).isTrue();
        assertThat(texts.waitingBytes()).isZero();
        assertThat(texts.isTold(A)).isFalse();
    }

    @Test
    void givenTheChatsEnd_whenCleared_thenNothingIsLeft() {
        line(A, B);
        texts.wrote();

        texts.clear();

        assertThat(texts.isQuiet()).isTrue();
        assertThat(texts.unfinished()).isEmpty();
        assertThat(texts.waitingBytes()).isZero();
        assertThat(texts.acknowledged()).isNull();
    }

    @Test
    void givenAPlatformThatNeverAcknowledges_whenThousandsAreWritten_thenTheLineOfTheUnacknowledgedIsBounded() {
        for (int offset = 0; offset < 1_001; offset++) {
            texts.add(text(offset, "t"), false);
            texts.wrote();
        }

        assertThat(texts.acknowledged().offset()).isEqualTo(1);
    }

    @Test
    void givenATextWithWords_whenPrinted_thenTheyAreNotToBeSeen() {
        assertThat(text(1, "secret").toString()).doesNotContain("secret");
    }

    /** Anything that can happen, in any order: nothing gets lost, overtakes or is counted twice. */
    @Test
    void givenAnyCourseOfEvents_whenAllIsOver_thenEachTextWasSettledOnceInOrderAndCountersAgree() {
        for (int seed = 0; seed < 300; seed++) {
            Random random = new Random(seed);
            GuestTexts any = new GuestTexts(0);
            List<Long> settled = new ArrayList<>();
            Deque<Long> unsettled = new ArrayDeque<>();
            int told = 0;
            long offset = 0;
            for (int step = 0; step < 200; step++) {
                switch (random.nextInt(7)) {
                    case 0, 1 -> {
                        unsettled.add(offset);
                        any.add(text(offset++, Integer.toString(random.nextInt(2))), random.nextBoolean());
                    }
                    case 2, 3 -> told += any.hasWaiting() && any.wrote() ? 1 : 0;
                    case 4 -> settle(any, any.acknowledged(), settled);
                    case 5 -> settle(any, any.lastWritten(), settled);
                    default -> any.rewind();
                }
                assertThat(any.unfinished()).extracting(GuestText::offset)
                        .containsExactlyElementsOf(unsettled.stream().filter(one -> !settled.contains(one)).toList());
                assertThat(any.waitingBytes()).isEqualTo(any.unfinished().stream().skip(any.unfinished().size() - any.waiting())
                        .mapToInt(one -> one.text().getBytes(StandardCharsets.UTF_8).length).sum());
                assertThat(any.isQuiet()).isEqualTo(any.unfinished().isEmpty());
            }
            while (any.hasWaiting()) {
                told += any.wrote() ? 1 : 0;
            }
            settle(any, any.lastWritten(), settled);
            assertThat(settled).hasSize((int) offset).isSorted().doesNotHaveDuplicates();
            assertThat(any.settled()).isEqualTo(offset);
            assertThat(told).isEqualTo((int) offset);
        }
    }

    private static void settle(GuestTexts texts, GuestText upTo, List<Long> settled) {
        if (upTo != null) {
            texts.settleUpTo(upTo).forEach(text -> settled.add(text.offset()));
        }
    }

    private void line(GuestText... line) {
        for (GuestText text : line) {
            texts.add(text, false);
        }
    }

    @Test
    void givenATextOfAFormerTopic_whenAnotherHasItsOffsetNow_thenEachIsToldOnce() {
        // given
        GuestText former = text(1, "former");
        GuestText present = text(1, "present");

        // when
        line(former, present);

        // then
        assertThat(texts.wrote()).isTrue();
        assertThat(texts.wrote()).isTrue();
    }

    @Test
    void givenSettledTexts_whenOneIsGivenUp_thenThoseBeforeItAreNoLongerTheLast() {
        // given
        line(A, B, C);
        texts.wrote();
        texts.settleUpTo(A);
        assertThat(texts.lastSettled()).containsExactly(AgentTexts.hash(A.text()));

        // when
        texts.drop(B);

        // then
        assertThat(texts.lastSettled()).isEmpty();
        assertThat(texts.settled()).isEqualTo(1);
    }
}

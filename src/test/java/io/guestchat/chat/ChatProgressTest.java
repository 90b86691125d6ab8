package io.guestchat.chat;

import static io.guestchat.chat.ChatFixtures.request;
import static org.assertj.core.api.Assertions.assertThat;

import io.guestchat.chat.ChatProgress.Reached;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ChatProgressTest {

    private final List<Long> settled = new ArrayList<>();

    @Test
    void givenANewChat_whenAsked_thenNothingIsPast() {
        ChatProgress progress = new ChatProgress(new ChatProgress.Reached(-1, List.of()));

        assertThat(progress.isPast(0)).isFalse();
        assertThat(progress.lastOffset()).isEqualTo(-1);
        assertThat(progress.isBusy()).isFalse();
    }

    @Test
    void givenAnEarlierRequestIsOpen_whenALaterOneIsFinished_thenTheProgressWaitsForTheGap() {
        // given
        ChatProgress progress = new ChatProgress(new ChatProgress.Reached(9, List.of()));
        Request first = take(progress, 10);
        Request second = take(progress, 12);
        Request third = take(progress, 15);

        // when
        progress.finish(second);

        // then
        assertThat(progress.lastOffset()).isEqualTo(9);
        assertThat(progress.isPast(12)).isFalse();
        assertThat(progress.reached().requests()).isEmpty();
        progress.finish(first);
        assertThat(progress.lastOffset()).isEqualTo(12);
        assertThat(progress.isPast(12)).isTrue();
        assertThat(progress.isPast(13)).isFalse();
        assertThat(progress.isBusy()).isTrue();
        progress.finish(third);
        assertThat(progress.lastOffset()).isEqualTo(15);
        assertThat(progress.isBusy()).isFalse();
    }

    @Test
    void givenFinishedRequests_whenTheStateIsDurable_thenTheyAreSettledAndNotBefore() {
        // given
        ChatProgress progress = new ChatProgress(new ChatProgress.Reached(-1, List.of()));
        progress.finish(take(progress, 1));
        progress.finish(take(progress, 2));

        // when
        Reached reached = progress.reached();

        // then
        assertThat(reached.lastOffset()).isEqualTo(2);
        assertThat(settled).isEmpty();
        reached.durable();
        assertThat(settled).containsExactly(1L, 2L);
    }

    @Test
    void givenAStateOnItsWay_whenMoreIsFinished_thenThatWaitsForTheNextState() {
        // given
        ChatProgress progress = new ChatProgress(new ChatProgress.Reached(-1, List.of()));
        progress.finish(take(progress, 1));
        Reached earlier = progress.reached();

        // when
        progress.finish(take(progress, 2));
        earlier.durable();

        // then
        assertThat(earlier.lastOffset()).isEqualTo(1);
        assertThat(settled).containsExactly(1L);
        Reached later = progress.reached();
        assertThat(later.lastOffset()).isEqualTo(2);
        later.durable();
        assertThat(settled).containsExactly(1L, 2L);
    }

    @Test
    void givenARestoredChat_whenARequestComesAgain_thenItIsPast() {
        ChatProgress progress = new ChatProgress(new ChatProgress.Reached(41, List.of()));

        assertThat(progress.isPast(40)).isTrue();
        assertThat(progress.isPast(41)).isTrue();
        assertThat(progress.isPast(42)).isFalse();
    }

    @Test
    void givenARequestOfTheDurableState_whenItIsFinished_thenTheProgressStandsStill() {
        // given
        ChatProgress progress = new ChatProgress(new ChatProgress.Reached(41, List.of()));
        take(progress, 50);

        // when
        progress.finish(request(30));

        // then
        assertThat(progress.lastOffset()).isEqualTo(41);
        assertThat(progress.isBusy()).isTrue();
    }

    @Test
    void givenARequest_whenItIsFinishedTwice_thenItCountsOnce() {
        ChatProgress progress = new ChatProgress(new ChatProgress.Reached(-1, List.of()));
        Request request = take(progress, 1);

        progress.finish(request);
        progress.finish(request);
        progress.reached().durable();

        assertThat(settled).containsExactly(1L);
    }

    @Test
    void givenAnEarlierRequestIsOpen_whenThoseBehindItAreRefused_thenTheProgressComesToThemWithTheEarlierOne() {
        // given
        ChatProgress progress = new ChatProgress(ChatProgress.Reached.NOTHING);
        Request open = take(progress, 10);
        Request refused = take(progress, 11);
        Request later = take(progress, 12);
        Request refusedLast = take(progress, 13);

        // when
        progress.refused(refused);
        progress.refused(refusedLast);

        // then
        assertThat(progress.lastOffset()).isEqualTo(-1);
        progress.finish(open);
        assertThat(progress.lastOffset()).isEqualTo(11);
        assertThat(progress.isPast(11)).isTrue();
        progress.finish(later);
        assertThat(progress.lastOffset()).isEqualTo(13);
        assertThat(progress.isBusy()).isFalse();
        assertThat(progress.reached().requests()).as("what depends on the state").containsExactly(open, later);
    }

    @Test
    void givenNoEarlierRequest_whenOneIsRefused_thenItIsPast() {
        ChatProgress progress = new ChatProgress(ChatProgress.Reached.NOTHING);
        progress.refused(take(progress, 5));

        assertThat(progress.lastOffset()).isEqualTo(5);
        assertThat(progress.isBusy()).isFalse();
    }

    private Request take(ChatProgress progress, long offset) {
        Request request = request(offset, () -> settled.add(offset));
        progress.take(request);
        return request;
    }

    @Test
    void givenARequestOfAFormerTopic_whenItIsFinished_thenTheOneThatHasItsOffsetNowIsNot() {
        // given
        Runnable settled = () -> { };
        ChatProgress progress = new ChatProgress(ChatProgress.Reached.NOTHING);
        progress.take(request(3, settled));

        // when
        progress.finish(Request.restored(request(3).stored(), ChatFixtures.TOPIC, 0, new byte[0], "chat-1"));

        // then
        assertThat(progress.isBusy()).isTrue();
        progress.finish(request(3, settled));
        assertThat(progress.isBusy()).isFalse();
    }
}

package io.guestchat.socket;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;

import org.junit.jupiter.api.Test;

class InboxTest {

    private final Queue<Runnable> pool = new ArrayDeque<>();
    private final Owner owner = new Owner();
    private final Inbox inbox = new Inbox(pool::add, SocketOptions.defaults().withInbox(4, 1).withSizes(1000, 1000), owner);

    @Test
    void givenSignals_whenOneIsNotDone_thenTheNextWaitsForIt() {
        CompletableFuture<Void> first = new CompletableFuture<>();
        owner.answer = first;
        inbox.offer(text("a"));
        inbox.offer(text("b"));
        run();
        assertThat(owner.log).containsExactly("a");

        owner.answer = CompletableFuture.completedFuture(null);
        first.complete(null);
        run();

        assertThat(owner.log).containsExactly("a", "b");
    }

    @Test
    void givenAFullInbox_whenItEmptiesToItsLowMark_thenThereIsRoomAgainOnce() {
        for (String each : List.of("a", "b", "c", "d", "e")) {
            inbox.offer(text(each));
        }
        assertThat(owner.log).containsExactly("full");
        assertThat(inbox.isFull()).isTrue();

        run();

        assertThat(owner.log).containsExactly("full", "a", "b", "c", "room", "d", "e");
        assertThat(inbox.isFull()).isFalse();
    }

    @Test
    void givenFewButLargeSignals_whenTheirBytesAreTooMany_thenTheInboxIsFull() {
        inbox.offer(text("x".repeat(600)));
        assertThat(inbox.isFull()).isFalse();
        inbox.offer(text("y".repeat(600)));

        assertThat(inbox.isFull()).isTrue();
    }

    @Test
    void givenManySignals_whenTheyAreHandled_thenThePoolsThreadIsGivenBackBetween() {
        for (int i = 0; i < 100; i++) {
            inbox.offer(text("t"));
        }
        assertThat(pool).hasSize(1);

        pool.remove().run();

        assertThat(owner.log).hasSizeLessThan(100);
        assertThat(pool).hasSize(1);
        run();
        assertThat(owner.log.stream().filter("t"::equals)).hasSize(100);
    }

    @Test
    void givenAPoolThatTakesNoWork_whenASignalComes_thenTheOwnerIsTold() {
        Inbox homeless = new Inbox(task -> {
            throw new RejectedExecutionException();
        }, SocketOptions.defaults(), owner);

        homeless.offer(text("a"));

        assertThat(owner.log).containsExactly("gone");
    }

    private void run() {
        while (!pool.isEmpty()) {
            pool.remove().run();
        }
    }

    private static Signal text(String text) {
        return new Signal.Text(text);
    }

    private static final class Owner implements Inbox.Owner {

        private final List<String> log = new ArrayList<>();
        private CompletionStage<?> answer = CompletableFuture.completedFuture(null);

        @Override
        public CompletionStage<?> handle(Signal signal) {
            log.add(((Signal.Text) signal).text());
            return answer;
        }

        @Override
        public void full() {
            log.add("full");
        }

        @Override
        public void roomAgain() {
            log.add("room");
        }

        @Override
        public void workersGone() {
            log.add("gone");
        }
    }
}

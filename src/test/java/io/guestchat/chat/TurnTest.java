package io.guestchat.chat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TurnTest {

    private static final int THREADS = 4;
    private static final int PIECES = 5_000;

    private final Turn turn = new Turn();
    private final ExecutorService workers = Executors.newFixedThreadPool(THREADS);

    @AfterEach
    void stop() {
        workers.shutdownNow();
    }

    @Test
    void givenAFreeTurn_whenTaken_thenItIsHadAtOnceAndNobodyIsCalled() {
        AtomicInteger called = new AtomicInteger();

        assertThat(turn.take(called::incrementAndGet)).isTrue();
        turn.release(Runnable::run);

        assertThat(turn.take(called::incrementAndGet)).isTrue();
        assertThat(called).hasValue(0);
    }

    @Test
    void givenATakenTurn_whenReleased_thenTheLineIsServedInOrderOneAtATime() {
        // given
        List<Integer> served = new ArrayList<>();
        turn.take(() -> { });
        for (int number = 1; number <= 3; number++) {
            int waiting = number;
            assertThat(turn.take(() -> served.add(waiting))).isFalse();
        }

        // when
        turn.release(Runnable::run);

        // then
        assertThat(served).containsExactly(1);
        turn.release(Runnable::run);
        turn.release(Runnable::run);
        assertThat(served).containsExactly(1, 2, 3);
        turn.release(Runnable::run);
        assertThat(turn.take(() -> { })).isTrue();
    }

    @Test
    void givenSomebodyInLine_whenTheTurnIsPassedOn_thenItIsNeverFreeInBetween() {
        // given
        List<Runnable> handedOver = new ArrayList<>();
        turn.take(() -> { });
        turn.take(() -> { });

        // when
        turn.release(handedOver::add);

        // then
        assertThat(handedOver).hasSize(1);
        assertThat(turn.take(() -> { })).isFalse();
    }

    @Test
    void givenManyThreads_whenTheyCrowd_thenEachIsServedOnceAndNeverTwoAtATime() throws InterruptedException {
        // given
        AtomicInteger inside = new AtomicInteger();
        AtomicInteger mostInside = new AtomicInteger();
        AtomicInteger served = new AtomicInteger();
        int[] unguarded = new int[1];
        CountDownLatch together = new CountDownLatch(1);
        Runnable work = () -> {
            mostInside.accumulateAndGet(inside.incrementAndGet(), Math::max);
            unguarded[0]++;
            served.incrementAndGet();
            inside.decrementAndGet();
            turn.release(workers);
        };

        // when
        List<Thread> crowd = new ArrayList<>();
        for (int thread = 0; thread < THREADS; thread++) {
            crowd.add(new Thread(() -> {
                awaitUninterrupted(together);
                for (int piece = 0; piece < PIECES; piece++) {
                    if (turn.take(work)) {
                        work.run();
                    }
                }
            }));
        }
        crowd.forEach(Thread::start);
        together.countDown();
        for (Thread thread : crowd) {
            thread.join();
        }

        // then
        await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> assertThat(served).hasValue(THREADS * PIECES));
        await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> assertThat(turn.take(() -> { })).isTrue());
        assertThat(mostInside).hasValue(1);
        assertThat(unguarded[0]).isEqualTo(THREADS * PIECES);
    }

    private static void awaitUninterrupted(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }
}

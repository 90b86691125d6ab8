package io.guestchat.intake;

import static io.guestchat.intake.RequestRecords.record;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.Test;

class ChatLanesTest {
    /** Records that were begun, and how to finish each, by hand. */
    private final List<RequestRecord> begun = new ArrayList<>();
    private final Map<RequestRecord, Runnable> finish = new HashMap<>();
    private final ChatLanes lanes = new ChatLanes(Runnable::run, (record, whenFinished) -> {
        begun.add(record);
        finish.put(record, whenFinished);
    });

    @Test
    void givenTwoRecordsOfAChat_whenTheFirstIsInProgress_thenTheSecondWaits() {
        RequestRecord first = record(0, 1, "a");
        RequestRecord second = record(0, 2, "a");

        lanes.submit(first);
        lanes.submit(second);

        assertThat(begun).containsExactly(first);
        assertThat(lanes.inFlight()).isEqualTo(2);
        assertThat(lanes.inProgress()).isEqualTo(1);
        finish.get(first).run();
        assertThat(begun).containsExactly(first, second);
    }

    @Test
    void givenManyChats_whenNoneIsFinished_thenAllAreInProgress() {
        for (int i = 0; i < 100; i++) {
            lanes.submit(record(i % 3, i, "chat-" + i));
        }

        assertThat(begun).hasSize(100);
    }

    @Test
    void givenTheSameKeyOnTwoPartitions_whenSubmitted_thenTheyAreTwoChats() {
        lanes.submit(record(0, 1, "a"));
        lanes.submit(record(1, 1, "a"));

        assertThat(begun).hasSize(2);
    }

    @Test
    void givenRecordsWithoutAKey_whenSubmitted_thenAPartitionsOnesShareALaneThatIsNotTheEmptyKeys() {
        RequestRecord first = record(0, 1, null);
        RequestRecord emptyKey = record(0, 3, "");
        RequestRecord otherPartition = record(1, 1, null);

        lanes.submit(first);
        lanes.submit(record(0, 2, null));
        lanes.submit(emptyKey);
        lanes.submit(otherPartition);

        assertThat(begun).containsExactly(first, emptyKey, otherPartition);
    }

    @Test
    void givenARecordFinished_whenItWasNotHandedOver_thenItIsDone() {
        RequestRecord record = record(0, 1, "a");
        lanes.submit(record);
        assertThat(record.isDone()).isFalse();

        finish.get(record).run();

        assertThat(record.isDone()).isTrue();
        assertThat(lanes.inFlight()).isZero();
    }

    @Test
    void givenARecordHandedOver_whenFinished_thenItIsNotDoneButTheNextGoesOn() {
        RequestRecord first = record(0, 1, "a");
        RequestRecord second = record(0, 2, "a");
        lanes.submit(first);
        lanes.submit(second);

        first.handOver();
        finish.get(first).run();

        assertThat(first.isDone()).isFalse();
        assertThat(begun).containsExactly(first, second);
    }

    @Test
    void givenARecord_whenFinishedTwice_thenOnlyOneMoreIsBegun() {
        RequestRecord first = record(0, 1, "a");
        RequestRecord second = record(0, 2, "a");
        lanes.submit(first);
        lanes.submit(second);
        lanes.submit(record(0, 3, "a"));

        finish.get(first).run();
        finish.get(first).run();

        assertThat(begun).containsExactly(first, second);
    }

    @Test
    void givenWorkThatThrows_whenCarriedOut_thenTheRecordStaysUnfinishedAndTheNextGoesOn() {
        List<Long> carriedOut = new ArrayList<>();
        ChatLanes failing = new ChatLanes(Runnable::run, (record, whenFinished) -> {
            carriedOut.add(record.offset());
            if (record.offset() == 1) {
                throw new IllegalStateException("no answer");
            }
            whenFinished.run();
        });
        RequestRecord first = record(0, 1, "a");
        RequestRecord second = record(0, 2, "a");

        failing.submit(first);
        failing.submit(second);

        assertThat(carriedOut).containsExactly(1L, 2L);
        assertThat(first.isDone()).isFalse();
        assertThat(second.isDone()).isTrue();
        assertThat(failing.inFlight()).isZero();
    }

    @Test
    void givenWaitingRecords_whenTheirPartitionIsDropped_thenTheyAreNeitherBegunNorDone() {
        RequestRecord inProgress = record(0, 1, "a");
        RequestRecord waiting = record(0, 2, "a");
        RequestRecord elsewhere = record(1, 1, "a");
        RequestRecord waitingElsewhere = record(1, 2, "a");
        List.of(inProgress, waiting, elsewhere, waitingElsewhere).forEach(lanes::submit);

        lanes.drop(List.of(0));
        finish.get(inProgress).run();
        finish.get(elsewhere).run();

        assertThat(begun).containsExactly(inProgress, elsewhere, waitingElsewhere);
        assertThat(waiting.isDone()).isFalse();
        assertThat(lanes.inFlight()).isEqualTo(1);
    }

    @Test
    void givenAPartitionThatComesBack_whenItsOldRecordIsStillInProgress_thenTheNewOneOfTheChatWaits() {
        RequestRecord old = record(0, 1, "a");
        RequestRecord again = record(0, 1, "a");
        lanes.submit(old);
        lanes.drop(List.of(0));

        lanes.submit(again);

        assertThat(begun).containsExactly(old);
        finish.get(old).run();
        assertThat(begun).containsExactly(old, again);
    }

    @Test
    void givenRecordsInProgress_whenTheLastOfThePartitionsEnds_thenTheyAreDrained() {
        RequestRecord first = record(0, 1, "a");
        RequestRecord second = record(1, 1, "b");
        lanes.submit(first);
        lanes.submit(second);
        lanes.submit(record(2, 1, "c"));
        var drained = lanes.drained(List.of(0, 1)).toCompletableFuture();

        finish.get(first).run();
        assertThat(drained).isNotDone();
        finish.get(second).run();

        assertThat(drained).isCompleted();
    }

    @Test
    void givenWaitingRecords_whenDropped_thenDrainedWaitsOnlyForTheOneInProgress() {
        RequestRecord inProgress = record(0, 1, "a");
        lanes.submit(inProgress);
        lanes.submit(record(0, 2, "a"));
        var drained = lanes.drained(List.of(0)).toCompletableFuture();

        lanes.drop(List.of(0));
        assertThat(drained).isNotDone();
        finish.get(inProgress).run();

        assertThat(drained).isCompleted();
    }

    @Test
    void givenNothingInFlight_whenAskedToDrain_thenItIsDrainedAtOnce() {
        assertThat(lanes.drained(List.of(0)).toCompletableFuture()).isCompleted();
    }

    @Test
    void givenAClosedExecutor_whenSubmitted_thenTheRecordStaysUnfinishedAndNothingLeaks() {
        ExecutorService closed = Executors.newSingleThreadExecutor();
        closed.shutdown();
        ChatLanes dead = new ChatLanes(closed, (record, whenFinished) -> whenFinished.run());
        RequestRecord record = record(0, 1, "a");

        dead.submit(record);

        assertThat(record.isDone()).isFalse();
        assertThat(dead.inFlight()).isZero();
    }

    @Test
    void givenManyThreadsAndChats_whenWorkEndsAtRandom_thenEachChatIsInOrderAndNoLaneIsLeft() throws Exception {
        int chats = 50;
        int each = 200;
        ExecutorService pool = Executors.newFixedThreadPool(4);
        ScheduledExecutorService scheduler = Executors.newScheduledThreadPool(2);
        Random random = new Random(7);
        Map<String, List<Long>> carriedOut = new ConcurrentHashMap<>();
        Map<String, AtomicBoolean> busy = new ConcurrentHashMap<>();
        AtomicInteger overlaps = new AtomicInteger();
        ChatLanes parallel = new ChatLanes(pool, (record, whenFinished) -> {
            String chat = new String(record.key(), UTF_8);
            AtomicBoolean own = busy.computeIfAbsent(chat, c -> new AtomicBoolean());
            if (!own.compareAndSet(false, true)) {
                overlaps.incrementAndGet();
            }
            Runnable end = () -> {
                carriedOut.computeIfAbsent(chat, c -> new CopyOnWriteArrayList<>()).add(record.offset());
                own.set(false);
                whenFinished.run();
            };
            int way;
            synchronized (random) {
                way = random.nextInt(3);
            }
            if (way == 0) {
                scheduler.schedule(end, 50, TimeUnit.MICROSECONDS);
            } else {
                end.run();
            }
        });

        List<Long> expected = new ArrayList<>();
        for (long n = 0; n < each; n++) {
            expected.add(n);
            for (int c = 0; c < chats; c++) {
                parallel.submit(record(c % 4, n, "chat-" + c));
            }
        }

        await().until(() -> parallel.inFlight() == 0);
        assertThat(carriedOut).hasSize(chats);
        assertThat(carriedOut.values()).allSatisfy(offsets -> assertThat(offsets).isEqualTo(expected));
        assertThat(overlaps).hasValue(0);
        assertThat(parallel.inProgress()).isZero();
        pool.shutdownNow();
        scheduler.shutdownNow();
    }
}

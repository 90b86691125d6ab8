package io.guestchat.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.util.OptionalLong;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.LongStream;

import org.junit.jupiter.api.Test;

class PartitionProgressTest {
    private final AtomicLong nanos = new AtomicLong(-5);
    private final PartitionProgress progress = new PartitionProgress(nanos::get);

    @Test
    void givenNoRecord_whenAsked_thenThereIsNothingToCommit() {
        assertThat(progress.watermark()).isEmpty();
        assertThat(progress.unfinished()).isZero();
        assertThat(progress.oldestUnfinishedAge()).isZero();
    }

    @Test
    void givenARecordInProgress_whenAsked_thenItsOwnOffsetIsNext() {
        progress.begin(40);

        assertThat(progress.watermark()).hasValue(40);
    }

    @Test
    void givenAllFinished_whenAsked_thenTheOffsetAfterTheLastIsNext() {
        begin(40, 41, 42);

        finish(42, 40, 41);

        assertThat(progress.watermark()).hasValue(43);
        assertThat(progress.unfinished()).isZero();
    }

    @Test
    void givenAnOldRecordUnfinished_whenLaterOnesFinish_thenTheWatermarkStaysAndThenJumps() {
        begin(1, 2, 3, 4);

        finish(3, 2);
        assertThat(progress.watermark()).hasValue(1);
        finish(1);
        assertThat(progress.watermark()).hasValue(4);
    }

    @Test
    void givenGapsInTheOffsets_whenAllFinished_thenNothingStalls() {
        begin(10, 15, 1000);

        finish(10);
        assertThat(progress.watermark()).hasValue(15);
        finish(15, 1000);
        assertThat(progress.watermark()).hasValue(1001);
    }

    @Test
    void givenAFinishedOrAnUnknownOffset_whenFinishedAgain_thenItIsRefusedAndNothingChanges() {
        begin(5, 6);
        finish(6);

        assertThat(progress.finish(6)).isFalse();
        assertThat(progress.finish(99)).isFalse();
        assertThat(progress.watermark()).hasValue(5);
        assertThat(progress.unfinished()).isEqualTo(1);
    }

    @Test
    void givenAnOffsetSeen_whenItOrALowerOneBeginsAgain_thenItIsRefused() {
        begin(5);

        assertThat(progress.isBehind(5)).isTrue();
        assertThat(progress.isBehind(6)).isFalse();
        assertThatIllegalArgumentException().isThrownBy(() -> progress.begin(5));
        assertThatIllegalArgumentException().isThrownBy(() -> progress.begin(4));
        assertThat(progress.watermark()).hasValue(5);
    }

    @Test
    void givenSeveralUnfinished_whenTimePasses_thenTheOldestOnesAgeIsTold() {
        begin(1);
        nanos.addAndGet(Duration.ofSeconds(3).toNanos());
        begin(2);
        nanos.addAndGet(Duration.ofSeconds(2).toNanos());

        assertThat(progress.oldestUnfinishedAge()).isEqualTo(Duration.ofSeconds(5));
        finish(1);
        assertThat(progress.oldestUnfinishedAge()).isEqualTo(Duration.ofSeconds(2));
    }

    @Test
    void givenOneRecordStuck_whenAMillionOthersFinish_thenOnlyTheStuckOneIsRemembered() {
        begin(0);
        LongStream.rangeClosed(1, 1_000_000).forEach(offset -> {
            progress.begin(offset);
            progress.finish(offset);
        });

        assertThat(progress.unfinished()).isEqualTo(1);
        assertThat(progress.watermark()).hasValue(0);
        finish(0);
        assertThat(progress.watermark()).hasValue(1_000_001);
    }

    @Test
    void givenAnyInterleaving_whenComparedWithAPlainModel_thenBothAgreeAtEveryStep() {
        Random random = new Random(20261122);
        for (int round = 0; round < 200; round++) {
            PartitionProgress subject = new PartitionProgress(nanos::get);
            TreeMap<Long, Boolean> finishedByOffset = new TreeMap<>();
            long next = random.nextInt(1000);
            long lastWatermark = Long.MIN_VALUE;
            for (int step = 0; step < 300; step++) {
                if (finishedByOffset.isEmpty() || random.nextInt(100) < 45) {
                    next += random.nextInt(10) == 0 ? random.nextInt(50) : 0;
                    subject.begin(next);
                    finishedByOffset.put(next, false);
                    next++;
                } else {
                    Long[] all = finishedByOffset.keySet().toArray(Long[]::new);
                    long offset = all[random.nextInt(all.length)];
                    assertThat(subject.finish(offset)).isEqualTo(!finishedByOffset.put(offset, true));
                }
                OptionalLong expected = LongStream.concat(
                        finishedByOffset.entrySet().stream().filter(e -> !e.getValue()).mapToLong(e -> e.getKey()),
                        LongStream.of(next)).min();
                assertThat(subject.watermark()).as("round %d step %d", round, step).isEqualTo(expected);
                assertThat(subject.watermark().getAsLong()).as("never falls").isGreaterThanOrEqualTo(lastWatermark);
                assertThat(subject.unfinished()).isEqualTo((int) finishedByOffset.values().stream().filter(f -> !f).count());
                lastWatermark = subject.watermark().getAsLong();
            }
        }
    }

    @Test
    void givenManyThreads_whenTheyFinishWhileOthersBegin_thenNothingIsForgotten() throws Exception {
        int records = 50_000;
        ExecutorService threads = Executors.newFixedThreadPool(4);
        for (long offset = 0; offset < records; offset++) {
            long own = offset;
            progress.begin(own);
            threads.execute(() -> progress.finish(own));
        }
        threads.shutdown();

        assertThat(threads.awaitTermination(20, TimeUnit.SECONDS)).isTrue();
        assertThat(progress.unfinished()).isZero();
        assertThat(progress.watermark()).hasValue(records);
    }

    private void begin(long... offsets) {
        LongStream.of(offsets).forEach(progress::begin);
    }

    private void finish(long... offsets) {
        LongStream.of(offsets).forEach(offset -> assertThat(progress.finish(offset)).isTrue());
    }
}

package io.guestchat.intake;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.LongStream;

import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class AssignmentTest {
    private static final IntakeSettings UP_TO_TEN = new IntakeSettings(10, 1_000, Duration.ZERO, Duration.ZERO);
    private final AtomicLong nanos = new AtomicLong();
    private final Assignment assignment = new Assignment(new TopicPartition("requests", 3), 7, nanos::get);

    @Test
    void givenANewAssignment_whenItsOwnerIsNotReady_thenItRests() {
        assertThat(assignment.isOwnerToBeTold()).isTrue();
        assertThat(assignment.mustRest(UP_TO_TEN)).isTrue();

        assignment.ownerReads();
        assertThat(assignment.isOwnerToBeTold()).isFalse();
        assertThat(assignment.mustRest(UP_TO_TEN)).isTrue();

        assignment.ownerIsReady();
        assertThat(assignment.mustRest(UP_TO_TEN)).isFalse();
    }

    @Test
    void givenAnOwnerThatFails_whenThePauseIsOver_thenItIsToldAgainAndEachPauseDoublesUpToTheLongest() {
        Duration longest = Duration.ofSeconds(3);
        for (Duration expected : new Duration[] {Duration.ofSeconds(1), Duration.ofSeconds(2), longest, longest}) {
            assignment.ownerReads();

            Duration pause = assignment.ownerFailed(Duration.ofSeconds(1), longest);

            assertThat(pause).isEqualTo(expected);
            nanos.addAndGet(pause.toNanos() - 1);
            assertThat(assignment.isOwnerToBeTold()).isFalse();
            nanos.incrementAndGet();
            assertThat(assignment.isOwnerToBeTold()).isTrue();
        }
    }

    @Test
    void givenAReadyPartition_whenTheBoundIsReached_thenItRestsUntilHalfIsFinished() {
        assignment.ownerIsReady();
        LongStream.range(0, 9).forEach(assignment.progress()::begin);
        assertThat(assignment.mustRest(UP_TO_TEN)).isFalse();

        assignment.progress().begin(9);
        assertThat(assignment.mustRest(UP_TO_TEN)).isTrue();
        assertThat(assignment.isHeldBack()).isTrue();
        LongStream.range(0, 4).forEach(assignment.progress()::finish);
        assertThat(assignment.mustRest(UP_TO_TEN)).as("6 unfinished").isTrue();
        assignment.progress().finish(4);
        assertThat(assignment.mustRest(UP_TO_TEN)).as("5 unfinished").isFalse();
        LongStream.range(10, 14).forEach(assignment.progress()::begin);
        assertThat(assignment.mustRest(UP_TO_TEN)).as("9 unfinished, on the way up").isFalse();
    }

    @Test
    void givenFewButLargeRecords_whenTheirBytesReachTheBound_thenThePartitionRestsUntilHalfOfThemAreFinished() {
        assignment.ownerIsReady();
        assignment.progress().begin(0, 400);
        assignment.progress().begin(1, 400);
        assertThat(assignment.mustRest(UP_TO_TEN)).isFalse();

        assignment.progress().begin(2, 200);
        assertThat(assignment.mustRest(UP_TO_TEN)).isTrue();
        assignment.progress().finish(0);
        assertThat(assignment.mustRest(UP_TO_TEN)).as("600 bytes unfinished").isTrue();
        assignment.progress().finish(2);
        assertThat(assignment.mustRest(UP_TO_TEN)).as("400 bytes unfinished").isFalse();
    }

    @Test
    void givenOneOldUnfinishedRecord_whenTheSpanOfOffsetsGrowsBeyondTheBound_thenThePartitionIsStillRead() {
        assignment.ownerIsReady();
        assignment.progress().begin(0);
        LongStream.range(1, 1000).forEach(offset -> {
            assignment.progress().begin(offset);
            assignment.progress().finish(offset);
        });

        assertThat(assignment.mustRest(UP_TO_TEN)).isFalse();
    }

    @Test
    void givenAnAcknowledgedOffset_whenTheWatermarkIsThere_thenNothingIsToBeCommittedUntilItAdvances() {
        assertThat(assignment.committable()).isZero();
        assignment.progress().begin(100);
        assertThat(assignment.acknowledge(100)).isTrue();
        assertThat(assignment.committable()).isZero();

        assignment.progress().finish(100);

        assertThat(assignment.committable()).isEqualTo(1);
        assertThat(assignment.acknowledge(101)).isTrue();
        assertThat(assignment.acknowledge(101)).isFalse();
        assertThat(assignment.acknowledge(100)).isFalse();
        assertThat(assignment.committable()).isZero();
    }
}

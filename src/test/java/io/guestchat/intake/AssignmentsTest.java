package io.guestchat.intake;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class AssignmentsTest {
    private static final TopicPartition ZERO = new TopicPartition("requests", 0);
    private static final TopicPartition ONE = new TopicPartition("requests", 1);
    private final AtomicLong nanos = new AtomicLong(1_000);
    private final Assignments assignments = new Assignments(nanos::get);

    @Test
    void givenAConsumerThatNeverPolled_whenAsked_thenItHasNotJoinedAndHasNoPoll() {
        assertThat(assignments.status()).isEqualTo(new IntakeStatus(false, 0, 0, 0, null, Duration.ZERO, 0));
    }

    @Test
    void givenPartitionsInDifferentStates_whenAsked_thenTheStatusCountsThem() {
        assignments.polled(true);
        Assignment ready = assignments.add(ZERO, 4);
        ready.ownerIsReady();
        ready.progress().begin(1);
        nanos.addAndGet(Duration.ofSeconds(2).toNanos());
        ready.progress().begin(2);
        ready.mustRest(new IntakeSettings(2, 1_000, Duration.ZERO, Duration.ZERO));
        assignments.add(ONE, 4).progress().begin(9);

        assertThat(assignments.status()).isEqualTo(
                new IntakeStatus(true, 2, 1, 1, Duration.ofSeconds(2), Duration.ofSeconds(2), 3));
    }

    @Test
    void givenAPartitionThatCameBack_whenItsFormerAssignmentIsRemoved_thenTheNewOneStays() {
        Assignment former = assignments.add(ZERO, 4);
        Assignment now = assignments.add(ZERO, 5);

        assignments.remove(List.of(former));

        assertThat(assignments.of(0)).isSameAs(now);
        assertThat(assignments.isCurrent(former)).isFalse();
        assertThat(assignments.isCurrent(now)).isTrue();
    }

    @Test
    void givenARecordOfAFormerAssignment_whenDoneLate_thenTheNewOnesWatermarkIsUntouched() {
        Assignment former = assignments.add(ZERO, 4);
        former.progress().begin(10);
        Assignment now = assignments.add(ZERO, 5);
        now.progress().begin(10);

        former.progress().finish(10);

        assertThat(now.progress().watermark()).hasValue(10);
    }

    @Test
    void givenTheConsumerLeft_whenAsked_thenItIsNotInTheGroup() {
        assignments.polled(true);

        assignments.left();

        assertThat(assignments.status().joined()).isFalse();
    }
}

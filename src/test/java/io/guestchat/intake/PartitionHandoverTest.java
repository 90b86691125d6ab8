package io.guestchat.intake;

import static io.guestchat.intake.RequestRecords.record;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.consumer.OffsetResetStrategy;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class PartitionHandoverTest {
    private static final TopicPartition ZERO = new TopicPartition("requests", 0);
    private static final TopicPartition ONE = new TopicPartition("requests", 1);
    private final Assignments assignments = new Assignments(System::nanoTime);
    private final Lease lease = new Lease(Duration.ofSeconds(1), System::nanoTime);
    private final RecordingOwner owner = new RecordingOwner();
    private final List<Runnable> inProgress = new ArrayList<>();
    private final ChatLanes lanes = new ChatLanes(Runnable::run, (record, whenFinished) -> inProgress.add(whenFinished));
    private final List<Map<TopicPartition, OffsetAndMetadata>> committed = new ArrayList<>();
    private final MockConsumer<byte[], byte[]> consumer = new MockConsumer<>(OffsetResetStrategy.EARLIEST) {
        @Override
        public void commitSync(Map<TopicPartition, OffsetAndMetadata> offsets, Duration timeout) {
            assertThat(Thread.currentThread().isInterrupted()).as("Kafka's client refuses an interrupted thread").isFalse();
            committed.add(offsets);
        }
    };

    private PartitionHandover handover(Duration drainTimeout) {
        lease.renewed(System.nanoTime());
        PartitionOwner guarded = new GuardedOwner(owner);
        return new PartitionHandover(assignments, lanes, guarded,
                new WatermarkCommits(consumer, assignments, guarded, lease, Duration.ZERO, System::nanoTime), drainTimeout, () -> 3);
    }

    private Assignment takenUp(PartitionHandover handover, TopicPartition partition) {
        handover.onPartitionsAssigned(List.of(partition));
        Assignment assignment = assignments.of(partition.partition());
        assignment.ownerReads();
        assignment.ownerIsReady();
        return assignment;
    }

    private void submit(Assignment assignment, long offset, String key) {
        PartitionProgress progress = assignment.progress();
        progress.begin(offset);
        lanes.submit(record(assignment.partition(), offset, key, () -> progress.finish(offset)));
    }

    @Test
    @Timeout(10)
    void givenARequestInProgress_whenItsPartitionIsRevoked_thenItIsFinishedFirstAndCommitted() {
        PartitionHandover handover = handover(Duration.ofSeconds(9));
        Assignment assignment = takenUp(handover, ZERO);
        submit(assignment, 4, "a");
        submit(assignment, 5, "a");
        CompletableFuture.delayedExecutor(100, TimeUnit.MILLISECONDS).execute(() -> inProgress.get(0).run());

        handover.onPartitionsRevoked(List.of(ZERO));

        assertThat(inProgress).as("the waiting one is not begun").hasSize(1);
        assertThat(committed).containsExactly(Map.of(ZERO, new OffsetAndMetadata(5)));
        assertThat(owner.released).containsExactly(0);
        assertThat(owner.committedAtRelease).isEqualTo(Map.of(0, 5L));
        assertThat(assignments.of(0)).isNull();
    }

    @Test
    @Timeout(10)
    void givenARecordHandedOver_whenTheOwnerFinishesItOnRevocation_thenItIsCommitted() {
        PartitionHandover handover = handover(Duration.ofSeconds(9));
        Assignment assignment = takenUp(handover, ZERO);
        assignment.progress().begin(4);
        CompletableFuture<Void> finished = new CompletableFuture<>();
        owner.whenRevoked = partitions -> finished;
        CompletableFuture.delayedExecutor(100, TimeUnit.MILLISECONDS).execute(() -> {
            assignment.progress().finish(4);
            finished.complete(null);
        });

        handover.onPartitionsRevoked(List.of(ZERO));

        assertThat(committed).containsExactly(Map.of(ZERO, new OffsetAndMetadata(5)));
    }

    @Test
    @Timeout(10)
    void givenWorkThatNeverEnds_whenRevoked_thenTheDrainTimeoutEndsTheWaitAndOnlyTheWatermarkIsCommitted() {
        PartitionHandover handover = handover(Duration.ofMillis(50));
        Assignment assignment = takenUp(handover, ZERO);
        submit(assignment, 4, "a");
        submit(assignment, 5, "b");
        inProgress.get(1).run();

        handover.onPartitionsRevoked(List.of(ZERO));

        assertThat(committed).containsExactly(Map.of(ZERO, new OffsetAndMetadata(4)));
        assertThat(owner.released).containsExactly(0);
    }

    @Test
    @Timeout(10)
    void givenAnOwnerThatThrowsOrFails_whenRevoked_thenThePartitionIsGivenAwayAllTheSame() {
        PartitionHandover handover = handover(Duration.ofSeconds(9));
        takenUp(handover, ZERO).progress().begin(4);
        takenUp(handover, ONE).progress().begin(7);

        owner.whenRevoked = partitions -> {
            throw new IllegalStateException("broken");
        };
        handover.onPartitionsRevoked(List.of(ZERO));
        owner.whenRevoked = partitions -> CompletableFuture.failedFuture(new IllegalStateException("broken"));
        handover.onPartitionsRevoked(List.of(ONE));

        assertThat(owner.released).containsExactly(0, 1);
        assertThat(assignments.current()).isEmpty();
    }

    @Test
    @Timeout(10)
    void givenAnInterruptedThread_whenRevoked_thenItDoesNotWaitButCommitsAndTheInterruptIsKept() {
        PartitionHandover handover = handover(Duration.ofMinutes(1));
        Assignment assignment = takenUp(handover, ZERO);
        submit(assignment, 4, "a");
        Thread.currentThread().interrupt();

        handover.onPartitionsRevoked(List.of(ZERO));

        assertThat(Thread.interrupted()).isTrue();
        assertThat(committed).containsExactly(Map.of(ZERO, new OffsetAndMetadata(4)));
        assertThat(owner.released).containsExactly(0);
    }

    @Test
    void givenPartitionsThatStay_whenOthersAreRevoked_thenTheyAreUntouched() {
        PartitionHandover handover = handover(Duration.ofSeconds(9));
        takenUp(handover, ZERO);
        Assignment stays = takenUp(handover, ONE);
        submit(stays, 4, "a");
        submit(stays, 5, "a");

        handover.onPartitionsRevoked(List.of(ZERO));

        assertThat(assignments.current()).containsExactly(stays);
        assertThat(lanes.inFlight()).isEqualTo(2);
        assertThat(owner.released).containsExactly(0);
    }

    @Test
    void givenAPartitionWhoseOffsetsAreNotKnownYet_whenItGoes_thenItsOwnerWhoReadsAheadIsToldToLetGo() {
        PartitionHandover handover = handover(Duration.ofSeconds(9));

        handover.onPartitionsAssigned(List.of(ZERO));
        assertThat(owner.coming).containsExactly(0);
        handover.onPartitionsLost(List.of(ZERO));
        handover.onPartitionsAssigned(List.of(ONE));
        handover.onPartitionsRevoked(List.of(ONE));

        assertThat(owner.coming).containsExactly(0, 1);
        assertThat(owner.assigned).isEmpty();
        assertThat(owner.lost).containsExactly(0);
        assertThat(owner.revoked).containsExactly(1);
        assertThat(owner.released).containsExactly(1);
    }

    @Test
    @Timeout(10)
    void givenRequestsInFlight_whenTheirPartitionIsLost_thenItIsDroppedAtOnceAndNothingIsCommitted() {
        PartitionHandover handover = handover(Duration.ofMinutes(1));
        Assignment assignment = takenUp(handover, ZERO);
        submit(assignment, 4, "a");
        submit(assignment, 5, "a");
        submit(assignment, 6, "b");
        inProgress.get(1).run();

        handover.onPartitionsLost(List.of(ZERO));

        assertThat(owner.lost).containsExactly(0);
        assertThat(owner.revoked).isEmpty();
        assertThat(committed).isEmpty();
        assertThat(assignments.of(0)).isNull();
        assertThat(lanes.inFlight()).as("only the one in progress").isEqualTo(1);
    }

    @Test
    @Timeout(10)
    void givenADrainThatTakesLong_whenRevoked_thenTheLeaseIsRenewedMeanwhile() {
        PartitionHandover handover = handover(Duration.ofMillis(1500));
        Assignment assignment = takenUp(handover, ZERO);
        submit(assignment, 4, "a");

        handover.onPartitionsRevoked(List.of(ZERO));

        assertThat(committed).hasSizeGreaterThanOrEqualTo(2).allMatch(Map.of(ZERO, new OffsetAndMetadata(4))::equals);
        assertThat(lease.isHeld()).isTrue();
    }
}

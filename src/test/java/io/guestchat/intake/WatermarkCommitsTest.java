package io.guestchat.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.LongStream;

import org.apache.kafka.clients.consumer.CommitFailedException;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.consumer.OffsetCommitCallback;
import org.apache.kafka.clients.consumer.OffsetResetStrategy;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.GroupAuthorizationException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.WakeupException;
import org.junit.jupiter.api.Test;

class WatermarkCommitsTest {
    private static final TopicPartition ZERO = new TopicPartition("requests", 0);
    private static final Duration INTERVAL = Duration.ofMillis(100);
    private static final Duration TERM = Duration.ofSeconds(8);
    private final AtomicLong nanos = new AtomicLong();
    private final Assignments assignments = new Assignments(nanos::get);
    private final RecordingOwner owner = new RecordingOwner();
    private final Lease lease = new Lease(TERM, nanos::get);
    private final HeldCommits broker = new HeldCommits();
    private final WatermarkCommits commits = new WatermarkCommits(broker, assignments, owner, lease, INTERVAL, nanos::get);
    private final Assignment assignment = assignments.add(ZERO, 1);

    /** Kafka's own double of a consumer, whose asynchronous commits are answered by the test. */
    private static final class HeldCommits extends MockConsumer<byte[], byte[]> {
        private final List<Map<TopicPartition, OffsetAndMetadata>> sent = new ArrayList<>();
        private final List<Map<TopicPartition, OffsetAndMetadata>> sentAndWaited = new ArrayList<>();
        private final List<RuntimeException> failuresOfSync = new ArrayList<>();
        private OffsetCommitCallback callback;
        private RuntimeException refusal;

        HeldCommits() {
            super(OffsetResetStrategy.EARLIEST);
        }

        @Override
        public synchronized void commitAsync(Map<TopicPartition, OffsetAndMetadata> offsets, OffsetCommitCallback whenAnswered) {
            if (refusal != null) {
                throw refusal;
            }
            sent.add(offsets);
            callback = whenAnswered;
        }

        @Override
        public void commitSync(Map<TopicPartition, OffsetAndMetadata> offsets, Duration timeout) {
            if (!failuresOfSync.isEmpty()) {
                throw failuresOfSync.remove(0);
            }
            sentAndWaited.add(offsets);
        }

        void answer(Exception failure) {
            callback.onComplete(sent.get(sent.size() - 1), failure);
        }
    }

    private static Map<TopicPartition, OffsetAndMetadata> at(long offset) {
        return Map.of(ZERO, new OffsetAndMetadata(offset));
    }

    private void finishedUpTo(long from, long to) {
        LongStream.range(from, to).forEach(offset -> {
            assignment.progress().begin(offset);
            assignment.progress().finish(offset);
        });
    }

    @Test
    void givenNothingAdvanced_whenItIsTime_thenNothingIsSent() {
        commits.commitAdvanced();

        assertThat(broker.sent).isEmpty();
    }

    /** The client throws what it knows to be refused, and then the callback never comes (ConsumerCoordinator.commitOffsetsAsync). */
    @Test
    void givenACommitThatTheClientRefusesAtOnce_whenItIsLetInAgain_thenTheNextOneIsSent() {
        // given
        finishedUpTo(0, 5);
        broker.refusal = new GroupAuthorizationException("group");
        assertThatThrownBy(commits::commitAdvanced).isSameAs(broker.refusal);

        // when
        broker.refusal = null;
        nanos.addAndGet(INTERVAL.toNanos());
        commits.commitAdvanced();

        // then
        assertThat(broker.sent).containsExactly(at(5));
        broker.answer(null);
        assertThat(lease.isHeld()).isTrue();
    }

    @Test
    void givenAnAdvancedWatermark_whenTheBrokerAcknowledges_thenTheOwnerIsToldAndNotBefore() {
        finishedUpTo(0, 5);

        commits.commitAdvanced();
        assertThat(broker.sent).containsExactly(at(5));
        assertThat(owner.committed).isEmpty();
        broker.answer(null);

        assertThat(owner.committed).isEqualTo(Map.of(0, 5L));
    }

    @Test
    void givenACommitUnderWay_whenMoreAdvances_thenItWaitsForTheAnswer() {
        finishedUpTo(0, 5);
        commits.commitAdvanced();
        finishedUpTo(5, 2005);
        nanos.addAndGet(INTERVAL.toNanos() * 10);

        commits.commitAdvanced();
        assertThat(broker.sent).hasSize(1);
        broker.answer(null);
        commits.commitAdvanced();

        assertThat(broker.sent).containsExactly(at(5), at(2005));
    }

    @Test
    void givenACommitJustSent_whenALittleAdvances_thenItWaitsForTheInterval() {
        finishedUpTo(0, 5);
        commits.commitAdvanced();
        broker.answer(null);
        finishedUpTo(5, 6);

        nanos.addAndGet(INTERVAL.toNanos() - 1);
        commits.commitAdvanced();
        assertThat(broker.sent).hasSize(1);
        nanos.incrementAndGet();
        commits.commitAdvanced();

        assertThat(broker.sent).containsExactly(at(5), at(6));
    }

    @Test
    void givenACommitJustSent_whenMuchAdvances_thenItIsSentAtOnce() {
        finishedUpTo(0, 5);
        commits.commitAdvanced();
        broker.answer(null);

        finishedUpTo(5, 1005);
        commits.commitAdvanced();

        assertThat(broker.sent).containsExactly(at(5), at(1005));
    }

    @Test
    void givenACommitThatFails_whenItIsTimeAgain_thenTheWatermarkIsSentAgain() {
        finishedUpTo(0, 5);
        commits.commitAdvanced();
        broker.answer(new TimeoutException("no broker"));
        assertThat(owner.committed).isEmpty();

        nanos.addAndGet(INTERVAL.toNanos());
        commits.commitAdvanced();
        broker.answer(null);

        assertThat(broker.sent).containsExactly(at(5), at(5));
        assertThat(owner.committed).isEqualTo(Map.of(0, 5L));
    }

    @Test
    void givenAPartitionThatMovedAway_whenItsCommitIsAcknowledgedLate_thenTheOwnerIsNotTold() {
        finishedUpTo(0, 5);
        commits.commitAdvanced();
        assignments.remove(List.of(assignment));

        broker.answer(null);

        assertThat(owner.committed).isEmpty();
    }

    @Test
    void givenALeavingPartition_whenCommittedFinally_thenItsWatermarkIsSentAndTheOwnerTold() {
        finishedUpTo(0, 5);
        assignment.progress().begin(5);

        commits.commitFinally(List.of(assignment));

        assertThat(broker.sentAndWaited).containsExactly(at(5));
        assertThat(owner.committed).isEqualTo(Map.of(0, 5L));
    }

    @Test
    void givenACommitAcknowledged_whenNothingMoreAdvanced_thenTheFinalCommitSendsNothing() {
        finishedUpTo(0, 5);
        commits.commitAdvanced();
        broker.answer(null);

        commits.commitFinally(List.of(assignment));

        assertThat(broker.sentAndWaited).isEmpty();
    }

    @Test
    void givenAWakeup_whenCommittedFinally_thenItIsSentAllTheSame() {
        finishedUpTo(0, 5);
        broker.failuresOfSync.add(new WakeupException());

        commits.commitFinally(List.of(assignment));

        assertThat(broker.sentAndWaited).containsExactly(at(5));
    }

    @Test
    void givenABrokerAway_whenCommittedFinally_thenItGivesUpWithoutAnExceptionAndTheOwnerIsNotTold() {
        finishedUpTo(0, 5);
        broker.failuresOfSync.add(new TimeoutException("no broker"));

        commits.commitFinally(List.of(assignment));

        assertThat(broker.sentAndWaited).isEmpty();
        assertThat(owner.committed).isEmpty();
    }

    @Test
    void givenACommit_whenTheBrokerAcknowledges_thenTheLeaseIsHeldFromWhenItWasSent() {
        finishedUpTo(0, 5);
        commits.commitAdvanced();
        nanos.addAndGet(TERM.toNanos() - 1);
        assertThat(lease.isHeld()).isFalse();

        broker.answer(null);
        assertThat(lease.isHeld()).isTrue();
        nanos.incrementAndGet();

        assertThat(lease.isHeld()).isFalse();
    }

    @Test
    void givenACommitThatFails_whenAnswered_thenTheLeaseIsNotRenewed() {
        finishedUpTo(0, 5);
        commits.commitAdvanced();

        broker.answer(new CommitFailedException());

        assertThat(lease.isHeld()).isFalse();
    }

    @Test
    void givenNothingToCommit_whenAQuarterOfTheLeaseIsOver_thenWhatTheBrokerHasIsCommittedOnceMore() {
        finishedUpTo(0, 5);
        commits.commitAdvanced();
        broker.answer(null);

        nanos.addAndGet(TERM.dividedBy(4).toNanos() - 1);
        commits.commitAdvanced();
        assertThat(broker.sent).hasSize(1);
        nanos.incrementAndGet();
        commits.commitAdvanced();
        broker.answer(null);

        assertThat(broker.sent).containsExactly(at(5), at(5));
        nanos.addAndGet(TERM.toNanos() - 1);
        assertThat(lease.isHeld()).isTrue();
    }

    @Test
    void givenAPartitionWithoutACommit_whenItIsKnownWhereItBegins_thenThatIsCommittedAtOnce() {
        assignment.progress().beginAt(7);

        commits.commitAdvanced();
        broker.answer(null);

        assertThat(broker.sent).containsExactly(at(7));
        assertThat(lease.isHeld()).isTrue();
    }

    @Test
    void givenAThreadThatDoesNotPoll_whenTheLeaseIsDue_thenItIsRenewedAndNotBefore() {
        finishedUpTo(0, 5);
        commits.renewLease();
        commits.renewLease();
        nanos.addAndGet(TERM.dividedBy(4).toNanos());
        commits.renewLease();

        assertThat(broker.sentAndWaited).containsExactly(at(5), at(5));
        nanos.addAndGet(TERM.toNanos() - 1);
        assertThat(lease.isHeld()).isTrue();
    }

    @Test
    void givenAThreadThatDoesNotPoll_whenTheBrokerRefuses_thenTheLeaseRunsOut() {
        finishedUpTo(0, 5);
        broker.failuresOfSync.add(new CommitFailedException());

        commits.renewLease();

        assertThat(lease.isHeld()).isFalse();
    }
}

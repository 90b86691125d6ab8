package io.guestchat.intake;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.WakeupException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells the owner of partitions that are new, until it is ready. Consumer's thread only.
 *
 * <p>Done between polls rather than in the rebalance callback: the offsets have to be asked of the broker, and a broker that is
 * slow just then must neither hold up the group nor fail the callback. Until the owner is ready the partition is not read.
 */
final class PartitionPreparation {
    private static final Logger log = LoggerFactory.getLogger(PartitionPreparation.class);
    private static final Duration BROKER_TIMEOUT = Duration.ofSeconds(5);
    private static final Duration FIRST_PAUSE = Duration.ofMillis(500);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);
    private static final long NEVER_COMMITTED = -1;

    private final Consumer<?, ?> consumer;
    private final Assignments assignments;
    private final PartitionOwner owner;

    PartitionPreparation(Consumer<?, ?> consumer, Assignments assignments, PartitionOwner owner) {
        this.consumer = consumer;
        this.assignments = assignments;
        this.owner = owner;
    }

    void tellOwner() {
        List<Assignment> waiting = assignments.current().stream().filter(Assignment::isOwnerToBeTold).toList();
        if (waiting.isEmpty()) {
            return;
        }
        Set<TopicPartition> partitions = waiting.stream().map(Assignment::topicPartition).collect(Collectors.toSet());
        Map<TopicPartition, Long> ends;
        Map<TopicPartition, OffsetAndMetadata> committed;
        try {
            ends = consumer.endOffsets(partitions, BROKER_TIMEOUT);
            committed = consumer.committed(partitions, BROKER_TIMEOUT);
            waiting.stream().filter(assignment -> committed.get(assignment.topicPartition()) == null).forEach(this::beginning);
        } catch (WakeupException | InterruptException stopping) {
            throw stopping;
        } catch (KafkaException failure) {
            waiting.forEach(assignment -> failed(assignment, failure));
            return;
        }
        for (Assignment assignment : waiting) {
            OffsetAndMetadata offset = committed.get(assignment.topicPartition());
            if (assignment.isAnew()) {
                // A commit may still be of the former topic. Nobody has seen a request of this one.
                tellOwner(assignment, assignment.anewFrom(), NEVER_COMMITTED);
            } else {
                tellOwner(assignment, ends.get(assignment.topicPartition()), offset == null ? NEVER_COMMITTED : offset.offset());
            }
        }
    }

    /** Committed at once, before any record: the lease needs something to commit. */
    private void beginning(Assignment assignment) {
        assignment.progress().beginAt(consumer.position(assignment.topicPartition(), BROKER_TIMEOUT));
    }

    private void tellOwner(Assignment assignment, long end, long committed) {
        // An offset beyond the end is of a topic that was made anew: lower ones have to be committed again.
        if (committed <= end) {
            assignment.acknowledge(committed);
        }
        assignment.ownerReads();
        owner.assigned(assignment.partition(), assignment.generation(), end, committed).whenComplete((state, failure) -> {
            if (failure == null) {
                assignment.ownerIsReady();
                log.info("partition taken up partition={} generation={} committed={} end={}", assignment.topicPartition(),
                        assignment.generation(), committed, end);
            } else {
                failed(assignment, failure);
            }
        });
    }

    private void failed(Assignment assignment, Throwable failure) {
        if (assignments.isCurrent(assignment)) {
            Duration pause = assignment.ownerFailed(FIRST_PAUSE, LONGEST_PAUSE);
            log.warn("partition not taken up yet partition={} again-in={} reason={}", assignment.topicPartition(), pause,
                    failure.toString());
        }
    }
}

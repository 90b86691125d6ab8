package io.guestchat.intake;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.IntSupplier;

import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes partitions up and gives them away as the group says. Kafka calls it on the consumer's thread, inside {@code poll},
 * {@code unsubscribe} or {@code close}; a partition that stays is not mentioned (cooperative) or revoked and assigned anew
 * (eager).
 *
 * <p>A partition is given away in this order: nothing new is begun, what is in flight is finished, the watermark is committed,
 * the owner lets go. Committing first would repeat at the next owner what is finished meanwhile here.
 */
final class PartitionHandover implements ConsumerRebalanceListener {
    private static final Logger log = LoggerFactory.getLogger(PartitionHandover.class);

    private final Assignments assignments;
    private final ChatLanes lanes;
    private final PartitionOwner owner;
    private final WatermarkCommits commits;
    private final Duration drainTimeout;
    private final IntSupplier generation;

    PartitionHandover(Assignments assignments, ChatLanes lanes, PartitionOwner owner, WatermarkCommits commits,
            Duration drainTimeout, IntSupplier generation) {
        this.assignments = assignments;
        this.lanes = lanes;
        this.owner = owner;
        this.commits = commits;
        this.drainTimeout = drainTimeout;
        this.generation = generation;
    }

    @Override
    public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
        if (!partitions.isEmpty()) {
            log.info("partitions assigned partitions={} generation={}", partitions, generation.getAsInt());
        }
        for (TopicPartition partition : partitions) {
            assignments.add(partition, generation.getAsInt());
            owner.coming(partition.partition());
        }
    }

    @Override
    public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
        List<Assignment> leaving = assignments.among(partitions);
        if (leaving.isEmpty()) {
            return;
        }
        log.info("partitions revoked partitions={}", partitions);
        // Camel interrupts a consumer that is slow to stop. Kafka's client refuses to work on an interrupted thread, so the
        // flag is put aside: waiting ends at once, but what is finished is still committed.
        boolean interrupted = Thread.interrupted();
        try {
            List<Integer> numbers = numbers(leaving);
            lanes.drop(numbers);
            CompletableFuture<?> drained = CompletableFuture.allOf(
                    ownerRevoked(numbers), lanes.drained(numbers).toCompletableFuture());
            if (!interrupted) {
                interrupted = !await(drained, leaving);
            }
            commits.commitFinally(leaving);
            assignments.remove(leaving);
            owner.released(numbers);
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    @Override
    public void onPartitionsLost(Collection<TopicPartition> partitions) {
        List<Assignment> leaving = assignments.among(partitions);
        if (leaving.isEmpty()) {
            return;
        }
        log.warn("partitions lost partitions={}", partitions);
        assignments.remove(leaving);
        lanes.drop(numbers(leaving));
        owner.lost(numbers(leaving));
    }

    private CompletableFuture<?> ownerRevoked(List<Integer> partitions) {
        return owner.revoked(partitions).toCompletableFuture().handle((done, failure) -> {
            if (failure != null) {
                log.warn("partition owner could not finish partitions={} reason={}", partitions, failure.toString());
            }
            return null;
        });
    }

    private static List<Integer> numbers(List<Assignment> leaving) {
        return leaving.stream().map(Assignment::partition).toList();
    }

    /** Nothing is polled meanwhile, and what drains needs the lease. False where the thread was interrupted. */
    private boolean await(CompletableFuture<?> drained, List<Assignment> leaving) {
        long deadline = System.nanoTime() + drainTimeout.toNanos();
        try {
            for (long left = drainTimeout.toNanos(); left > 0; left = deadline - System.nanoTime()) {
                commits.renewLease();
                if (isDone(drained, Math.min(left, commits.leaseRenewal().toNanos()))) {
                    return true;
                }
            }
        } catch (InterruptedException stopped) {
            return false;
        }
        log.warn("not all requests finished in time, they will come again unfinished={} waited={}",
                leaving.stream().mapToInt(a -> a.progress().unfinished()).sum(), drainTimeout);
        return true;
    }

    private static boolean isDone(CompletableFuture<?> drained, long withinNanos) throws InterruptedException {
        try {
            drained.get(withinNanos, TimeUnit.NANOSECONDS);
            return true;
        } catch (TimeoutException notYet) {
            return false;
        } catch (ExecutionException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}

package io.guestchat.intake;

import java.util.Collection;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps an owner's exceptions out of Kafka's rebalance callbacks, where one would abort the poll and make Camel build a new
 * consumer. What cannot be answered with a failed stage is logged.
 */
final class GuardedOwner implements PartitionOwner {
    private static final Logger log = LoggerFactory.getLogger(GuardedOwner.class);

    private final PartitionOwner owner;

    GuardedOwner(PartitionOwner owner) {
        this.owner = Objects.requireNonNull(owner);
    }

    @Override
    public void coming(int partition) {
        guard("coming", () -> owner.coming(partition));
    }

    @Override
    public CompletionStage<?> assigned(int partition, int generation, long endOffset, long committedOffset) {
        try {
            return Objects.requireNonNull(owner.assigned(partition, generation, endOffset, committedOffset));
        } catch (RuntimeException failure) {
            return CompletableFuture.failedFuture(failure);
        }
    }

    @Override
    public CompletionStage<?> revoked(Collection<Integer> partitions) {
        try {
            return Objects.requireNonNull(owner.revoked(partitions));
        } catch (RuntimeException failure) {
            return CompletableFuture.failedFuture(failure);
        }
    }

    @Override
    public void released(Collection<Integer> partitions) {
        guard("released", () -> owner.released(partitions));
    }

    @Override
    public void lost(Collection<Integer> partitions) {
        guard("lost", () -> owner.lost(partitions));
    }

    @Override
    public void committed(int partition, long offset) {
        guard("committed", () -> owner.committed(partition, offset));
    }

    private static void guard(String call, Runnable body) {
        try {
            body.run();
        } catch (RuntimeException failure) {
            log.error("partition owner failed call={}", call, failure);
        }
    }
}

package io.guestchat.intake;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import java.util.function.IntFunction;

/** An owner that is ready at once, or when the test says so, and writes down what it is told. */
final class RecordingOwner implements PartitionOwner {
    record Assigned(int partition, int generation, long endOffset, long committedOffset) {
    }

    final List<Integer> coming = new CopyOnWriteArrayList<>();
    final List<Assigned> assigned = new CopyOnWriteArrayList<>();
    final List<Integer> revoked = new CopyOnWriteArrayList<>();
    final List<Integer> released = new CopyOnWriteArrayList<>();
    final List<Integer> lost = new CopyOnWriteArrayList<>();
    final Map<Integer, Long> committed = new ConcurrentHashMap<>();
    /** What was committed of a partition at the moment it was released. */
    final Map<Integer, Long> committedAtRelease = new ConcurrentHashMap<>();
    volatile IntFunction<CompletionStage<?>> whenAssigned = partition -> CompletableFuture.completedFuture(null);
    volatile Function<Collection<Integer>, CompletionStage<?>> whenRevoked =
            partitions -> CompletableFuture.completedFuture(null);

    @Override
    public void coming(int partition) {
        coming.add(partition);
    }

    @Override
    public CompletionStage<?> assigned(int partition, int generation, long endOffset, long committedOffset) {
        assigned.add(new Assigned(partition, generation, endOffset, committedOffset));
        return whenAssigned.apply(partition);
    }

    @Override
    public CompletionStage<?> revoked(Collection<Integer> partitions) {
        revoked.addAll(partitions);
        return whenRevoked.apply(partitions);
    }

    @Override
    public void released(Collection<Integer> partitions) {
        partitions.forEach(p -> committedAtRelease.put(p, committed.getOrDefault(p, -1L)));
        released.addAll(partitions);
    }

    @Override
    public void lost(Collection<Integer> partitions) {
        lost.addAll(partitions);
    }

    @Override
    public void committed(int partition, long offset) {
        committed.put(partition, offset);
    }

    List<Integer> assignedPartitions() {
        return assigned.stream().map(Assigned::partition).toList();
    }
}

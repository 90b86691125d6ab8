package io.guestchat.intake;

import java.time.Duration;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

import org.apache.kafka.common.TopicPartition;

/**
 * The partitions of the requests topic that are this instance's now, shared by the consumer, which changes it on its thread, and
 * those who read it on any. One consumer at a time uses it ({@code consumersCount=1}).
 */
public final class Assignments {
    private final LongSupplier nanoTime;
    private final Map<Integer, Assignment> byPartition = new ConcurrentHashMap<>();
    private volatile boolean joined;
    private volatile Long lastPoll;
    private volatile String refusal;

    /** @param nanoTime a monotonic clock: {@code System::nanoTime} */
    public Assignments(LongSupplier nanoTime) {
        this.nanoTime = Objects.requireNonNull(nanoTime);
    }

    /** What health and metrics tell of the consumer. Any thread. */
    public IntakeStatus status() {
        Collection<Assignment> now = current();
        Long polled = lastPoll;
        return new IntakeStatus(joined, now.size(),
                (int) now.stream().filter(a -> !a.isReady()).count(),
                (int) now.stream().filter(Assignment::isHeldBack).count(),
                polled == null ? null : Duration.ofNanos(nanoTime.getAsLong() - polled),
                now.stream().map(a -> a.progress().oldestUnfinishedAge()).max(Comparator.naturalOrder()).orElse(Duration.ZERO),
                now.stream().mapToInt(a -> a.progress().unfinished()).sum());
    }

    /** Why Kafka does not let the consumer in; null while it does. Any thread. */
    public String refusal() {
        return refusal;
    }

    void refused(String why) {
        refusal = why;
    }

    Assignment add(TopicPartition partition, int generation) {
        Assignment assignment = new Assignment(partition, generation, nanoTime);
        byPartition.put(partition.partition(), assignment);
        return assignment;
    }

    void remove(Collection<Assignment> leaving) {
        leaving.forEach(a -> byPartition.remove(a.partition(), a));
    }

    /** The partition's assignment, or null where it is not ours. */
    Assignment of(int partition) {
        return byPartition.get(partition);
    }

    boolean isCurrent(Assignment assignment) {
        return byPartition.get(assignment.partition()) == assignment;
    }

    List<Assignment> current() {
        return List.copyOf(byPartition.values());
    }

    List<Assignment> among(Collection<TopicPartition> partitions) {
        return partitions.stream().map(p -> of(p.partition())).filter(Objects::nonNull).toList();
    }

    void polled(boolean isMember) {
        joined = isMember;
        lastPoll = nanoTime.getAsLong();
    }

    void left() {
        joined = false;
    }
}

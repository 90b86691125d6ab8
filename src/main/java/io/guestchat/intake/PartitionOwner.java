package io.guestchat.intake;

import java.util.Collection;
import java.util.concurrent.CompletionStage;

/**
 * Who has the chats of the partitions that the group gives to this instance.
 *
 * <p>Every method is called on the consumer's thread, one at a time, and returns without blocking: while it runs, nothing is
 * polled. A stage may complete on any thread. An exception is logged, and, in {@code assigned}, tried again. Partitions are
 * those of the requests topic. For one partition the calls are {@code coming}, mostly {@code assigned}, any number of {@code
 * committed}, then either {@code revoked}, perhaps {@code committed}, and {@code released}, or {@code lost}; then perhaps
 * {@code coming} again.
 */
public interface PartitionOwner {
    /**
     * The partition is ours, and {@code assigned} follows once the broker has told its offsets: it answers that on the connection
     * on which it holds back an empty fetch, for up to half a second. What takes time may begin.
     */
    void coming(int partition);

    /**
     * The partition is ours. Its requests wait until the stage completes. Where it completes exceptionally, this is called
     * again after a pause, with fresh offsets.
     *
     * @param generation      the group's generation; higher for a later owner of the same partition
     * @param endOffset       the partition's end as of now: one above its last record; where the topic was made anew while the
     *                        partition was ours, the offset from which it is read, as nobody has seen anything of it
     * @param committedOffset the group's committed offset, or -1 where there is none
     */
    CompletionStage<?> assigned(int partition, int generation, long endOffset, long committedOffset);

    /**
     * The partitions go to another instance, or this one stops. What is in flight is to be finished: records are {@link
     * RequestRecord#done()} where they are carried out. New records of them no longer come. The consumer waits for the stage,
     * as long as {@link IntakeSettings#drainTimeout()}, then commits. May come before the stage of {@code assigned} has
     * completed.
     */
    CompletionStage<?> revoked(Collection<Integer> partitions);

    /** The last commit has been tried; the partitions are no longer ours. */
    void released(Collection<Integer> partitions);

    /** The partitions may be somebody else's already: drop them at once. Nothing is committed. */
    void lost(Collection<Integer> partitions);

    /** The broker has acknowledged the commit: no record below {@code offset} comes again. Rises from call to call. */
    void committed(int partition, long offset);
}

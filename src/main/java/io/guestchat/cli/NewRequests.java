package io.guestchat.cli;

import org.apache.kafka.clients.producer.ProducerRecord;

/** Which request a dead letter becomes, if any. */
final class NewRequests {

    private final String topic;
    private final int partitions;

    /** @param topic the one that requests go to, whatever a dead letter claims */
    NewRequests(String topic, int partitions) {
        this.topic = topic;
        this.partitions = partitions;
    }

    /** What may be done with a dead letter. */
    enum Fate {
        /** It can be sent. */
        SENT,
        /** There is nothing to send: it had no value, or was too large for a dead letter. */
        SKIPPED,
        /** It names another topic than that of the requests as its origin, or none. A header must not say where we write. */
        REFUSED
    }

    Fate fateOf(DeadLetter letter) {
        if (letter.origin() == null || !letter.origin().topic().equals(topic)) {
            return Fate.REFUSED;
        }
        return letter.hasValue() ? Fate.SENT : Fate.SKIPPED;
    }

    /**
     * Key, value and own headers as they were, and a new age. On the partition that it came from, whichever partitioner chose it,
     * since a chat is on one; on the one of Java's partitioner where that one is no more.
     *
     * @param letter one that can be sent
     */
    ProducerRecord<byte[], byte[]> of(DeadLetter letter) {
        int origin = letter.origin().partition();
        return new ProducerRecord<>(topic, origin < partitions ? origin : null, letter.key(), letter.value(), letter.own());
    }
}

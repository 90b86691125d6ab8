package io.guestchat.intake;

import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;

import org.apache.kafka.common.header.Headers;

/**
 * One record of the requests topic, on its way through the bridge.
 *
 * <p>The arrays and the headers are the record's own, not copies: readers leave them unchanged. All methods are safe on any
 * thread.
 */
public final class RequestRecord {
    private final String topic;
    private final int partition;
    private final long offset;
    private final long timestamp;
    private final byte[] key;
    private final byte[] value;
    private final Headers headers;
    private final Runnable whenDone;
    private final AtomicBoolean done = new AtomicBoolean();
    private volatile boolean handedOver;

    /**
     * @param timestamp milliseconds since the epoch, as the record has it
     * @param key       null where the record has none
     * @param value     null where the record has none
     * @param whenDone  run once, on the thread of the first {@link #done()}
     */
    public RequestRecord(String topic, int partition, long offset, long timestamp, byte[] key, byte[] value, Headers headers,
            Runnable whenDone) {
        this.topic = Objects.requireNonNull(topic);
        this.partition = partition;
        this.offset = offset;
        this.timestamp = timestamp;
        this.key = key;
        this.value = value;
        this.headers = Objects.requireNonNull(headers);
        this.whenDone = Objects.requireNonNull(whenDone);
    }

    public String topic() {
        return topic;
    }

    public int partition() {
        return partition;
    }

    public long offset() {
        return offset;
    }

    /** Milliseconds since the epoch. */
    public long timestamp() {
        return timestamp;
    }

    /** The key's bytes, or null. */
    public byte[] key() {
        return key;
    }

    /** The value's bytes, or null. */
    public byte[] value() {
        return value;
    }

    public Headers headers() {
        return headers;
    }

    /**
     * Says that this offset needs no redelivery any more. Further calls do nothing; after the partition has moved away, the first
     * does nothing either.
     */
    public void done() {
        if (done.compareAndSet(false, true)) {
            whenDone.run();
        }
    }

    public boolean isDone() {
        return done.get();
    }

    /** Says that somebody will call {@link #done()} later, so that the end of the record's processing does not. */
    public void handOver() {
        handedOver = true;
    }

    public boolean isHandedOver() {
        return handedOver;
    }

    /** Where the record stands; never its key, which may be a person's, nor its value. */
    @Override
    public String toString() {
        return topic + "-" + partition + "@" + offset;
    }
}

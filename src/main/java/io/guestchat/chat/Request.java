package io.guestchat.chat;

import io.guestchat.contract.GuestRequest;
import io.guestchat.state.StoredRequest;
import io.guestchat.state.StoredRequest.StoredHeader;
import java.util.ArrayList;
import java.util.List;

/**
 * A request record on its way, with what has been learnt of it. The raw record stays with it to its outcome: a dead letter
 * carries it byte for byte.
 *
 * @param chatId null where the key is none
 * @param type null where it could not be read
 * @param id the caller's own id; null where there is none, or it could not be read
 * @param content null until it was read, and where it could not be
 * @param settled told when the record needs no redelivery
 */
public record Request(String topic, int partition, long offset, long timestamp, byte[] key, byte[] value,
        List<StoredHeader> headers, String chatId, String type, String id, GuestRequest content, Runnable settled) {

    private static final int HEADER = 24;
    private static final Runnable NOBODY = () -> { };

    /** The same request, read. */
    public Request read(GuestRequest request) {
        return new Request(topic, partition, offset, timestamp, key, value, headers, chatId, request.type(), request.id(), request,
                settled);
    }

    /** The same request, of which no more than this could be read. */
    public Request unreadable(String readableType, String readableId) {
        return new Request(topic, partition, offset, timestamp, key, value, headers, chatId, readableType, readableId, null, settled);
    }

    /** As it stands in the durable state. */
    public StoredRequest stored() {
        return new StoredRequest(offset, timestamp, value, headers, null);
    }

    /** A request taken back from the durable state: its offset was committed, or will be when it is redelivered. */
    public static Request restored(StoredRequest stored, String topic, int partition, byte[] key, String chatId) {
        return new Request(topic, partition, stored.offset(), stored.timestamp(), key, stored.value(),
                new ArrayList<>(stored.headers()), chatId, null, null, null, NOBODY);
    }

    /** Whether it was taken back from the durable state. */
    public boolean isRestored() {
        return settled == NOBODY;
    }

    /**
     * Whether both are the same record. The offset alone does not tell: a topic that is made anew begins at 0 again, and what
     * stands in the state is still of the former one.
     */
    boolean isSameRecord(Request other) {
        return offset == other.offset && settled == other.settled;
    }

    /** How much room it takes in another record, about: value and headers, in bytes. */
    public int bytes() {
        int bytes = value == null ? 0 : value.length;
        for (StoredHeader header : headers) {
            bytes += HEADER + header.key().length() + (header.value() == null ? 0 : header.value().length);
        }
        return bytes;
    }

    /** The id of an answer: what is published again after a crash has the same one (contract, "Events"). */
    public String answerId(String answer) {
        return topic + "/" + partition + "/" + offset + "/" + answer;
    }

    public Cause cause() {
        return new Cause(id, traceparent());
    }

    /** W3C trace context; null where the record has none. */
    private String traceparent() {
        for (StoredHeader header : headers) {
            if ("traceparent".equals(header.key()) && header.value() != null) {
                return Cause.validTraceparent(header.value());
            }
        }
        return null;
    }

    /** Without key, value and headers. */
    @Override
    public String toString() {
        return "Request[" + topic + "-" + partition + "@" + offset + "]";
    }
}

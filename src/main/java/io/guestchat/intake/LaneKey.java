package io.guestchat.intake;

import java.nio.ByteBuffer;

/**
 * What makes two requests one chat's: the partition and the key's bytes. The key is not decoded here: what is no valid chat id
 * has an order, too.
 *
 * @param key null where the record has none
 */
record LaneKey(int partition, ByteBuffer key) {
    static LaneKey of(RequestRecord record) {
        return new LaneKey(record.partition(), record.key() == null ? null : ByteBuffer.wrap(record.key()).asReadOnlyBuffer());
    }

    /** Without the key, which may be a person's. */
    @Override
    public String toString() {
        return "LaneKey[partition=" + partition + "]";
    }
}

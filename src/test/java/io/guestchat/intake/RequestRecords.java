package io.guestchat.intake;

import static java.nio.charset.StandardCharsets.UTF_8;

import org.apache.kafka.common.header.internals.RecordHeaders;

/** Records for tests. */
final class RequestRecords {
    private RequestRecords() {
    }

    static RequestRecord record(int partition, long offset, String key) {
        return record(partition, offset, key, () -> {
        });
    }

    static RequestRecord record(int partition, long offset, String key, Runnable whenDone) {
        return new RequestRecord("requests", partition, offset, 0, key == null ? null : key.getBytes(UTF_8),
                "value".getBytes(UTF_8), new RecordHeaders(), whenDone);
    }
}

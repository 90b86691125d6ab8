package io.guestchat.intake;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicInteger;

import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.Test;

class RequestRecordTest {
    @Test
    void givenARecord_whenDoneTwice_thenItIsToldOnce() {
        AtomicInteger told = new AtomicInteger();
        RequestRecord record = RequestRecords.record(0, 7, "chat", told::incrementAndGet);
        assertThat(record.isDone()).isFalse();

        record.done();
        record.done();

        assertThat(record.isDone()).isTrue();
        assertThat(told).hasValue(1);
    }

    @Test
    void givenARecord_whenHandedOver_thenItIsNotDone() {
        RequestRecord record = RequestRecords.record(0, 7, "chat");
        assertThat(record.isHandedOver()).isFalse();

        record.handOver();

        assertThat(record.isHandedOver()).isTrue();
        assertThat(record.isDone()).isFalse();
    }

    @Test
    void givenKeyAndValue_whenPrinted_thenNeitherShows() {
        RequestRecord record = new RequestRecord("requests", 3, 12, 0, "ada@example.org".getBytes(UTF_8),
                "a secret".getBytes(UTF_8), new RecordHeaders().add("ce_subject", "ada".getBytes(UTF_8)), () -> {
                });

        assertThat(record).hasToString("requests-3@12");
        assertThat(LaneKey.of(record)).hasToString("LaneKey[partition=3]");
    }
}

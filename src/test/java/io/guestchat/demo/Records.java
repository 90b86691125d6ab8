package io.guestchat.demo;

import io.guestchat.config.TopicSettings;
import io.guestchat.harness.Received;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;

/** Records as the bridge would publish them, for tests without a broker. */
final class Records {

    static final TopicSettings TOPICS = new TopicSettings("requests", "messages", "events", "history", "dead", "sessions", true,
            1, (short) 1);
    /** 2026-01-02T03:04:05.678Z. */
    static final long AT = 1_767_323_045_678L;

    private Records() {
    }

    /** @param json with single quotes for double ones */
    static Received of(String topic, String key, String json) {
        byte[] value = json.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
        return new Received(new ConsumerRecord<>(topic, 0, 0, AT, TimestampType.CREATE_TIME, key.length(), value.length,
                key.getBytes(StandardCharsets.UTF_8), value, new RecordHeaders(), Optional.empty()));
    }
}

package io.guestchat.cli;

import io.guestchat.contract.ChatId;
import io.guestchat.contract.InvalidRequestException;
import io.guestchat.contract.RequestReader;
import io.guestchat.publish.DeadLetterHeaders;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;

/**
 * A record of {@code topics.dead-letters} (contract, "Dead letters"). Whoever may write there may have made it up, so what it says
 * of its origin is a claim.
 *
 * @param partition where it stands
 * @param offset where it stands
 * @param at when it became a dead letter
 * @param key the request's own; may be null
 * @param value the request's own; null or empty where there was none or it was too large
 * @param own the request's own headers, in order
 * @param code the error code; null where it has none
 * @param message what was wrong; null where it does not say
 * @param origin where the request stood; null where that cannot be read
 */
record DeadLetter(int partition, long offset, Instant at, byte[] key, byte[] value, List<Header> own, String code, String message,
        Origin origin) {

    /** The language is of no interest: only the type is looked at. */
    private static final RequestReader READER = new RequestReader(Integer.MAX_VALUE, "en");

    /** The place of a request. */
    record Origin(String topic, int partition, long offset) {

        @Override
        public String toString() {
            return topic + "-" + partition + "@" + offset;
        }
    }

    static DeadLetter of(ConsumerRecord<byte[], byte[]> found) {
        List<Header> own = new ArrayList<>();
        found.headers().forEach(header -> {
            if (!DeadLetterHeaders.isOurs(header.key())) {
                own.add(header);
            }
        });
        return new DeadLetter(found.partition(), found.offset(), Instant.ofEpochMilli(found.timestamp()), found.key(),
                found.value(), List.copyOf(own), last(found.headers(), DeadLetterHeaders.ERROR_CODE),
                last(found.headers(), DeadLetterHeaders.EXCEPTION_MESSAGE), origin(found.headers()));
    }

    /** {@code partition@offset}. */
    String place() {
        return partition + "@" + offset;
    }

    /** Null where the key is no chat id. */
    String chatId() {
        return ChatId.read(key).orElse(null);
    }

    boolean hasValue() {
        return value != null && value.length > 0;
    }

    /** The request's type where it can be read, else null. */
    String requestType() {
        try {
            return READER.read(value, chatId()).type();
        } catch (InvalidRequestException invalid) {
            return invalid.requestType();
        }
    }

    private static Origin origin(Headers headers) {
        String topic = last(headers, DeadLetterHeaders.TOPIC);
        try {
            int partition = Integer.parseInt(last(headers, DeadLetterHeaders.PARTITION));
            long offset = Long.parseLong(last(headers, DeadLetterHeaders.OFFSET));
            return topic == null || partition < 0 || offset < 0 ? null : new Origin(topic, partition, offset);
        } catch (NumberFormatException none) {
            return null;
        }
    }

    /** A request that was a dead letter before has such headers of its own; the last of a name is the newest. */
    private static String last(Headers headers, String name) {
        Header header = headers.lastHeader(name);
        return header == null || header.value() == null ? null : new String(header.value(), StandardCharsets.UTF_8);
    }

    /** Without key, value and headers. */
    @Override
    public String toString() {
        return "DeadLetter[" + place() + "]";
    }
}

package io.guestchat.publish;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.camel.Message;
import org.apache.kafka.clients.producer.ProducerInterceptor;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeaders;

/**
 * Carries a request's own headers through Camel into its dead letter. A Camel message has one header of a name, whatever its
 * case, and drops those without a value; a Kafka record may have any number. So they travel under names that are made unique, and
 * get their own back in the producer. Used by the dead letters' producer alone (its {@code interceptorClasses}).
 */
public final class OriginalHeaders implements ProducerInterceptor<byte[], byte[]> {

    /** {@code original:<5 digits><v or 0>:<name>}; 0 stands for a header without a value. */
    static final String PREFIX = "original:";
    private static final int NAME_AT = PREFIX.length() + 7;

    static void put(Message message, int index, String name, byte[] value) {
        message.setHeader("%s%05d%s:%s".formatted(PREFIX, index, value == null ? '0' : 'v', name), value == null ? new byte[0] : value);
    }

    @Override
    public ProducerRecord<byte[], byte[]> onSend(ProducerRecord<byte[], byte[]> sent) {
        // A Camel message keeps no order; the numbers of the names bring the request's own back.
        SortedMap<String, Header> own = new TreeMap<>();
        List<Header> ours = new ArrayList<>();
        for (Header header : sent.headers()) {
            if (header.key().startsWith(PREFIX)) {
                own.put(header.key(), header);
            } else {
                ours.add(header);
            }
        }
        RecordHeaders headers = new RecordHeaders();
        own.forEach((name, header) -> headers.add(name.substring(NAME_AT), name.charAt(NAME_AT - 2) == '0' ? null : header.value()));
        // A dead letter that was sent again has such headers of its own; readers take the last of a name.
        ours.forEach(headers::add);
        return new ProducerRecord<>(sent.topic(), sent.partition(), sent.timestamp(), sent.key(), sent.value(), headers);
    }

    @Override
    public void onAcknowledgement(RecordMetadata metadata, Exception exception) {
        // Nothing to tell.
    }

    @Override
    public void close() {
        // Nothing to close.
    }

    @Override
    public void configure(Map<String, ?> configs) {
        // Nothing to configure.
    }
}

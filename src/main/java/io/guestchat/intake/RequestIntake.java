package io.guestchat.intake;

import java.util.Objects;

import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.component.kafka.KafkaConstants;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where the requests route hands its records to their chats' lanes. Called on the consumer's thread, returns at once and never
 * throws: an exception would let Camel go on to the next record all the same, after a stack trace.
 *
 * <p>Nothing of the exchange is kept: Camel uses it again for the next record.
 */
public final class RequestIntake {
    private static final Logger log = LoggerFactory.getLogger(RequestIntake.class);

    private final Assignments assignments;
    private final ChatLanes lanes;

    public RequestIntake(Assignments assignments, ChatLanes lanes) {
        this.assignments = Objects.requireNonNull(assignments);
        this.lanes = Objects.requireNonNull(lanes);
    }

    /** Takes the record of an exchange of camel-kafka with byte[] deserializers. One that cannot be taken stays unfinished. */
    public void accept(Exchange exchange) {
        try {
            lanes.submit(record(exchange.getMessage()));
        } catch (RuntimeException failure) {
            log.error("request not taken in partition={} offset={}", exchange.getMessage().getHeader(KafkaConstants.PARTITION),
                    exchange.getMessage().getHeader(KafkaConstants.OFFSET), failure);
        }
    }

    private RequestRecord record(Message message) {
        String topic = message.getHeader(KafkaConstants.TOPIC, String.class);
        int partition = message.getHeader(KafkaConstants.PARTITION, Integer.class);
        long offset = message.getHeader(KafkaConstants.OFFSET, Long.class);
        Assignment assignment = assignments.of(partition);
        if (assignment == null || !assignment.progress().isUnfinished(offset)) {
            throw new IllegalStateException("not a record of the tracking consumer: has the route another kafkaClientFactory?");
        }
        PartitionProgress progress = assignment.progress();
        return new RequestRecord(topic, partition, offset, message.getHeader(KafkaConstants.TIMESTAMP, Long.class),
                (byte[]) message.getHeader(KafkaConstants.KEY), (byte[]) message.getBody(),
                copy(message.getHeader(KafkaConstants.HEADERS, Headers.class)), () -> progress.finish(offset));
    }

    /** A fetched header is a view into the buffer of its whole fetch, which one waiting record would keep in memory. */
    private static Headers copy(Headers fetched) {
        RecordHeaders copy = new RecordHeaders();
        for (Header header : fetched) {
            copy.add(header.key(), header.value());
        }
        return copy;
    }
}

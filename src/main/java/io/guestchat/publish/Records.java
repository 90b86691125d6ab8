package io.guestchat.publish;

import io.guestchat.chat.Chat;
import io.guestchat.contract.OutgoingRecord;
import io.guestchat.contract.Timestamps;
import io.guestchat.flow.NotOursException;
import io.guestchat.flow.Step;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.Processor;
import org.apache.camel.component.kafka.KafkaConstants;

/**
 * Makes a record of the contract a CloudEvent in the Kafka protocol binding's binary mode: the attributes in headers, the record
 * itself as the value (contract, "Topics"; CloudEvents Kafka binding 1.0, section 3.2).
 */
public final class Records implements Processor {

    private final String source;
    private final Clock clock;

    /** @param source the CloudEvents source: which bridge, in front of which platform */
    public Records(String source, Clock clock) {
        this.source = source;
        this.clock = clock;
    }

    /** Replaces all headers, so that nothing travels on that does not belong to the record. Leaves the record in the body. */
    @Override
    public void process(Exchange exchange) {
        Message message = exchange.getMessage();
        Step.Outgoing outgoing = message.getBody(Step.Outgoing.class);
        OutgoingRecord record = outgoing.record();
        Chat chat = Step.chat(exchange);
        if (chat != null && chat.custody().isGivenAway()) {
            throw new NotOursException(chat + " is no longer ours to tell of");
        }
        message.removeHeaders("*");
        message.setHeader(KafkaConstants.KEY, record.chatId().getBytes(StandardCharsets.UTF_8));
        message.setHeader("ce_specversion", "1.0");
        message.setHeader("ce_id", record.id());
        message.setHeader("ce_source", source);
        message.setHeader("ce_type", "io.guestchat." + record.name() + ".v1");
        message.setHeader("ce_time", Timestamps.iso(clock.instant()));
        message.setHeader("ce_subject", record.chatId());
        message.setHeader("content-type", "application/json");
        if (outgoing.cause().requestId() != null) {
            message.setHeader("ce_causationid", outgoing.cause().requestId());
        }
        if (outgoing.cause().traceparent() != null) {
            message.setHeader("traceparent", outgoing.cause().traceparent());
        }
        message.setBody(record);
    }
}

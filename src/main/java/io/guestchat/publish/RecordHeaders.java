package io.guestchat.publish;

import java.util.Set;
import org.apache.camel.Exchange;
import org.apache.camel.spi.HeaderFilterStrategy;

/**
 * Which headers of a message become headers of a Kafka record: those that the bridge has put there for it, and no others. Into
 * the bridge none comes: a request's headers are read from its record.
 */
public final class RecordHeaders implements HeaderFilterStrategy {

    private static final Set<String> OURS = Set.of("ce_specversion", "ce_id", "ce_source", "ce_type", "ce_time", "ce_subject",
            "ce_causationid", "content-type", "traceparent");

    /** @return whether it stays out */
    @Override
    public boolean applyFilterToCamelHeaders(String name, Object value, Exchange exchange) {
        return !OURS.contains(name) && !DeadLetterHeaders.isOurs(name) && !name.startsWith(OriginalHeaders.PREFIX);
    }

    /** @return whether it stays out */
    @Override
    public boolean applyFilterToExternalHeaders(String name, Object value, Exchange exchange) {
        return true;
    }
}

package io.guestchat.publish;

import org.apache.camel.AggregationStrategy;
import org.apache.camel.Exchange;
import org.apache.kafka.common.errors.RecordTooLargeException;

/**
 * What became of a dead letter that was offered whole: where its topic takes none of that size, it is to be offered again with
 * nothing but its origin. It is offered on an exchange of its own, as one whose failure Camel has once seen handled is not tried
 * again by the routes that publish, and the event comes after it. Stateless; any thread.
 */
public final class WholeDeadLetter implements AggregationStrategy {

    static final String TOO_LARGE = "deadLetterTooLarge";

    @Override
    public Exchange aggregate(Exchange refused, Exchange offered) {
        Exception failure = offered.getException();
        boolean tooLarge = offered.getException(RecordTooLargeException.class) != null;
        refused.setProperty(TOO_LARGE, tooLarge);
        if (failure != null && !tooLarge) {
            refused.setException(failure);
        }
        return refused;
    }
}

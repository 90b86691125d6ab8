package io.guestchat.publish;

import io.guestchat.chat.Chat;
import io.guestchat.flow.Step;
import org.apache.camel.Exchange;

/**
 * Whether what Kafka did not take is offered again: for as long as it takes, but not beyond the chat's being ours. The group may
 * have given the chat away while Kafka was away; a state written late would undo the one that its owner has written since.
 * Stateless; any thread.
 */
public final class PublishRetries {

    /** Called by the routes as the predicate of {@code retryWhile}. */
    public boolean again(Exchange exchange) {
        Chat chat = Step.chat(exchange);
        return chat == null || !chat.custody().isGivenAway();
    }
}

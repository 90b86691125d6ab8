package io.guestchat.flow;

import io.guestchat.chat.Chat;
import java.util.concurrent.Executor;
import org.apache.camel.AsyncCallback;
import org.apache.camel.Exchange;
import org.apache.camel.support.AsyncProcessorSupport;
import org.apache.camel.support.SynchronizationAdapter;

/**
 * The step that takes the chat's turn: from there to the end of the exchange nobody else works on the chat. Waiting for it holds
 * no thread. An exchange that has it passes; so do the parts of a split, which are done before the whole is.
 */
public final class TurnTaking extends AsyncProcessorSupport {

    private static final String HELD = "turn";

    private final Executor workers;

    /** @param workers go on with whoever has waited */
    public TurnTaking(Executor workers) {
        this.workers = workers;
    }

    @Override
    public boolean process(Exchange exchange, AsyncCallback callback) {
        if (exchange.getProperty(HELD) != null) {
            callback.done(true);
            return true;
        }
        Chat chat = Step.chat(exchange);
        if (chat.turn().take(() -> {
            hold(exchange, chat);
            callback.done(false);
        })) {
            hold(exchange, chat);
            callback.done(true);
            return true;
        }
        return false;
    }

    private void hold(Exchange exchange, Chat chat) {
        exchange.setProperty(HELD, Boolean.TRUE);
        exchange.getExchangeExtension().addOnCompletion(new SynchronizationAdapter() {
            @Override
            public void onDone(Exchange done) {
                chat.turn().release(workers);
            }
        });
    }
}

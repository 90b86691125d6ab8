package io.guestchat.flow;

import io.guestchat.chat.Chat;
import java.util.concurrent.Executor;
import org.apache.camel.AsyncCallback;
import org.apache.camel.Exchange;
import org.apache.camel.support.AsyncProcessorSupport;

/**
 * The step that waits until all that a chat tells is out ({@link Telling}): before its durable state says so, and before whatever
 * has to come behind it. Holds no thread. A record that is itself being told passes.
 */
public final class AwaitTold extends AsyncProcessorSupport {

    private final Executor workers;

    /** @param workers go on with whoever has waited */
    public AwaitTold(Executor workers) {
        this.workers = workers;
    }

    @Override
    public boolean process(Exchange exchange, AsyncCallback callback) {
        Chat chat = Step.chat(exchange);
        if (chat == null || exchange.getProperty(Telling.TOLD) != null || chat.outbox().awaitEmpty(() -> goOn(callback))) {
            callback.done(true);
            return true;
        }
        return false;
    }

    private void goOn(AsyncCallback callback) {
        workers.execute(() -> callback.done(false));
    }
}

package io.guestchat.flow;

import io.guestchat.chat.Chat;
import io.guestchat.chat.Outbox;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.apache.camel.AsyncCallback;
import org.apache.camel.Exchange;
import org.apache.camel.support.AsyncProcessorSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The step that publishes what is in the body and does not wait for it: the chat goes on while Kafka takes the record. It keeps
 * the order of what it tells, one topic at a time ({@link Outbox}), and waits all the same where a chat has too much on its way.
 * Within a chat's turn alone: what is told without it has no place in the chat's order.
 */
public final class Telling extends AsyncProcessorSupport {

    /** Marks the exchange of a record that is told. */
    static final String TOLD = "told";

    private static final Logger LOG = LoggerFactory.getLogger(Telling.class);

    private final String tell;
    private final String publish;
    private final Flows flows;
    private final Executor workers;

    /**
     * @param tell the route that offers a record once
     * @param publish the route that offers it for as long as it takes
     * @param workers go on where the chat had to wait, or Kafka did not take the record
     */
    public Telling(String tell, String publish, Flows flows, Executor workers) {
        this.tell = tell;
        this.publish = publish;
        this.flows = flows;
        this.workers = workers;
    }

    @Override
    public boolean process(Exchange exchange, AsyncCallback callback) {
        Chat chat = Step.chat(exchange);
        Object record = exchange.getMessage().getBody();
        CompletableFuture<Void> out = new CompletableFuture<>();
        boolean room = chat.outbox().put(tell, () -> offer(chat, record, out));
        if (room) {
            callback.done(true);
        } else {
            out.thenRunAsync(() -> callback.done(false), workers);
        }
        return room;
    }

    private void offer(Chat chat, Object record, CompletableFuture<Void> out) {
        flows.now(tell, record, properties(chat)).whenComplete((told, refused) -> {
            if (refused == null) {
                out(chat, out);
            } else {
                flows.run(publish, record, properties(chat)).whenComplete((published, failure) -> {
                    if (failure != null && !(failure instanceof NotOursException) && !chat.isReleased()) {
                        LOG.error("record is not told route={} chatId={} reason={}", publish, chat.chatId(),
                                failure.getClass().getName());
                    }
                    out(chat, out);
                });
            }
        });
    }

    private static Map<String, Object> properties(Chat chat) {
        return Map.of(Step.CHAT, chat, TOLD, true);
    }

    private void out(Chat chat, CompletableFuture<Void> out) {
        chat.outbox().out(tell);
        out.complete(null);
    }
}

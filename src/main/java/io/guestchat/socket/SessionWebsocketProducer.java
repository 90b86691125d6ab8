package io.guestchat.socket;

import org.apache.camel.AsyncCallback;
import org.apache.camel.Exchange;
import org.apache.camel.support.DefaultAsyncProducer;

/**
 * Writes the body, as text, to the live socket of its endpoint instance; fails the exchange with {@link SocketClosedException}
 * where there is none. It opens nothing and touches no handler (the stock producer does both, and reports a closed socket as
 * success).
 */
final class SessionWebsocketProducer extends DefaultAsyncProducer {

    SessionWebsocketProducer(SessionWebsocketEndpoint endpoint) {
        super(endpoint);
    }

    @Override
    public boolean process(Exchange exchange, AsyncCallback callback) {
        try {
            String text = exchange.getMessage().getMandatoryBody(String.class);
            ((SessionWebsocketEndpoint) getEndpoint()).socket().write(text).whenComplete((nothing, failure) -> {
                if (failure != null) {
                    exchange.setException(failure);
                }
                callback.done(false);
            });
            return false;
        } catch (Exception e) {
            exchange.setException(e);
            callback.done(true);
            return true;
        }
    }
}

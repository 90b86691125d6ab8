package io.guestchat.socket;

import java.util.concurrent.CompletionStage;

/** Something that came over a socket and waits in its {@link Inbox}. */
sealed interface Signal {

    CompletionStage<?> deliver(Delivery delivery);

    /** The bytes that it keeps in memory, roughly. */
    default int weight() {
        return 0;
    }

    record Opened() implements Signal {
        @Override
        public CompletionStage<?> deliver(Delivery delivery) {
            return delivery.listener().opened(delivery.socket());
        }
    }

    record Text(String text) implements Signal {
        @Override
        public CompletionStage<?> deliver(Delivery delivery) {
            return delivery.consumer().frame(text);
        }

        @Override
        public int weight() {
            return text.length();
        }

        /** Without the text. */
        @Override
        public String toString() {
            return "Text[" + text.length() + " characters]";
        }
    }

    record Unreadable(int bytes) implements Signal {
        @Override
        public CompletionStage<?> deliver(Delivery delivery) {
            return delivery.listener().unreadable(bytes);
        }
    }

    record Pong(long ping) implements Signal {
        @Override
        public CompletionStage<?> deliver(Delivery delivery) {
            return delivery.listener().pong(ping);
        }
    }

    /** After it nothing comes: the consumer has had its life. */
    sealed interface Last extends Signal {
    }

    record Refused(HandshakeRefusal refusal) implements Last {
        @Override
        public CompletionStage<?> deliver(Delivery delivery) {
            return delivery.listener().refused(refusal);
        }
    }

    record Closed(Integer code, String reason, String cause) implements Last {
        @Override
        public CompletionStage<?> deliver(Delivery delivery) {
            return delivery.listener().closed(code, reason, cause);
        }

        /** Without the reason: it may be the peer's words. */
        @Override
        public String toString() {
            return "Closed[" + code + ", cause=" + cause + "]";
        }
    }
}

package io.guestchat.publish;

import io.guestchat.chat.Chat.Refusal;
import io.guestchat.chat.Request;
import io.guestchat.contract.RequestFailedException;
import io.guestchat.state.StoredRequest.StoredHeader;
import java.nio.charset.StandardCharsets;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.component.kafka.KafkaConstants;

/**
 * Makes a refused request a dead letter: its key and value byte for byte, its own headers, and the headers of Kafka Connect's
 * dead letter queue that say where it came from and why it is here (contract, "Dead letters").
 */
public final class DeadLetters {

    /** Kafka's own limit for a record is one megabyte; the headers need their share. */
    private static final int LARGEST = 1_000_000;

    public void record(Exchange exchange) {
        Message message = exchange.getMessage();
        Refusal refusal = message.getBody(Refusal.class);
        Request request = refusal.request();
        message.removeHeaders("*");
        if (request.key() != null) {
            message.setHeader(KafkaConstants.KEY, request.key());
        }
        int key = request.key() == null ? 0 : request.key().length;
        boolean tooLarge = key + request.bytes() > LARGEST || exchange.getProperty(WholeDeadLetter.TOO_LARGE, false, boolean.class);
        message.setBody(tooLarge ? new byte[0] : request.value());
        if (!tooLarge) {
            int index = 0;
            for (StoredHeader header : request.headers()) {
                OriginalHeaders.put(message, index++, header.key(), header.value());
            }
        }
        header(message, DeadLetterHeaders.TOPIC, request.topic());
        header(message, DeadLetterHeaders.PARTITION, Integer.toString(request.partition()));
        header(message, DeadLetterHeaders.OFFSET, Long.toString(request.offset()));
        header(message, DeadLetterHeaders.STAGE, request.content() == null ? "VALUE_CONVERTER" : "TASK_PUT");
        header(message, DeadLetterHeaders.EXCEPTION_CLASS, RequestFailedException.class.getName());
        header(message, DeadLetterHeaders.EXCEPTION_MESSAGE, refusal.failure().message());
        header(message, DeadLetterHeaders.ERROR_CODE, refusal.failure().code());
    }

    private static void header(Message message, String name, String value) {
        message.setHeader(name, utf8(value));
    }

    private static byte[] utf8(String value) {
        return value == null ? new byte[0] : value.getBytes(StandardCharsets.UTF_8);
    }
}

package io.guestchat.flow;

import static org.assertj.core.api.Assertions.assertThat;

import io.guestchat.chat.Chat.Refusal;
import io.guestchat.chat.Chats;
import io.guestchat.chat.Request;
import io.guestchat.contract.ErrorCode;
import io.guestchat.contract.Failure;
import io.guestchat.observe.BridgeMeters;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.apache.camel.Exchange;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.core.LogEvent;
import org.apache.logging.log4j.core.Logger;
import org.apache.logging.log4j.core.appender.AbstractAppender;
import org.apache.logging.log4j.core.config.Property;
import org.junit.jupiter.api.Test;

/** What an operator learns of a refusal. */
class RefusalsTest {

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final Refusals refusals = new Refusals(new Chats(5), new Events(Clock.systemUTC()), new BridgeMeters(registry));

    @Test
    void givenARequestWithoutAChatId_whenItIsRefused_thenItIsCountedAndLoggedWithoutItsKey() {
        // given
        byte[] key = "Ada Lovelace".getBytes(StandardCharsets.UTF_8);
        Exchange exchange = new DefaultExchange(new DefaultCamelContext());
        exchange.setProperty("refusal", new Refusal(new Request("requests", 2, 7, 0, key, new byte[0], List.of(), null, null, null, null,
                () -> { }), Failure.of(ErrorCode.INVALID_REQUEST, "key: is not a chat id")));

        // when
        Queue<String> lines = logged(() -> refusals.noted(exchange));

        // then
        assertThat(lines).containsExactly("request refused chatId=none type=unreadable code=invalid-request record=requests-2@7");
        assertThat(registry.counter("guestchat.requests", "type", "unreadable", "outcome", "invalid-request").count()).isEqualTo(1);
    }

    private static Queue<String> logged(Runnable work) {
        Queue<String> lines = new ConcurrentLinkedQueue<>();
        AbstractAppender capture = new AbstractAppender("capture", null, null, true, Property.EMPTY_ARRAY) {
            @Override
            public void append(LogEvent event) {
                lines.add(event.getMessage().getFormattedMessage());
            }
        };
        capture.start();
        Logger logger = (Logger) LogManager.getLogger(Refusals.class);
        logger.addAppender(capture);
        try {
            work.run();
        } finally {
            logger.removeAppender(capture);
        }
        return lines;
    }
}

package io.guestchat.flow;

import static org.assertj.core.api.Assertions.assertThat;

import io.guestchat.chat.Chat;
import io.guestchat.chat.ChatKey;
import io.guestchat.chat.ChatMemory;
import io.guestchat.chat.ChatProgress.Reached;
import io.guestchat.chat.Custody;
import io.guestchat.chat.Pace;
import io.guestchat.chat.SessionState.Ended;
import io.guestchat.chat.Cause;
import io.guestchat.chat.Turn;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.apache.camel.AsyncCallback;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.AsyncProcessorSupport;
import org.apache.camel.support.DefaultExchange;
import org.apache.kafka.common.errors.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a flowing chat tells is out in its order, though the chat does not wait; and what has to come behind it does. */
class TellingTest {

    private static final int MOST = 32;

    private final DefaultCamelContext context = new DefaultCamelContext();
    private final Kafka told = new Kafka();
    private final Kafka toldOfMessages = new Kafka();
    private final Kafka published = new Kafka();
    private final Flows flows = new Flows(context, Runnable::run);
    private final Telling events = new Telling("tell-event", "publish-event", flows, Runnable::run);
    private final Telling messages = new Telling("tell-message", "publish-message", flows, Runnable::run);
    private final AwaitTold awaitTold = new AwaitTold(Runnable::run);
    private final Chat chat = new Chat(new ChatKey(0, "chat-1"), new Turn(), new Ended(null, null, null, Cause.NONE),
            ChatMemory.fresh(Reached.NOTHING), new Custody(1, Custody.NOBODY), new Pace(5));
    private final List<String> wentOn = new ArrayList<>();

    @BeforeEach
    void start() throws Exception {
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                errorHandler(noErrorHandler());
                from("direct:tell-event").process(told);
                from("direct:tell-message").process(toldOfMessages);
                from("direct:publish-event").process(published);
            }
        });
        context.start();
    }

    @AfterEach
    void stop() {
        context.stop();
    }

    @Test
    void givenARecordOnItsWay_whenMoreIsTold_thenTheChatGoesOnAndTheTopicsRecordsGoOneAtATime() {
        tell(events, "a");
        tell(events, "b");
        tell(messages, "m");

        assertThat(wentOn).containsExactly("a", "b", "m");
        assertThat(told.offered).containsExactly("a");
        assertThat(toldOfMessages.offered).containsExactly("m");
        told.takes();
        assertThat(told.offered).containsExactly("a", "b");
    }

    @Test
    void givenARecordThatKafkaDoesNotTake_whenItIsOfferedAgain_thenThoseBehindItWaitUntilItIsOut() {
        // given
        tell(events, "a");
        tell(events, "b");

        // when
        told.refuses();

        // then
        assertThat(published.offered).containsExactly("a");
        assertThat(told.offered).containsExactly("a");
        published.takes();
        assertThat(told.offered).containsExactly("a", "b");
    }

    @Test
    void givenARecordThatIsRefusedForGood_whenThereAreMore_thenTheyAreToldAllTheSame() {
        tell(events, "a");
        tell(events, "b");
        told.refuses();

        published.refuses();

        assertThat(told.offered).containsExactly("a", "b");
    }

    @Test
    void givenRecordsOnTheirWay_whenTheStateIsToBeWritten_thenItWaitsForTheLastOfThem() {
        // given
        tell(events, "a");
        tell(messages, "m");

        // when
        step(awaitTold, "state");

        // then
        assertThat(wentOn).doesNotContain("state");
        told.takes();
        assertThat(wentOn).doesNotContain("state");
        toldOfMessages.takes();
        assertThat(wentOn).contains("state");
        assertThat(chat.outbox().isEmpty()).isTrue();
    }

    @Test
    void givenNothingOnItsWay_whenTheStateIsToBeWritten_thenItIsAtOnce() {
        step(awaitTold, "state");

        assertThat(wentOn).containsExactly("state");
    }

    @Test
    void givenKafkaTakesNothing_whenAChatHasToldTooMuch_thenItWaitsForItsTurn() {
        // given
        for (int record = 0; record < MOST; record++) {
            tell(events, "r" + record);
        }

        // when
        tell(events, "one too many");

        // then
        assertThat(wentOn).hasSize(MOST);
        for (int record = 0; record <= MOST; record++) {
            told.takes();
        }
        assertThat(wentOn).hasSize(MOST + 1).last().isEqualTo("one too many");
        assertThat(told.offered).last().isEqualTo("one too many");
    }

    private void tell(Telling telling, String record) {
        step(telling, record);
    }

    private void step(AsyncProcessorSupport step, String body) {
        Exchange exchange = new DefaultExchange(context);
        exchange.setProperty(Step.CHAT, chat);
        exchange.getMessage().setBody(body);
        step.process(exchange, doneSync -> wentOn.add(body));
    }

    /** Answers when the test says so, in the order in which it was asked. */
    private static final class Kafka extends AsyncProcessorSupport {
        private final List<String> offered = new ArrayList<>();
        private final Deque<Runnable> answers = new ArrayDeque<>();
        private final Deque<Exchange> asked = new ArrayDeque<>();

        @Override
        public boolean process(Exchange exchange, AsyncCallback callback) {
            offered.add(exchange.getMessage().getBody(String.class));
            asked.add(exchange);
            answers.add(() -> callback.done(false));
            return false;
        }

        private void takes() {
            asked.remove();
            answers.remove().run();
        }

        private void refuses() {
            asked.remove().setException(new TimeoutException("the broker is away"));
            answers.remove().run();
        }
    }
}

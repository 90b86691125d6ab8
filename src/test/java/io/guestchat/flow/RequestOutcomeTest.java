package io.guestchat.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.guestchat.chat.Chat;
import io.guestchat.chat.Chats;
import io.guestchat.chat.Request;
import io.guestchat.contract.RequestReader;
import io.guestchat.intake.RequestRecord;
import io.guestchat.observe.BridgeMeters;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.camel.Exchange;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.Test;

/** A request has one outcome, and its offset is done once it has it. */
class RequestOutcomeTest {

    private static final byte[] KEY = "chat-1".getBytes(StandardCharsets.UTF_8);
    private static final byte[] STATUS = "{\"type\":\"status\"}".getBytes(StandardCharsets.UTF_8);

    private final Chats chats = new Chats(5);
    private final Events events = new Events(Clock.systemUTC());
    private final BridgeMeters meters = new BridgeMeters(new SimpleMeterRegistry());
    private final Requests requests =
            new Requests(chats, new RequestReader(4_096, "en-US"), Duration.ofMinutes(15), events, meters);
    private final List<Long> done = new ArrayList<>();

    @Test
    void givenARequestOfALiveChat_whenItIsThrough_thenItsOffsetWaitsForTheState() throws Exception {
        // given
        Chat chat = liveChat();
        Exchange exchange = recognised(1);

        // when
        requests.through(exchange);

        // then
        assertThat(done).isEmpty();
        chat.progress().reached().durable();
        assertThat(done).containsExactly(1L);
    }

    @Test
    void givenARequestWhoseChatIsForgottenMeanwhile_whenItIsThrough_thenNothingElseHasToSpeakForIt() throws Exception {
        // given
        Chat chat = liveChat();
        Exchange exchange = recognised(1);
        chats.forget(chat);

        // when
        requests.through(exchange);

        // then
        assertThat(done).containsExactly(1L);
    }

    @Test
    void givenARequestWhosePartitionIsGivenAway_whenItIsThrough_thenItIsLeftToTheNextOwner() throws Exception {
        // given
        liveChat();
        Exchange exchange = recognised(1);
        chats.drop(0);

        // when
        requests.through(exchange);

        // then
        assertThat(done).isEmpty();
        assertThatThrownBy(() -> new Refusals(chats, events, meters).refused(exchange)).isInstanceOf(NotOursException.class);
    }

    @Test
    void givenATextInLine_whenAFaultComesBehindIt_thenItIsNotRefused() throws Exception {
        // given
        liveChat();
        Exchange exchange = recognised(1);
        Requests.defer(exchange);

        // then
        assertThatThrownBy(() -> new Refusals(chats, events, meters).refused(exchange)).isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("in line");
    }

    private Chat liveChat() {
        chats.take(0, 1, -1, List.of());
        return chats.begin(new Request("requests", 0, 0, 0, KEY, STATUS, List.of(), "chat-1", null, null, null, () -> { }));
    }

    private Exchange recognised(long offset) throws Exception {
        Exchange exchange = new DefaultExchange(new DefaultCamelContext());
        exchange.getMessage().setBody(new RequestRecord("requests", 0, offset, System.currentTimeMillis(), KEY, STATUS,
                new RecordHeaders(), () -> done.add(offset)));
        requests.recognise(exchange);
        requests.read(exchange);
        return exchange;
    }
}

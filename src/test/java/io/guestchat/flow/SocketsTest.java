package io.guestchat.flow;

import static org.assertj.core.api.Assertions.assertThat;

import io.guestchat.chat.Cause;
import io.guestchat.chat.Chat;
import io.guestchat.chat.Chats;
import io.guestchat.chat.EndReason;
import io.guestchat.chat.Request;
import io.guestchat.chat.SessionState.Starting;
import io.guestchat.observe.BridgeMeters;
import io.guestchat.platform.CallPace;
import io.guestchat.platform.FakeTimer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.apache.camel.Exchange;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** How often a chat's socket is opened. Nobody has a turn to connect here, so each attempt is one that waits for its turn. */
class SocketsTest {

    private final FakeTimer timer = new FakeTimer();
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final CallPace pace = new CallPace("handshakes", 1, 1, timer, meters);
    private final Connector connector = new Connector(null, null, null, null, pace, Clock.systemUTC(), timer, null, null, Runnable::run);
    private final Sockets sockets = new Sockets(connector, null, null, null, Clock.systemUTC(), Duration.ZERO, timer, null,
            new Events(Clock.systemUTC()), null, null, new BridgeMeters(meters));
    private final DefaultCamelContext context = new DefaultCamelContext();
    private final Chats chats = new Chats(5);
    private Chat chat;

    @BeforeEach
    void start() {
        pace.turn(0);
        chats.take(0, 1, -1, List.of());
        chat = chats.begin(new Request("requests", 0, 1, 0, "chat-1".getBytes(), new byte[0], List.of(), "chat-1", null, null, null,
                () -> { }));
    }

    @Test
    void givenAStartThatComesAgain_whenItsChatIsTakenUpBehindIt_thenOneSocketIsOpened() {
        // given
        chat.become(((Starting) chat.state()).created("session"));
        sockets.open(exchange(null));

        // when
        Exchange takeover = takeUp("starting");

        // then
        assertThat(takeover.getProperty(Step.NEXT)).isEqualTo("none");
        assertThat(pace.waiting(0)).isEqualTo(1);
    }

    @Test
    void givenAChatThatARequestHasEnded_whenItIsTakenUpBehindIt_thenItIsHungUpButItsEndIsNotToldAgain() {
        // given
        chat.become(((Starting) chat.state()).created("session").ended(EndReason.REQUESTED, null, Cause.NONE));

        // then
        assertThat(takeUp("lost").getProperty(Step.NEXT)).isEqualTo("none");
        assertThat(pace.waiting(0)).isEqualTo(1);
    }

    @Test
    void givenAnAttemptThatIsUnderWay_whenAnotherIsAskedFor_thenThereIsOneUntilItHasEnded() {
        // given
        chat.become(((Starting) chat.state()).created("session"));
        connector.connect(chat);

        // when
        connector.connect(chat);
        connector.connectAfter(chat, Duration.ofSeconds(6));
        timer.advance(Duration.ofSeconds(7));

        // then
        assertThat(pace.waiting(0)).isEqualTo(1);
        chat.reconnecting().ended();
        connector.connectAfter(chat, Duration.ofSeconds(6));
        connector.connect(chat);
        assertThat(pace.waiting(0)).isEqualTo(1);
        timer.advance(Duration.ofSeconds(7));
        assertThat(pace.waiting(0)).isEqualTo(2);
    }

    private Exchange takeUp(String left) {
        Exchange exchange = exchange(left);
        sockets.takenOver(exchange);
        if ("open".equals(exchange.getProperty(Step.NEXT))) {
            sockets.openAgain(exchange);
        }
        return exchange;
    }

    private Exchange exchange(Object body) {
        Exchange exchange = new DefaultExchange(context);
        exchange.setProperty(Step.CHAT, chat);
        exchange.getMessage().setBody(body);
        return exchange;
    }
}

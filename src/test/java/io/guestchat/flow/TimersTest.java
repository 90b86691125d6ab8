package io.guestchat.flow;

import static org.assertj.core.api.Assertions.assertThat;

import io.guestchat.chat.Chat;
import io.guestchat.chat.Chats;
import io.guestchat.chat.Request;
import io.guestchat.platform.FakeTimer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The durable state is half a second behind, no longer, and what is written by others meanwhile is not written again. */
class TimersTest {

    private static final Duration BEFORE = Duration.ofMillis(499);
    private static final Duration REST = Duration.ofMillis(51);

    private final DefaultCamelContext context = new DefaultCamelContext();
    private final Chats chats = new Chats(5);
    private final FakeTimer timer = new FakeTimer();
    private final List<String> written = new ArrayList<>();

    @BeforeEach
    void start() throws Exception {
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:write-behind").process(exchange -> written.add(Step.chat(exchange).chatId()));
            }
        });
        context.start();
        chats.take(0, 1, -1, List.of());
        new Timers(chats, null, Duration.ofHours(1), timer, new Flows(context, Runnable::run)).start();
    }

    @AfterEach
    void stop() {
        context.stop();
    }

    @Test
    void givenAChatThatIsBehind_whenHalfASecondHasPassed_thenItIsWrittenOnce() {
        // given
        chats.behind(chat("one", 1));

        // when
        timer.advance(BEFORE);
        assertThat(written).isEmpty();
        timer.advance(REST);

        // then
        assertThat(written).containsExactly("one");
        timer.advance(Duration.ofSeconds(2));
        assertThat(written).containsExactly("one");
    }

    @Test
    void givenChatsThatFallBehindAtDifferentTimes_whenTimePasses_thenEachIsWrittenAtItsOwn() {
        // given
        chats.behind(chat("one", 1));
        timer.advance(Duration.ofMillis(100));
        chats.behind(chat("two", 2));

        // when
        timer.advance(Duration.ofMillis(450));

        // then
        assertThat(written).containsExactly("one");
        timer.advance(Duration.ofMillis(100));
        assertThat(written).containsExactly("one", "two");
    }

    @Test
    void givenAChatThatIsBehind_whenItIsWrittenMeanwhile_thenItIsNotWrittenAgain() {
        // given
        Chat chat = chat("one", 1);
        chats.behind(chat);

        // when
        chat.custody().clean();
        timer.advance(BEFORE.plus(REST));

        // then
        assertThat(written).isEmpty();
    }

    @Test
    void givenAChatThatIsBehind_whenItIsGivenAway_thenItIsNotWritten() {
        // given
        chats.behind(chat("one", 1));
        timer.advance(Duration.ofMillis(100));

        // when
        chats.drop(0);
        timer.advance(BEFORE.plus(REST));

        // then
        assertThat(written).isEmpty();
    }

    private Chat chat(String chatId, long offset) {
        return chats.begin(new Request("requests", 0, offset, 0, chatId.getBytes(), new byte[0], List.of(), chatId, null, null, null,
                () -> { }));
    }
}

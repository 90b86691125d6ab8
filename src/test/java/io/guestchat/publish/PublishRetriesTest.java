package io.guestchat.publish;

import static org.assertj.core.api.Assertions.assertThat;

import io.guestchat.chat.Chat;
import io.guestchat.chat.ChatKey;
import io.guestchat.chat.ChatMemory;
import io.guestchat.chat.ChatProgress.Reached;
import io.guestchat.chat.Chats;
import io.guestchat.chat.Session;
import io.guestchat.chat.SessionState.Lost;
import io.guestchat.chat.Turn;
import io.guestchat.flow.Step;
import java.util.List;
import org.apache.camel.Exchange;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.Test;

class PublishRetriesTest {

    private final PublishRetries retries = new PublishRetries();
    private final Exchange exchange = new DefaultExchange(new DefaultCamelContext());

    @Test
    void givenARecordOfNoChat_whenKafkaDoesNotTakeIt_thenItIsOfferedAgain() {
        assertThat(retries.again(exchange)).isTrue();
    }

    @Test
    void givenAChat_whenItsPartitionIsGivenAway_thenItsRecordsAreOfferedNoMore() {
        // given
        Chats chats = new Chats(5);
        Chat chat = chats.restored(new ChatKey(0, "chat"), new Turn(), new Lost(new Session("session", null, true)), ChatMemory.fresh(Reached.NOTHING),
                1, 0);
        chats.take(0, 1, 0, List.of(chat));
        exchange.setProperty(Step.CHAT, chat);
        assertThat(retries.again(exchange)).isTrue();

        // when
        chats.drop(0);

        // then
        assertThat(retries.again(exchange)).isFalse();
    }
}

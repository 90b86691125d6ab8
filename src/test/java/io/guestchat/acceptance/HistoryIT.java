package io.guestchat.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.guestchat.harness.Received;
import io.guestchat.simulator.CallKind;
import io.guestchat.simulator.Fault;
import io.guestchat.simulator.Silence;
import io.guestchat.simulator.SimulatorOptions.Answering;
import io.guestchat.simulator.SimulatorOptions.HistoryOrder;
import io.guestchat.simulator.SimulatorOptions.NextPage;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** {@code history}: the pages on {@code guestchat.history}, then {@code history-delivered}. */
class HistoryIT {

    @RegisterExtension
    static final LiveBridge BRIDGE = LiveBridge.with(platform -> platform.answering(Answering.OFF),
            Map.of("chat.messages-per-second", "1000", "genesys.retry.max-elapsed", "3s"));

    @AfterEach
    void thePlatformIsAsUsual() {
        BRIDGE.platform().clearFaults();
        BRIDGE.platform().unsilence();
        BRIDGE.platform().reconfigure(
                platform -> platform.historyOrder(HistoryOrder.OLDEST_FIRST).nextPage(NextPage.PATH));
    }

    @Test
    void givenAConversation_whenItsHistoryIsAsked_thenItsPagesComeBeforeTheEventThatCountsThem() {
        // given
        String session = conversationOf("pages", 5);

        // when
        ask("pages", 2);

        // then
        Received delivered = BRIDGE.outside().awaitAnswer("pages", "history-delivered", "ask");
        String conversation = BRIDGE.platform().session(session).conversationId();
        assertThat(delivered.text("conversationId")).isEqualTo(conversation);
        assertThat(delivered.json().path("pages").asInt()).isEqualTo(3);
        assertThat(delivered.json().path("messages").asInt()).isEqualTo(5);
        List<Received> pages = BRIDGE.outside().history("pages");
        assertThat(pages).extracting(page -> page.json().path("pageNumber").asInt()).containsExactly(1, 2, 3);
        assertThat(pages).extracting(page -> page.json().path("last").asBoolean()).containsExactly(false, false, true);
        assertThat(pages).extracting(page -> page.json().path("messages").size()).containsExactly(2, 2, 1);
        assertThat(pages).extracting(page -> page.text("requestId")).containsOnly("ask");
        assertThat(pages).extracting(page -> page.text("conversationId")).containsOnly(conversation);
        assertThat(pages).extracting(page -> page.text("id")).doesNotHaveDuplicates();
    }

    @Test
    void givenBothSidesHaveSpoken_whenTheHistoryIsAsked_thenEachMessageIsAsThePlatformHasIt() {
        // given
        String session = BRIDGE.converse("entries");
        BRIDGE.outside().message("entries", "r-2", "Hello");
        BRIDGE.outside().awaitAnswer("entries", "message-acknowledged", "r-2");
        BRIDGE.platform().say(session, "Hi");

        // when
        BRIDGE.outside().request("entries", "ask", "history");

        // then
        BRIDGE.outside().awaitAnswer("entries", "history-delivered", "ask");
        List<JsonNode> messages = messages("entries");
        assertThat(messages).extracting(message -> message.path("text").asText()).containsExactly("Hello", "Hi");
        assertThat(messages).extracting(message -> message.path("direction").asText()).containsExactly("inbound", "outbound");
        assertThat(messages).extracting(message -> message.path("id").asText()).containsExactlyElementsOf(
                BRIDGE.platform().session(session).history().stream().map(text -> text.id()).toList());
        assertThat(messages.get(0).at("/from/name").asText()).isEqualTo("Guest entries");
        assertThat(messages.get(0).at("/to/name").asText()).isEqualTo("Agent Ada");
        assertThat(messages.get(0).path("at").asText()).isNotEmpty();
    }

    @Test
    void givenAPlatformThatGivesTheNewestFirst_whenTheHistoryIsAsked_thenTheOldestComesFirst() {
        // given
        BRIDGE.platform().reconfigure(platform -> platform.historyOrder(HistoryOrder.NEWEST_FIRST));
        conversationOf("newest-first", 7);

        // when
        ask("newest-first", 3);

        // then
        assertTexts("newest-first", 7);
    }

    @Test
    void givenANextPageThatIsANumber_whenTheHistoryIsAsked_thenAllPagesAreRead() {
        // given
        BRIDGE.platform().reconfigure(platform -> platform.nextPage(NextPage.NUMBER));
        conversationOf("number", 7);

        // when
        ask("number", 3);

        // then
        assertTexts("number", 7);
    }

    @Test
    void givenANextPageThatIsAUrl_whenTheHistoryIsAsked_thenAllPagesAreRead() {
        // given
        BRIDGE.platform().reconfigure(platform -> platform.nextPage(NextPage.URL));
        conversationOf("url", 7);

        // when
        ask("url", 3);

        // then
        assertTexts("url", 7);
    }

    @Test
    void givenNoPageSize_whenTheHistoryIsAsked_thenAPageHasFifty() {
        // given
        conversationOf("fifty", 51);

        // when
        BRIDGE.outside().request("fifty", "ask", "history");

        // then
        BRIDGE.outside().awaitAnswer("fifty", "history-delivered", "ask");
        assertThat(BRIDGE.outside().history("fifty")).extracting(page -> page.json().path("messages").size())
                .containsExactly(50, 1);
    }

    @Test
    void givenAConversationInWhichNothingWasSaid_whenItsHistoryIsAsked_thenOneEmptyPageSaysSo() {
        // given
        BRIDGE.converse("silent");

        // when
        BRIDGE.outside().request("silent", "ask", "history");

        // then
        Received delivered = BRIDGE.outside().awaitAnswer("silent", "history-delivered", "ask");
        assertThat(delivered.json().path("messages").asInt()).isZero();
        assertThat(BRIDGE.outside().history("silent")).singleElement()
                .satisfies(page -> assertThat(page.json().path("last").asBoolean()).isTrue());
    }

    @Test
    void givenAPageTooLargeForARecord_whenTheHistoryIsAsked_thenItIsSplit() {
        // given
        String session = BRIDGE.converse("large");
        BRIDGE.platform().silence(Silence.PUSHES);
        List<String> texts = IntStream.rangeClosed(1, 9).mapToObj(i -> (i + "é\"").repeat(50_000)).toList();
        texts.forEach(text -> BRIDGE.platform().say(session, text));

        // when
        BRIDGE.outside().request("large", "ask", "history");

        // then
        Received delivered = BRIDGE.outside().awaitAnswer("large", "history-delivered", "ask");
        assertThat(delivered.json().path("messages").asInt()).isEqualTo(9);
        assertThat(delivered.json().path("pages").asInt()).isEqualTo(BRIDGE.outside().history("large").size()).isGreaterThan(1);
        assertThat(messages("large")).extracting(message -> message.path("text").asText()).containsExactlyElementsOf(texts);
    }

    @Test
    void givenThePlatformAnswers404_whenTheHistoryIsAsked_thenItIsNotFound() {
        // given
        BRIDGE.converse("h-404");
        BRIDGE.platform().refuse(CallKind.HISTORY, 1, Fault.refuse(404));

        // when
        BRIDGE.outside().request("h-404", "ask", "history");

        // then
        assertRefused("h-404", "not-found", "404");
    }

    @Test
    void givenThePlatformAnswers403_whenTheHistoryIsAsked_thenItIsForbidden() {
        // given
        BRIDGE.converse("h-403");
        BRIDGE.platform().refuse(CallKind.HISTORY, 1, Fault.refuse(403));

        // when
        BRIDGE.outside().request("h-403", "ask", "history");

        // then
        assertRefused("h-403", "forbidden", "403");
    }

    @Test
    void givenAnAnswerThatIsNoHistory_whenTheHistoryIsAsked_thenItIsAPlatformError() {
        // given
        BRIDGE.converse("h-odd");
        BRIDGE.platform().refuse(CallKind.HISTORY, 1, Fault.refuse(200).body("[]"));

        // when
        BRIDGE.outside().request("h-odd", "ask", "history");

        // then
        assertRefused("h-odd", "platform-error", null);
    }

    @Test
    void givenANextPageThatLeadsBack_whenTheHistoryIsAsked_thenItEndsWithAnError() {
        // given
        BRIDGE.converse("h-loop");
        BRIDGE.platform().refuse(CallKind.HISTORY, 2,
                Fault.refuse(200).body("{\"entities\":[],\"pageNumber\":1,\"nextPage\":1}"));

        // when
        BRIDGE.outside().request("h-loop", "ask", "history");

        // then
        assertRefused("h-loop", "platform-error", null);
    }

    @Test
    void givenThePlatformAnswers404_whenTheStatusIsAsked_thenItIsNotFound() {
        // given
        BRIDGE.converse("d-404");
        BRIDGE.platform().refuse(CallKind.DETAILS, 1, Fault.refuse(404));

        // when
        BRIDGE.outside().request("d-404", "ask", "status");

        // then
        assertRefused("d-404", "not-found", "404");
    }

    private static String conversationOf(String chat, int texts) {
        String session = BRIDGE.converse(chat);
        IntStream.rangeClosed(1, texts).forEach(i -> BRIDGE.platform().say(session, "text " + i));
        return session;
    }

    private static void ask(String chat, int pageSize) {
        BRIDGE.outside().send(chat, Map.of("type", "history", "id", "ask", "pageSize", pageSize));
    }

    private static void assertTexts(String chat, int count) {
        BRIDGE.outside().awaitAnswer(chat, "history-delivered", "ask");
        assertThat(messages(chat)).extracting(message -> message.path("text").asText())
                .containsExactlyElementsOf(IntStream.rangeClosed(1, count).mapToObj(i -> "text " + i).toList());
    }

    private static List<JsonNode> messages(String chat) {
        return BRIDGE.outside().history(chat).stream()
                .flatMap(page -> StreamSupport.stream(page.json().path("messages").spliterator(), false)).toList();
    }

    private static void assertRefused(String chat, String code, String status) {
        Received failed = BRIDGE.outside().awaitAnswer(chat, "request-failed", "ask");
        assertThat(failed.text("error.code")).isEqualTo(code);
        assertThat(failed.text("error.status")).isEqualTo(status);
        assertThat(BRIDGE.outside().history(chat)).isEmpty();
    }
}

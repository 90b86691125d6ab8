package io.guestchat.dialect.webchat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.guestchat.contract.HistoryPage.Entry;
import io.guestchat.contract.HistoryPage.Party;
import io.guestchat.dialect.Dialect;
import io.guestchat.dialect.HistorySlice;
import io.guestchat.dialect.HistorySlice.Item;
import io.guestchat.dialect.SessionDetails;
import io.guestchat.dialect.SessionDetails.Ended;
import io.guestchat.dialect.UnusableAnswerException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AnswersTest {

    private final Dialect dialect = new WebchatDialect();

    @ParameterizedTest
    @ValueSource(strings = {"5f1c3d2e-0000-4000-8000-000000000001", "a", "a.b_c~d-e", "..a", "..."})
    void givenASessionAnswer_whenItsIdIsFitForAPath_thenItIsTaken(String id) throws UnusableAnswerException {
        assertThat(dialect.session(bytes("{\"id\":\"x\",\"webchatSessionId\":\"" + id + "\",\"more\":[]}"))).isEqualTo(id);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{\"webchatSessionId\":null}", "{\"webchatSessionId\":7}", "{\"webchatSessionId\":\"\"}",
        "{\"webchatSessionId\":\"secret/x\"}", "{\"webchatSessionId\":\"..\"}", "{\"webchatSessionId\":\".\"}",
        "{\"webchatSessionId\":\"secret?x\"}", "{\"webchatSessionId\":\"secret x\"}", "{\"webchatSessionId\":\" \"}",
        "{\"webchatSessionId\":\"secret#x\"}", "{\"webchatSessionId\":\"secret%2fx\"}", "{\"webchatSessionId\":\"secret\\u0000\"}",
        "{\"webchatSessionId\":\"secret\\n\"}", "{\"webchatSessionId\":\"secret\\\\x\"}", "{\"webchatSessionId\":\"s\\u00e9cret\"}",
        "{\"webchatSessionId\":[\"secret\"]}", "[]", "\"secret\"", "null", "", "<html>secret</html>", "{\"webchatSessionId\":\"secret"})
    void givenASessionAnswer_whenItHasNoUsableId_thenItIsRefusedWithoutQuotingIt(String answer) {
        assertThatThrownBy(() -> dialect.session(bytes(answer))).isInstanceOf(UnusableAnswerException.class)
                .hasMessageNotContaining("secret").hasNoCause();
    }

    @Test
    void givenNoAnswerOrAnEndlessId_whenRead_thenItIsRefused() {
        assertThatThrownBy(() -> dialect.session(null)).isInstanceOf(UnusableAnswerException.class);
        assertThatThrownBy(() -> dialect.session(bytes("{\"webchatSessionId\":\"" + "a".repeat(201) + "\"}")))
                .isInstanceOf(UnusableAnswerException.class);
        assertThatThrownBy(() -> dialect.details(bytes("[".repeat(20_000)))).isInstanceOf(UnusableAnswerException.class);
        assertThatThrownBy(() -> dialect.details(new byte[] {(byte) 0xff, (byte) 0xfe, 0})).isInstanceOf(UnusableAnswerException.class);
    }

    @ParameterizedTest
    @CsvSource({"expired,EXPIRED", "closed,CLOSED", "ended,CLOSED", "connected,", "waiting,", "EXPIRED,"})
    void givenDetails_whenRead_thenTheStatusIsUnchangedAndSaysWhetherTheSessionIsOver(String status, Ended ended)
            throws UnusableAnswerException {
        assertThat(dialect.details(bytes("{\"status\":\"" + status + "\",\"conversationId\":\"c-1\"}")))
                .isEqualTo(new SessionDetails("c-1", status, ended));
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{\"conversationId\":null,\"status\":null}", "{\"conversationId\":\"\",\"status\":\"\"}",
        "{\"conversationId\":7,\"status\":[]}"})
    void givenDetailsWithoutAnythingUsable_whenRead_thenThereIsNoConversation(String answer) throws UnusableAnswerException {
        assertThat(dialect.details(bytes(answer))).isEqualTo(new SessionDetails(null, null, null));
    }

    @ParameterizedTest
    @ValueSource(strings = {".", "..", "c\\u0000", "c\\n", "c\\ud800"})
    void givenDetails_whenTheConversationIdCannotStandInAPath_thenThereIsNone(String id) throws UnusableAnswerException {
        assertThat(dialect.details(bytes("{\"conversationId\":\"" + id + "\"}")).conversationId()).isNull();
    }

    @Test
    void givenAPageOfHistory_whenRead_thenItsMessagesAreInThePlatformsOrder() throws UnusableAnswerException {
        // when
        HistorySlice slice = dialect.history(bytes("""
                {"entities":[
                 {"id":"m-1","conversationId":"c","from":{"name":"Grace","externalId":"g"},"to":{"name":"Ada"},"text":"Hello",
                  "date":"2026-01-02T03:04:05.006Z","direction":"outbound"},
                 {"id":"m-2","from":{},"to":null,"text":"","date":"2026-01-02T05:04:05+02:00","direction":"inbound"},
                 {"id":"m-3","date":"yesterday"}],
                 "pageSize":3,"pageNumber":1,"nextPage":null}"""), 1);

        // then
        assertThat(slice.nextPage()).isNull();
        assertThat(slice.items()).containsExactly(
                new Item(new Entry("m-1", "Hello", "2026-01-02T03:04:05.006Z", "outbound", new Party("Grace", "g"),
                        new Party("Ada", null)), Instant.parse("2026-01-02T03:04:05.006Z").toEpochMilli(), false),
                new Item(new Entry("m-2", "", "2026-01-02T03:04:05.000Z", "inbound", null, null),
                        Instant.parse("2026-01-02T03:04:05Z").toEpochMilli(), true),
                new Item(new Entry("m-3", null, null, null, null, null), 0, false));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "2                                                                           | 2",
        "'\"2\"'                                                                     | 2",
        "'\"/api/v2/conversations/webchat/c/messages?pageSize=100&pageNumber=2\"'    | 2",
        "'\"/m?pageNumber=7&pageSize=1\"'                                            | 7",
        "'\"https://api.example.org/m?pageSize=100&pageNumber=2#top\"'               | 2",
        "'\"https://evil.example.org/m?pageNumber=2\"'                               | 2",
        "'\"\"'                                                                      | ",
        "null                                                                        | "})
    void givenANextPage_whenRead_thenOnlyItsNumberIsTaken(String next, Integer number) throws UnusableAnswerException {
        assertThat(dialect.history(bytes("{\"entities\":[],\"nextPage\":" + next + "}"), 1).nextPage()).isEqualTo(number);
    }

    @ParameterizedTest
    @ValueSource(strings = {"1", "0", "-1", "\"1\"", "\"/m?pageNumber=1\"", "\"/m?pageSize=100\"", "\"https://evil.example.org/secret\"",
        "true", "{}", "[2]", "2.5", "99999999999", "\"/m?pageNumber=99999999999\"", "\"/m?notpageNumber=2\"", "\"next\""})
    void givenANextPage_whenItLeadsBackOrNowhere_thenTheHistoryIsRefused(String next) {
        assertThatThrownBy(() -> dialect.history(bytes("{\"entities\":[],\"nextPage\":" + next + "}"), 1))
                .isInstanceOf(UnusableAnswerException.class).hasMessageNotContaining("secret");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{\"entities\":null}", "{\"entities\":{}}", "[]", "<html>"})
    void givenAHistoryWithoutEntities_whenRead_thenItIsRefused(String answer) {
        assertThatThrownBy(() -> dialect.history(bytes(answer), 1)).isInstanceOf(UnusableAnswerException.class);
    }

    @Test
    void givenEntitiesThatAreNoMessages_whenRead_thenTheyAreLeftOut() throws UnusableAnswerException {
        assertThat(dialect.history(bytes("{\"entities\":[null,7,\"x\",[],{\"id\":\"m\"}]}"), 1).items())
                .extracting(item -> item.entry().id()).containsExactly("m");
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}

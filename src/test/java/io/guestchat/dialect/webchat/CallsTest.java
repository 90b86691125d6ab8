package io.guestchat.dialect.webchat;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.guestchat.contract.GuestRequest.Guest;
import io.guestchat.dialect.Dialect;
import io.guestchat.dialect.Dialect.CloseMeaning;
import io.guestchat.dialect.Dialect.RefusalMeaning;
import io.guestchat.dialect.PlatformCall;
import io.guestchat.dialect.PlatformCall.Kind;
import java.net.URI;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CallsTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String ODD = "a/../b?c#d e+f%2fg\u20ac";
    private static final String ENCODED = "a%2F..%2Fb%3Fc%23d%20e%2Bf%252fg%E2%82%AC";

    private final Dialect dialect = new WebchatDialect();

    @Test
    void givenAFullGuest_whenTheSessionCallIsWorded_thenEveryFieldIsInIt() throws JsonProcessingException {
        // when
        PlatformCall call = dialect.createSession(new Guest("Ada \"A\"", "de", "ada@example.org", List.of("vip"), Map.of("order", "7")));

        // then
        assertThat(call.kind()).isEqualTo(Kind.CREATE_SESSION);
        assertThat(call.method()).isEqualTo("POST");
        assertThat(call.path()).isEqualTo("/api/v2/webchat/guests/sessions");
        assertThat(call.query()).isNull();
        assertThat(JSON.readTree(call.body())).isEqualTo(JSON.readTree("""
                {"language":"de","displayName":"Ada \\"A\\"","email":"ada@example.org","tags":["vip"],"metadata":{"order":"7"}}"""));
    }

    @Test
    void givenTheLeastOfAGuest_whenTheSessionCallIsWorded_thenAbsentFieldsAreAbsent() throws JsonProcessingException {
        assertThat(JSON.readTree(dialect.createSession(new Guest("Ada", "en-US", null, null, null)).body()))
                .isEqualTo(JSON.readTree("{\"language\":\"en-US\",\"displayName\":\"Ada\"}"));
    }

    @Test
    void givenAnOddId_whenACallIsWorded_thenItStaysOneSegmentOfThePath() {
        assertThat(dialect.sessionDetails(Kind.POLL, ODD)).isEqualTo(
                new PlatformCall(Kind.POLL, "GET", "/api/v2/webchat/guests/sessions/" + ENCODED, null, null));
        assertThat(dialect.historyPage(Kind.GAP, ODD, 100, 3)).isEqualTo(
                new PlatformCall(Kind.GAP, "GET", "/api/v2/conversations/webchat/" + ENCODED + "/messages",
                        "pageSize=100&pageNumber=3", null));
    }

    @Test
    void givenAWebSocketBase_whenTheSocketIsNamed_thenItIsBelowIt() {
        assertThat(dialect.socket(URI.create("wss://chat.example.org:8443/base"), "ws 1"))
                .isEqualTo(URI.create("wss://chat.example.org:8443/base/webchat/v1/guests/sessions/ws%201"));
    }

    @Test
    void givenACall_whenPrinted_thenNeitherPathNorBodyIsToBeSeen() {
        assertThat(dialect.createSession(new Guest("secret", "en", "secret", null, null)).toString()).doesNotContain("secret");
        assertThat(dialect.sessionDetails(Kind.SESSION_DETAILS, "secret").toString()).doesNotContain("secret");
    }

    @Test
    void givenTheKindsOfCalls_whenRanked_thenGuestsComeBeforeGapsAndGapsBeforePolls() {
        assertThat(List.of(Kind.values())).extracting(Kind::priority).containsExactly(0, 0, 0, 1, 2);
    }

    @Test
    void givenATextOfTheGuest_whenItsFrameIsWorded_thenItIsInboundAndNamesTheConversation() throws JsonProcessingException {
        assertThat(JSON.readTree(dialect.textFrame("say \"hi\"\n\u20ac\ud83d\ude00", "c-1"))).isEqualTo(JSON.readTree("""
                {"type":"text","text":"say \\"hi\\"\\n\\u20ac\\ud83d\\ude00","conversationId":"c-1","messageDirection":"inbound"}"""));
    }

    @Test
    void givenATypingGuest_whenItsFrameIsWorded_thenTheConversationIsNamedWhereKnown() throws JsonProcessingException {
        assertThat(JSON.readTree(dialect.typingFrame("c-1"))).isEqualTo(JSON.readTree(
                "{\"type\":\"typing\",\"conversationId\":\"c-1\",\"messageDirection\":\"inbound\"}"));
        assertThat(JSON.readTree(dialect.typingFrame(null))).isEqualTo(JSON.readTree(
                "{\"type\":\"typing\",\"messageDirection\":\"inbound\"}"));
    }

    @ParameterizedTest
    @CsvSource({"1000,ENDED", "4000,DISPLACED", "1001,LOST", "1006,LOST", "1011,LOST", "1012,LOST", "1013,LOST", "4001,LOST", ",LOST"})
    void givenACloseCode_whenAsked_thenOnlyANormalClosureEndsTheChat(Integer code, CloseMeaning meaning) {
        assertThat(dialect.closed(code)).isEqualTo(meaning);
    }

    @ParameterizedTest
    @CsvSource({"400,EXPIRED", "404,EXPIRED", "410,EXPIRED", "401,UNAUTHORIZED", "403,FORBIDDEN"})
    void givenARefusedHandshake_whenItIsFinal_thenItsMeaningIsTold(int status, RefusalMeaning meaning) {
        assertThat(dialect.refused(status)).isEqualTo(meaning);
    }

    @ParameterizedTest
    @ValueSource(ints = {200, 301, 302, 408, 409, 426, 429, 500, 502, 503, 504})
    void givenARefusedHandshake_whenItMayPass_thenItIsTriedAgain(int status) {
        assertThat(dialect.refused(status)).isEqualTo(RefusalMeaning.RETRY);
        assertThat(dialect.refused(null)).isEqualTo(RefusalMeaning.RETRY);
    }
}

package io.guestchat.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.guestchat.contract.AgentMessage.Sender;
import io.guestchat.contract.EventDetail.AgentTyping;
import io.guestchat.contract.EventDetail.ChatEnded;
import io.guestchat.contract.EventDetail.ConversationAssigned;
import io.guestchat.contract.EventDetail.HistoryDelivered;
import io.guestchat.contract.EventDetail.MessageAcknowledged;
import io.guestchat.contract.EventDetail.MessageSent;
import io.guestchat.contract.EventDetail.RequestFailed;
import io.guestchat.contract.EventDetail.SessionConnected;
import io.guestchat.contract.EventDetail.SessionCreated;
import io.guestchat.contract.EventDetail.SessionLost;
import io.guestchat.contract.EventDetail.SessionResumed;
import io.guestchat.contract.EventDetail.SessionStatus;
import io.guestchat.contract.HistoryPage.Entry;
import io.guestchat.contract.HistoryPage.Party;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The records as the routes write them: with a plain ObjectMapper. */
class OutgoingRecordsTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String AT = "2026-01-02T03:04:05.006Z";

    static Stream<Arguments> details() {
        Failure failure = new Failure("rate-limited", "later", 429, 120L);
        return Stream.of(
                Arguments.of(new SessionCreated("ws"), "session-created", "\"webchatSessionId\":\"ws\""),
                Arguments.of(new SessionConnected("ws"), "session-connected", "\"webchatSessionId\":\"ws\""),
                Arguments.of(new ConversationAssigned("ws", "c", "details"), "conversation-assigned",
                        "\"webchatSessionId\":\"ws\",\"conversationId\":\"c\",\"source\":\"details\""),
                Arguments.of(new AgentTyping("c"), "agent-typing", "\"conversationId\":\"c\""),
                Arguments.of(new AgentTyping(null), "agent-typing", ""),
                Arguments.of(new MessageSent("c"), "message-sent", "\"conversationId\":\"c\""),
                Arguments.of(new MessageAcknowledged("c"), "message-acknowledged", "\"conversationId\":\"c\""),
                Arguments.of(new SessionLost(1006, "gone"), "session-lost", "\"closeCode\":1006,\"reason\":\"gone\""),
                Arguments.of(new SessionLost(null, "taken-over"), "session-lost", "\"reason\":\"taken-over\""),
                Arguments.of(new SessionResumed(0), "session-resumed", "\"recovered\":0"),
                Arguments.of(new SessionStatus("ws", "connected", "c", true), "session-status",
                        "\"webchatSessionId\":\"ws\",\"status\":\"connected\",\"conversationId\":\"c\",\"connected\":true"),
                Arguments.of(new SessionStatus("ws", "waiting", null, false), "session-status",
                        "\"webchatSessionId\":\"ws\",\"status\":\"waiting\",\"connected\":false"),
                Arguments.of(new HistoryDelivered("c", 2, 101), "history-delivered",
                        "\"conversationId\":\"c\",\"pages\":2,\"messages\":101"),
                Arguments.of(new ChatEnded("ws", "requested", null), "chat-ended",
                        "\"webchatSessionId\":\"ws\",\"reason\":\"requested\""),
                Arguments.of(new ChatEnded("ws", "failed", failure), "chat-ended", "\"webchatSessionId\":\"ws\",\"reason\":\"failed\","
                        + "\"error\":{\"code\":\"rate-limited\",\"message\":\"later\",\"status\":429,\"retryAfterSeconds\":120}"),
                Arguments.of(new RequestFailed("start", Failure.of(ErrorCode.FORBIDDEN, "no", 403)), "request-failed",
                        "\"requestType\":\"start\",\"error\":{\"code\":\"forbidden\",\"message\":\"no\",\"status\":403}"),
                Arguments.of(new RequestFailed(null, Failure.of(ErrorCode.INVALID_REQUEST, "type: is missing")), "request-failed",
                        "\"error\":{\"code\":\"invalid-request\",\"message\":\"type: is missing\"}"));
    }

    @ParameterizedTest
    @MethodSource("details")
    void givenAnEvent_whenWritten_thenItsFieldsAreTheContracts(EventDetail detail, String type, String further)
            throws JsonProcessingException {
        Event event = new Event("e-1", "chat-1", AT, "r-1", detail);

        assertThat(JSON.readTree(write(event))).isEqualTo(JSON.readTree(
                "{\"id\":\"e-1\",\"chatId\":\"chat-1\",\"type\":\"" + type + "\",\"at\":\"" + AT + "\",\"requestId\":\"r-1\""
                        + (further.isEmpty() ? "" : "," + further) + "}"));
        assertThat(write(event)).startsWith("{\"id\":\"e-1\",\"chatId\":\"chat-1\",\"type\":\"" + type + "\",\"at\":");
        assertThat(event.name()).isEqualTo(type);
    }

    @Test
    void givenAnEventThatNoRequestCaused_whenWritten_thenItHasNoRequestId() throws JsonProcessingException {
        assertThat(write(new Event("e", "chat-1", AT, null, new SessionCreated("ws")))).doesNotContain("requestId");
    }

    @Test
    void givenAnAgentMessage_whenWritten_thenItsFieldsAreTheContractsInOrder() throws JsonProcessingException {
        assertThat(write(new AgentMessage("chat-1", "ws", "c", 7, "Hello", AT, new Sender("Grace"), "socket")))
                .isEqualTo("{\"id\":\"ws/7\",\"chatId\":\"chat-1\",\"webchatSessionId\":\"ws\",\"conversationId\":\"c\",\"n\":7,"
                        + "\"text\":\"Hello\",\"at\":\"" + AT + "\",\"from\":{\"name\":\"Grace\"},\"via\":\"socket\"}");
        assertThat(write(new AgentMessage("chat-1", "ws", null, 1, "Hello", AT, null, "history")))
                .isEqualTo("{\"id\":\"ws/1\",\"chatId\":\"chat-1\",\"webchatSessionId\":\"ws\",\"n\":1,"
                        + "\"text\":\"Hello\",\"at\":\"" + AT + "\",\"via\":\"history\"}");
    }

    @Test
    void givenAHistoryPage_whenWritten_thenItsFieldsAreTheContractsInOrder() throws JsonProcessingException {
        Entry full = new Entry("m-1", "Hello", AT, "outbound", new Party("Grace", "g-1"), new Party("Ada", null));
        Entry sparse = new Entry(null, null, null, null, null, null);

        assertThat(write(new HistoryPage("h-1", "chat-1", "r-1", "c", 1, false, List.of(full, sparse))))
                .isEqualTo("{\"id\":\"h-1\",\"chatId\":\"chat-1\",\"requestId\":\"r-1\",\"conversationId\":\"c\",\"pageNumber\":1,"
                        + "\"last\":false,\"messages\":[{\"id\":\"m-1\",\"text\":\"Hello\",\"at\":\"" + AT + "\","
                        + "\"direction\":\"outbound\",\"from\":{\"name\":\"Grace\",\"externalId\":\"g-1\"},\"to\":{\"name\":\"Ada\"}},{}]}");
    }

    @Test
    void givenRecords_whenPrinted_thenNeitherTextNorNameIsToBeSeen() {
        assertThat(List.of(
                new AgentMessage("chat-1", "ws", "c", 7, "secret", AT, new Sender("secret"), "socket"),
                new Sender("secret"),
                new Event("e", "chat-1", AT, null, new RequestFailed("start", Failure.of(ErrorCode.PLATFORM_ERROR, "secret"))),
                new HistoryPage("h", "chat-1", null, "c", 1, true,
                        List.of(new Entry("m", "secret", AT, "inbound", new Party("secret", "secret"), null))),
                new Entry("m", "secret", AT, "inbound", null, null),
                new Party("secret", "secret")))
                .noneSatisfy(record -> assertThat(record.toString()).contains("secret"));
    }

    @Test
    void givenAPointInTime_whenWritten_thenItIsUtcWithThreeDigitsOfMilliseconds() {
        assertThat(Timestamps.iso(Instant.parse("2026-01-02T03:04:05Z"))).isEqualTo("2026-01-02T03:04:05.000Z");
        assertThat(Timestamps.iso(Instant.parse("2026-01-02T03:04:05.0069Z"))).isEqualTo("2026-01-02T03:04:05.006Z");
        assertThat(Timestamps.iso(Instant.parse("2026-12-31T23:59:59.999999999Z"))).isEqualTo("2026-12-31T23:59:59.999Z");
        assertThat(Timestamps.iso(Instant.EPOCH)).isEqualTo("1970-01-01T00:00:00.000Z");
    }

    private static String write(Object written) throws JsonProcessingException {
        return JSON.writeValueAsString(written);
    }
}

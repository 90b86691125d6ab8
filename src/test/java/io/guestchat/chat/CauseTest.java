package io.guestchat.chat;

import static io.guestchat.chat.ChatFixtures.bytes;
import static io.guestchat.chat.ChatFixtures.request;
import static org.assertj.core.api.Assertions.assertThat;

import io.guestchat.contract.GuestRequest.Status;
import io.guestchat.state.StoredRequest;
import io.guestchat.state.StoredRequest.StoredHeader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a request leaves behind: the ids of its answers, and what travels on with them. */
class CauseTest {

    private static final String TRACE = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";

    @ParameterizedTest
    @ValueSource(strings = {TRACE, "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-00",
        "cc-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01-what-comes-later"})
    void givenATraceparent_whenItIsValid_thenItTravelsOn(String header) {
        assertThat(Cause.validTraceparent(bytes(header))).isEqualTo(header);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "garbage", " " + TRACE, TRACE + " ", TRACE + "\n", TRACE + "-more",
        "ff-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
        "00-00000000000000000000000000000000-00f067aa0ba902b7-01",
        "00-4bf92f3577b34da6a3ce929d0e0e4736-0000000000000000-01",
        "00-4BF92F3577B34DA6A3CE929D0E0E4736-00f067aa0ba902b7-01",
        "00-4bf92f3577b34da6a3ce929d0e0e473-00f067aa0ba902b7-01",
        "cc-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01-\u0007",
        "cc-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01-\u00e9"})
    void givenATraceparent_whenItIsNotValid_thenItDoesNotTravelOn(String header) {
        assertThat(Cause.validTraceparent(bytes(header))).isNull();
    }

    @Test
    void givenARequestWithHeaders_whenItCausesARecord_thenOnlyItsIdAndItsTraceTravelOn() {
        // given
        Request request = request(7, new StoredHeader("kafka.TOPIC", bytes("x")), new StoredHeader("traceparent", null),
                new StoredHeader("traceparent", bytes(TRACE)), new StoredHeader("traceparent", bytes(TRACE.replace('4', '5'))));

        // then
        assertThat(request.cause()).isEqualTo(new Cause(null, TRACE));
        assertThat(request.read(new Status("r-1")).cause()).isEqualTo(new Cause("r-1", TRACE));
        assertThat(request(7).cause()).isEqualTo(Cause.NONE);
    }

    @Test
    void givenARequest_whenItIsAnswered_thenTheIdIsItsPlaceAndTheAnswer() {
        assertThat(request(7).answerId("message-sent")).isEqualTo("guestchat.requests/0/7/message-sent");
    }

    @Test
    void givenARequest_whenItIsStoredAndRestored_thenItsBytesHeadersAndAnswerIdsAreTheSame() {
        // given
        byte[] value = "{\"type\":\"status\"} \u20ac".getBytes(StandardCharsets.UTF_8);
        Request request = new Request("t", 3, 9, 77, bytes("chat-1"), value, List.of(new StoredHeader("h", null)), "chat-1", null, null,
                null, () -> { });

        // when
        StoredRequest stored = request.stored();
        Request restored = Request.restored(stored, "t", 3, bytes("chat-1"), "chat-1");

        // then
        assertThat(restored.answerId("x")).isEqualTo(request.answerId("x"));
        assertThat(restored.value()).isEqualTo(value);
        assertThat(restored.key()).isEqualTo(bytes("chat-1"));
        assertThat(restored.timestamp()).isEqualTo(77);
        assertThat(restored.headers()).containsExactly(new StoredHeader("h", null));
        restored.settled().run();
    }

    @Test
    void givenARequest_whenItIsReadOrNot_thenWhatWasLearntIsKeptAndItsContentIsNotPrinted() {
        Request request = request(7);

        assertThat(request.read(new Status("r-1"))).returns("status", Request::type).returns("r-1", Request::id)
                .returns(new Status("r-1"), Request::content);
        assertThat(request.unreadable("start", "r-2")).returns("start", Request::type).returns("r-2", Request::id)
                .returns(null, Request::content).returns(7L, Request::offset);
        assertThat(request).hasToString("Request[guestchat.requests-0@7]");
    }
}

package io.guestchat.ownership;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.guestchat.chat.Chat;
import io.guestchat.chat.Chat.Refusal;
import io.guestchat.chat.Chats;
import io.guestchat.chat.GuestText;
import io.guestchat.chat.Request;
import io.guestchat.chat.Session;
import io.guestchat.chat.SessionState.Ended;
import io.guestchat.chat.SessionState.Lost;
import io.guestchat.chat.SessionState.Starting;
import io.guestchat.contract.ErrorCode;
import io.guestchat.contract.Failure;
import io.guestchat.contract.GuestRequest.Message;
import io.guestchat.contract.GuestRequest.Start;
import io.guestchat.contract.RequestReader;
import io.guestchat.state.SessionRecord;
import io.guestchat.state.SessionRecord.Anchor;
import io.guestchat.state.SessionRecord.End;
import io.guestchat.state.SessionRecord.StoredText;
import io.guestchat.state.SessionRecordCodec;
import io.guestchat.state.StoredRequest;
import io.guestchat.state.StoredRequest.StoredHeader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SessionMappingTest {

    private static final String ID = "chat-1";
    private static final long LAST_ACTIVITY = 1_700_000_000_000L;
    private static final StoredHeader HEADER = new StoredHeader("h", new byte[] {1});

    private final SessionMapping mapping = new SessionMapping("requests", new RequestReader(Integer.MAX_VALUE, "en-US"), new Chats(5));

    @ParameterizedTest
    @CsvSource({"connecting,false", "lost,true"})
    void givenASession_whenItIsTakenOverAndWrittenAgain_thenAllButTheSocketIsThere(String state, boolean connectedBefore)
            throws IOException {
        // given
        SessionRecord stored = full(state, null, null);

        // when
        Chat chat = restore(stored, 50);

        // then
        assertThat(chat.state()).isEqualTo(new Lost(new Session("ws", "c", connectedBefore)));
        assertThat(chat.custody().generation()).isEqualTo(7);
        assertThat(chat.progress().lastOffset()).isEqualTo(40);
        assertThat(chat.activity().lastMillis()).isEqualTo(LAST_ACTIVITY);
        SessionRecord written = mapping.record(chat, chat.progress().lastOffset());
        assertThat(written).usingRecursiveComparison().ignoringFields("generation").isEqualTo(stored);
        assertThat(written.generation()).isEqualTo(7);
    }

    @Test
    void givenAConnectedSession_whenItIsTakenOver_thenTheFirstStateThatIsWrittenKnowsOfTheLoss() throws IOException {
        // given
        SessionRecord connected = new SessionRecord(1, 3, "connected", "ws", "c", 40, null, null, null, 0, 0, null, null, null, 2, null,
                List.of("session-resumed/2/0"), 0, null);

        // when
        Chat chat = restore(connected, 50);
        SessionRecord written = mapping.record(chat, 40);
        Chat next = restore(written, 50);

        // then
        assertThat(written.state()).isEqualTo("lost");
        assertThat(written.losses()).isEqualTo(3);
        assertThat(written.untold()).containsExactly("session-resumed/2/0", "session-lost");
        assertThat(next.losses()).as("the loss is one, however many owners die with it").isEqualTo(3);
        assertThat(next.untold()).isEqualTo(chat.untold());
    }

    @Test
    void givenAnIntent_whenItIsTakenOver_thenItIsThereWithItsRequest() throws IOException {
        // given
        SessionRecord stored = record("starting", null, null, stored(3, "{\"type\":\"start\",\"guest\":{\"displayName\":\"Ada\"}}"), null);

        // when
        Chat chat = restore(stored, 50);

        // then
        Request start = ((Starting) chat.state()).start();
        assertThat(start.content()).isInstanceOf(Start.class);
        assertThat(start.answerId("session-created")).isEqualTo("requests/2/3/session-created");
        assertThat(mapping.record(chat, 40)).usingRecursiveComparison().ignoringFields("generation").isEqualTo(stored);
    }

    @Test
    void givenEndedChats_whenTheyAreTakenOver_thenTheirEndIsThere() throws IOException {
        // given
        Failure failure = Failure.of(ErrorCode.FORBIDDEN, "no", 403);
        End end = new End("failed", failure, "r-1", "trace", 17);

        // then
        SessionRecord stored = full("ended", null, end);
        Chat chat = restore(stored, 50);
        assertThat(chat.isLive()).isFalse();
        assertThat(((Ended) chat.state()).reason().word()).isEqualTo("failed");
        assertThat(mapping.record(chat, 40)).usingRecursiveComparison().ignoringFields("generation").isEqualTo(stored);

        SessionRecord neverWas = record("ended", null, null, null, new End(null, null, null, null, 17));
        Chat failedStart = restore(neverWas, 50);
        assertThat(failedStart.session()).isNull();
        assertThat(mapping.record(failedStart, 40)).usingRecursiveComparison().ignoringFields("generation").isEqualTo(neverWas);
    }

    @Test
    void givenHeldTexts_whenTheChatIsTakenOver_thenTheyAreInLineInOrderAndMayHaveArrived() throws IOException {
        // when
        Chat chat = restore(full("lost", null, null), 50);

        // then
        assertThat(chat.guestTexts().unfinished()).extracting(GuestText::text).containsExactly("one", "two");
        assertThat(chat.guestTexts().durable()).hasSize(2);
        assertThat(chat.inDoubt()).hasSize(2);
        Request request = chat.guestTexts().next().request();
        assertThat(request.id()).isEqualTo("m-1");
        assertThat(request.content()).isEqualTo(new Message("m-1", "one"));
        assertThat(request.key()).isEqualTo(ID.getBytes(StandardCharsets.UTF_8));
        assertThat(request.headers()).usingRecursiveFieldByFieldElementComparator().containsExactly(HEADER);
        assertThat(chat.progress().isBusy()).isFalse();
    }

    @Test
    void givenRefusedRequests_whenTheChatIsTakenOver_thenTheirRefusalIsThereAndTypeAndIdAreReadAgain() throws IOException {
        // when
        Chat chat = restore(full("lost", null, null), 50);

        // then
        assertThat(chat.refusals()).extracting(Refusal::failure).containsExactly(Failure.of(ErrorCode.CHAT_ENDED, "over"),
                Failure.of(ErrorCode.INVALID_REQUEST, "bad"));
        assertThat(chat.refusals()).extracting(refusal -> refusal.request().type()).containsExactly("message", null);
        assertThat(chat.refusals()).extracting(refusal -> refusal.request().id()).containsExactly("m-3", null);
    }

    @Test
    void givenRequestsThatWereMadeAnew_whenTheStateIsAheadOfThem_thenItsOffsetIsVoidAndTheTextsAreKept() throws IOException {
        // when
        Chat chat = restore(full("lost", null, null), 40);

        // then
        assertThat(chat.progress().lastOffset()).isEqualTo(-1);
        assertThat(chat.progress().isPast(0)).isFalse();
        assertThat(chat.guestTexts().unfinished()).hasSize(2);
        assertThat(chat.inDoubt()).as("a former owner may have written them all the same").hasSize(2);
        assertThat(restore(full("lost", null, null), 41).progress().lastOffset()).isEqualTo(40);
    }

    @Test
    void givenRequestsThatWereMadeAnew_whenAnIntentIsTakenOver_thenItIsRefusedAsItDoesNotComeAgain() throws IOException {
        // given
        StoredRequest start = stored(3, "{\"type\":\"start\",\"guest\":{\"displayName\":\"Ada\"}}");

        // when
        Chat chat = restore(record("starting", null, null, start, null), 0);

        // then
        assertThat(chat.isLive()).isFalse();
        assertThat(chat.refusals()).singleElement().satisfies(refusal -> {
            assertThat(refusal.failure().code()).isEqualTo("request-too-old");
            assertThat(refusal.request().offset()).isEqualTo(3);
        });
    }

    @Test
    void givenHeldTextsBeforeAnyConversation_whenTheChatIsTakenOver_thenNoneCanHaveBeenWritten() throws IOException {
        SessionRecord stored = new SessionRecord(1, 1, "lost", "ws", null, 4, null,
                List.of(stored(2, "{\"type\":\"message\",\"text\":\"b\"}")), null, 0, 0, null, null, null, 0, null, null, 0, null);

        assertThat(restore(stored, 50).guestTexts().unfinished()).hasSize(1);
        assertThat(restore(stored, 50).inDoubt()).isEmpty();
    }

    @Test
    void givenAHeldRequestThatCannotBeRead_whenTheChatIsTakenOver_thenTheOthersAreKeptAndItIsRefused() throws IOException {
        SessionRecord stored = new SessionRecord(1, 1, "lost", "ws", null, 4, null,
                List.of(stored(1, "not json"), stored(2, "{\"type\":\"message\",\"text\":\"b\"}")), null, 0, 0, null, null, null, 0, null,
                null, 0, null);

        Chat chat = restore(stored, 50);
        assertThat(chat.guestTexts().unfinished()).extracting(GuestText::text).containsExactly("b");
        assertThat(chat.unreadable()).extracting(refusal -> refusal.failure().code()).containsExactly("invalid-request");
        assertThat(mapping.record(chat, 4).held()).as("until its refusal is told").hasSize(2);
    }

    @Test
    void givenMoreRefusalsThanARecordHolds_whenTheStateIsMade_thenItStaysBelowAMegabyteAndNoneIsMissing() throws IOException {
        // given
        Chat chat = restore(record("ended", "ws", "c", null, new End("requested", null, null, null, 17)), 50);
        for (int offset = 0; offset < 1_100; offset++) {
            Request request = Request.restored(stored(offset, "{\"type\":\"message\",\"text\":\"" + "x".repeat(4_096) + "\"}"), "requests", 2,
                    ID.getBytes(StandardCharsets.UTF_8), ID);
            chat.refusals().add(new Refusal(request, Failure.of(ErrorCode.CHAT_ENDED, "the chat ended before it could be carried out")));
        }

        // when
        byte[] written = SessionRecordCodec.write(mapping.record(chat, 40));

        // then
        assertThat(written).hasSizeBetween(500_000, 1_000_000);
        Chat again = mapping.restore(2, ID, SessionRecordCodec.read(written), 8, 5_000);
        assertThat(again.refusals()).hasSize(1_100).extracting(refusal -> refusal.failure().code()).containsOnly("chat-ended");
        assertThat(again.refusals().get(0).request().value()).hasSizeGreaterThan(4_096);
        assertThat(again.refusals().get(1_099).request().value()).isNull();
        assertThat(again.refusals().get(1_099).request().answerId("x")).isEqualTo("requests/2/1099/x");
    }

    @Test
    void givenChats_whenTheyAreTakenUp_thenThoseWithSomethingToSendAreFirst() throws IOException {
        Chat quiet = restore(record("lost", "ws", "c", null, null), 50);
        Chat waiting = restore(full("lost", null, null), 50);

        assertThat(SessionMapping.inOrder(List.of(quiet, waiting, quiet))).containsExactly(waiting, quiet, quiet);
    }

    private Chat restore(SessionRecord stored, long end) throws IOException {
        return mapping.restore(2, ID, SessionRecordCodec.read(SessionRecordCodec.write(stored)), 7, end);
    }

    private static SessionRecord record(String state, String session, String conversation, StoredRequest start, End end) {
        return new SessionRecord(1, 3, state, session, conversation, 40, start, null, null, 0, 0, null, null, null, 0, end, null,
                LAST_ACTIVITY, null);
    }

    private static SessionRecord full(String state, StoredRequest start, End end) {
        return new SessionRecord(1, 3, state, "ws", "c", 40, start,
                List.of(stored(10, "{\"type\":\"message\",\"id\":\"m-1\",\"text\":\"one\"}"),
                        stored(11, "{\"type\":\"message\",\"id\":\"m-2\",\"text\":\"two\"}")),
                List.of(stored(12, "{\"type\":\"message\",\"id\":\"m-3\",\"text\":\"x\"}").refused(Failure.of(ErrorCode.CHAT_ENDED, "over")),
                        stored(13, "not json").refused(Failure.of(ErrorCode.INVALID_REQUEST, "bad"))),
                4, 5, List.of(new StoredText(6, "t", "at", "Grace")), List.of("aa", "bb"), new Anchor("h-9", 5, 4), 2, end,
                List.of("session-lost"), LAST_ACTIVITY,
                Map.of("priority", JsonNodeFactory.instance.objectNode().put("queue", "gold").putNull("none"),
                        "empty", JsonNodeFactory.instance.arrayNode(), "blank", JsonNodeFactory.instance.textNode(""),
                        "nothing", JsonNodeFactory.instance.nullNode()));
    }

    private static StoredRequest stored(long offset, String value) {
        return new StoredRequest(offset, 1_000 + offset, value.getBytes(StandardCharsets.UTF_8), List.of(HEADER), null);
    }
}

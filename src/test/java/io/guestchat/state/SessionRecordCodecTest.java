package io.guestchat.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.guestchat.contract.ErrorCode;
import io.guestchat.contract.Failure;
import io.guestchat.state.SessionRecord.Anchor;
import io.guestchat.state.SessionRecord.StoredText;
import io.guestchat.state.StoredRequest.StoredHeader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SessionRecordCodecTest {

    @Test
    void givenAFullRecord_whenItIsWrittenAndRead_thenNothingIsMissing() throws IOException {
        // given
        StoredRequest held = new StoredRequest(7, 1L, new byte[] {1, -1}, List.of(new StoredHeader("h", new byte[] {2})), null);
        SessionRecord session = new SessionRecord(SessionRecord.VERSION, 3, "connected", "ws-1", "c-1", 9, null, List.of(held),
                List.of(held.refused(Failure.of(ErrorCode.CHAT_ENDED, "why"))), 4, 5,
                List.of(new StoredText(6, "t", "2026-01-01T00:00:00.000Z", "Ada")), List.of("aa", "bb"),
                new Anchor("h-1", 5, 4), 2, new SessionRecord.End("requested", null, "r-1", null, 17),
                List.of("session-connected"), 1_700_000_000_000L, Map.of());

        // when
        SessionRecord read = SessionRecordCodec.read(SessionRecordCodec.write(session));

        // then
        assertThat(read).usingRecursiveComparison().isEqualTo(session);
    }

    @Test
    void givenARecordOfANewerInstance_whenItIsReadAndWritten_thenItsUnknownFieldsAreKept() throws IOException {
        // given
        byte[] newer = """
                {"version":1,"generation":2,"state":"lost","webchatSessionId":"ws-1","lastOffset":4,"settledTexts":0,"publishedTexts":0,"losses":1,
                 "priority":{"queue":"gold"}}""".getBytes(StandardCharsets.UTF_8);

        // when
        String again = new String(SessionRecordCodec.write(SessionRecordCodec.read(newer)), StandardCharsets.UTF_8);

        // then
        assertThat(again).contains("\"priority\":{\"queue\":\"gold\"}").doesNotContain("unknown");
    }

    @Test
    void givenARecordOfAnOlderInstance_whenItIsReadAndWritten_thenItSaysNothingOfTheLastActivity() throws IOException {
        // given
        byte[] older = """
                {"version":1,"generation":2,"state":"lost","webchatSessionId":"ws-1","lastOffset":4,"settledTexts":0,"publishedTexts":0,"losses":1}"""
                .getBytes(StandardCharsets.UTF_8);

        // when
        SessionRecord read = SessionRecordCodec.read(older);

        // then
        assertThat(read.lastActivity()).isZero();
        assertThat(SessionRecordCodec.write(read)).isEqualTo(older);
    }

    @Test
    void givenAnotherVersion_whenItIsRead_thenItIsRefused() {
        assertThatThrownBy(() -> SessionRecordCodec.read("{\"version\":2,\"state\":\"lost\"}".getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(IOException.class).hasMessageContaining("version 2");
    }

    @ParameterizedTest
    @ValueSource(strings = {"null", "", "[]", "{\"version\":1,\"state\":\"lost\",\"webchatSessionId\":\"s\",\"held\":[null]}"})
    void givenWhatIsNoState_whenItIsRead_thenItIsRefusedAndBlocksNoPartition(String value) {
        assertThatThrownBy(() -> SessionRecordCodec.read(value.getBytes(StandardCharsets.UTF_8))).isInstanceOf(IOException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"starting", "ended", "connected", "lost", "connecting", "asleep"})
    void givenAStateThatLacksWhatItNeeds_whenItIsRead_thenItIsRefusedAndBlocksNoPartition(String state) {
        byte[] lacking = ("{\"version\":1,\"state\":\"" + state + "\"}").getBytes(StandardCharsets.UTF_8);

        assertThatThrownBy(() -> SessionRecordCodec.read(lacking)).isInstanceOf(IOException.class);
    }
}

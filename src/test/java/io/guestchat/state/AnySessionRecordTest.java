package io.guestchat.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import com.fasterxml.jackson.databind.node.TextNode;
import io.guestchat.contract.Failure;
import io.guestchat.fuzz.JsonTexts;
import io.guestchat.fuzz.Texts;
import io.guestchat.state.SessionRecord.Anchor;
import io.guestchat.state.SessionRecord.End;
import io.guestchat.state.SessionRecord.StoredText;
import io.guestchat.state.StoredRequest.StoredHeader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** What a chat's state says is what comes back of it; and what is no state is refused, so that it blocks no partition. */
class AnySessionRecordTest {

    @Property(tries = 500)
    void givenAState_whenItIsWrittenAndRead_thenNothingIsMissing(@ForAll("sessions") SessionRecord session) throws IOException {
        byte[] written = SessionRecordCodec.write(session);

        assertThat(SessionRecordCodec.read(written)).usingRecursiveComparison().isEqualTo(session);
        assertThat(SessionRecordCodec.generation(written)).isEqualTo(session.generation());
    }

    @Property
    void givenAnyBytes_whenRead_thenAStateOrAnIOException(@ForAll("values") byte[] value) {
        try {
            assertThat(SessionRecordCodec.read(value).state()).isNotNull();
        } catch (IOException refused) {
            assertThat(refused).isNotNull();
        }
        assertThatCode(() -> SessionRecordCodec.generation(value)).doesNotThrowAnyException();
    }

    @Provide
    Arbitrary<SessionRecord> sessions() {
        Arbitrary<Long> numbers = Arbitraries.longs().between(0, Long.MAX_VALUE);
        Arbitrary<Failure> failures = Combinators.combine(Texts.unicode(), Texts.unicode(), Arbitraries.of(400, 503).injectNull(0.5),
                numbers.injectNull(0.5)).as(Failure::new);
        Arbitrary<StoredHeader> headers = Combinators.combine(Texts.unicode(), Arbitraries.bytes().array(byte[].class).ofMaxSize(4)
                .injectNull(0.2)).as(StoredHeader::new);
        Arbitrary<StoredRequest> requests = Combinators.combine(numbers, numbers, Texts.bytes().injectNull(0.1),
                headers.list().ofMaxSize(2), failures.injectNull(0.5)).as(StoredRequest::new);
        Arbitrary<StoredText> texts = Combinators.combine(numbers, Texts.unicode(), Texts.unicode(), Texts.unicode().injectNull(0.5))
                .as(StoredText::new);
        Arbitrary<Anchor> anchors = Combinators.combine(Texts.unicode(), numbers, numbers).as(Anchor::new);
        Arbitrary<End> ends = Combinators.combine(Texts.unicode().injectNull(0.2), failures.injectNull(0.5), Texts.unicode().injectNull(0.5),
                numbers).as((reason, error, request, at) -> new End(reason, error, request, null, at));
        return Combinators.combine(Arbitraries.of("starting", "connecting", "connected", "lost", "ended"), Texts.unicode(), numbers,
                        requests.list().ofMaxSize(3), texts.list().ofMaxSize(3), requests, anchors.injectNull(0.5), ends)
                .as((state, words, number, stored, unpublished, start, anchor, end) -> new SessionRecord(SessionRecord.VERSION,
                        (int) (number % 1000), state, "s" + words, number % 2 == 0 ? null : "c" + words, number,
                        state.equals("starting") ? start : null, stored, stored, number / 3, number / 5, unpublished,
                        unpublished.stream().map(StoredText::text).filter(text -> !text.isEmpty()).toList(), anchor, (int) (number % 7),
                        state.equals("ended") ? end : null, unpublished.stream().map(text -> "u" + text.n()).toList(), number % 4 == 0 ? 0 : number / 4,
                        number % 3 == 0 ? Map.of("later" + words, TextNode.valueOf(words)) : Map.of()));
    }

    @Provide
    Arbitrary<byte[]> values() {
        Arbitrary<byte[]> flipped = Combinators.combine(sessions().map(SessionRecordCodec::write), Arbitraries.integers().between(0, 100_000),
                Arbitraries.bytes()).as((written, place, other) -> {
                    written[place % written.length] = other;
                    return written;
                });
        return Arbitraries.oneOf(Texts.bytes(), JsonTexts.documents().map(json -> json.getBytes(StandardCharsets.UTF_8)), flipped,
                Arbitraries.of("null", "", " ", "[]", "{}", "{\"version\":1,\"state\":\"lost\",\"webchatSessionId\":\"s\",\"held\":[null]}")
                        .map(json -> json.getBytes(StandardCharsets.UTF_8)));
    }
}

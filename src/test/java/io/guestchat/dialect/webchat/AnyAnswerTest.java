package io.guestchat.dialect.webchat;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.guestchat.dialect.HistorySlice;
import io.guestchat.dialect.PlatformCall;
import io.guestchat.dialect.PlatformFrame;
import io.guestchat.dialect.PlatformFrame.GuestEcho;
import io.guestchat.dialect.UnusableAnswerException;
import io.guestchat.fuzz.JsonTexts;
import io.guestchat.fuzz.Texts;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Whatever the platform sends is read, or said to be of no use; and no id of it leads anywhere but where an id belongs. */
class AnyAnswerTest {

    private static final URI BASE = URI.create("wss://platform.example");

    private final WebchatDialect dialect = new WebchatDialect();

    @Property
    void givenAnyText_whenReadAsAFrame_thenItIsAFrameOfSomeKind(@ForAll("texts") String text) {
        PlatformFrame frame = dialect.frame(text);

        assertThat(frame).isNotNull();
        assertStaysInItsSegment(frame.conversationId());
    }

    @Property
    void givenAnyBytes_whenReadAsAnyAnswer_thenOfUseOrUnusable(@ForAll("answers") byte[] answer) {
        try {
            HistorySlice slice = dialect.history(answer, 1);
            assertThat(slice.nextPage()).satisfiesAnyOf(next -> assertThat(next).isNull(), next -> assertThat(next).isGreaterThan(1));
        } catch (UnusableAnswerException unusable) {
            assertThat(unusable.getMessage()).doesNotContain(JsonTexts.HUSH).doesNotContain(JsonTexts.HUSH_NUMBER);
        }
        try {
            assertStaysInItsSegment(dialect.details(answer).conversationId());
        } catch (UnusableAnswerException unusable) {
            assertThat(unusable.getMessage()).doesNotContain(JsonTexts.HUSH);
        }
    }

    @Property
    void givenAnyId_whenASessionIsMadeOfIt_thenItStaysInItsSegmentOrIsUnusable(@ForAll("ids") String id) {
        byte[] answer = object("webchatSessionId", id).getBytes(StandardCharsets.UTF_8);
        try {
            String session = dialect.session(answer);
            assertThat(session).isEqualTo(id).matches("[A-Za-z0-9._~-]{1,200}");
            assertThat(segments(dialect.socket(BASE, session).normalize())).isEqualTo(segments(dialect.socket(BASE, "s")));
            assertThat(segments(uri(dialect.sessionDetails(PlatformCall.Kind.POLL, session))))
                    .isEqualTo(segments(uri(dialect.sessionDetails(PlatformCall.Kind.POLL, "s"))));
        } catch (UnusableAnswerException unusable) {
            assertThat(unusable.getMessage()).isEqualTo("the session answer has no usable webchatSessionId");
        }
    }

    @Property
    void givenAnyId_whenAFrameNamesItAsItsConversation_thenItStaysInItsSegment(@ForAll("ids") String id) {
        assertStaysInItsSegment(dialect.frame(object("conversationId", id)).conversationId());
    }

    @Property
    void givenAnyText_whenItsFrameIsReadBack_thenItIsTheTextAndItsConversation(@ForAll("unicode") String text, @ForAll("unicode") String id) {
        String conversation = "c" + id.replaceAll("\\p{C}", "");

        PlatformFrame echo = dialect.frame(dialect.textFrame("t" + text, conversation));

        assertThat(echo).isEqualTo(new GuestEcho("t" + text, conversation));
    }

    private void assertStaysInItsSegment(String conversationId) {
        if (conversationId != null) {
            URI page = uri(dialect.historyPage(PlatformCall.Kind.HISTORY, conversationId, 50, 1));
            assertThat(segments(page)).as(conversationId).isEqualTo(segments(uri(dialect.historyPage(PlatformCall.Kind.HISTORY, "c", 50, 1))));
            assertThat(page.getRawQuery()).isEqualTo("pageSize=50&pageNumber=1");
            assertThat(page.getRawPath()).matches("[A-Za-z0-9/%._*-]+");
        }
    }

    private static URI uri(PlatformCall call) {
        return URI.create("https://platform.example" + call.path() + (call.query() == null ? "" : "?" + call.query())).normalize();
    }

    private static int segments(URI uri) {
        return uri.getRawPath().split("/", -1).length;
    }

    private static String object(String field, String value) {
        return JsonNodeFactory.instance.objectNode().put(field, value).toString();
    }

    @Provide
    Arbitrary<String> texts() {
        return Arbitraries.oneOf(JsonTexts.documents(), Texts.utf16());
    }

    @Provide
    Arbitrary<byte[]> answers() {
        Arbitrary<String> histories = JsonTexts.documents().list().ofMaxSize(4)
                .map(items -> "{\"entities\":[" + String.join(",", items) + "],\"nextPage\":" + (items.isEmpty() ? "null" : items.get(0)) + "}");
        return Arbitraries.oneOf(Texts.bytes(), JsonTexts.documents().map(json -> json.getBytes(StandardCharsets.UTF_8)),
                histories.map(json -> json.getBytes(StandardCharsets.UTF_8)));
    }

    @Provide
    Arbitrary<String> ids() {
        return Arbitraries.oneOf(Texts.utf16(), Arbitraries.strings().withChars("./%2e~-_ab\\;?#").ofMaxLength(6),
                Arbitraries.integers().between(198, 202).map("a"::repeat));
    }

    @Provide
    Arbitrary<String> unicode() {
        return Texts.unicode();
    }
}

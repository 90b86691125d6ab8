package io.guestchat.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.guestchat.fuzz.JsonTexts;
import io.guestchat.fuzz.Requests;
import io.guestchat.fuzz.Texts;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

/** Whatever comes in as a request is read, or refused in words that may be published. */
class AnyRequestTest {

    private static final int LONGEST_MESSAGE = 500;

    private final RequestReader reader = new RequestReader(4096, Requests.DEFAULT_LANGUAGE);

    @Property
    void givenAnyBytes_whenRead_thenARequestOrItsFaults(@ForAll("bytes") byte[] value, @ForAll("utf16") String chatId) {
        isReadOrRefused(value, chatId);
    }

    @Property(tries = 1500)
    void givenAnyJson_whenRead_thenARequestOrFaultsThatRepeatNoValue(@ForAll("documents") String json) {
        Optional<String> refusal = isReadOrRefused(json.getBytes(StandardCharsets.UTF_8), Requests.CHAT);

        repeatsNoValue(refusal);
    }

    @Property
    void givenAValidRequest_whenRead_thenItIsWhatItSays(@ForAll("valid") Requests.Valid request) throws InvalidRequestException {
        assertThat(reader.read(request.bytes(), Requests.CHAT)).isEqualTo(request.meaning());
    }

    @Property(tries = 1000)
    void givenANearlyValidRequest_whenRead_thenARequestOrFaultsThatRepeatNoValue(@ForAll("mutated") String json) {
        repeatsNoValue(isReadOrRefused(json.getBytes(StandardCharsets.UTF_8), Requests.CHAT));
    }

    @Property(tries = 1000)
    void givenAValidRequestWithOneByteChanged_whenRead_thenARequestOrItsFaults(@ForAll("valid") Requests.Valid request,
            @ForAll @IntRange(max = 5000) int place, @ForAll byte other) {
        byte[] value = request.bytes();
        value[place % value.length] = other;

        isReadOrRefused(value, Requests.CHAT);
    }

    @Property
    void givenAnyKey_whenRead_thenAChatIdAsTheContractSaysOrNone(@ForAll("keys") byte[] key) {
        Optional<String> chatId = ChatId.read(key);

        chatId.ifPresent(id -> {
            assertThat(id.getBytes(StandardCharsets.UTF_8)).as("the key's own bytes").isEqualTo(key);
            assertThat(id.codePointCount(0, id.length())).isBetween(1, 200);
            assertThat(id.codePoints()).noneMatch(point -> Character.isISOControl(point) || Character.isWhitespace(point)
                    || Character.isSpaceChar(point) || Character.getType(point) == Character.SURROGATE);
        });
    }

    /** @return the words of the refusal; empty where the request was read */
    private Optional<String> isReadOrRefused(byte[] value, String chatId) {
        try {
            assertThat(reader.read(value, chatId)).isNotNull();
            return Optional.empty();
        } catch (InvalidRequestException refused) {
            Failure failure = refused.failure();
            assertThat(failure.code()).isIn("invalid-request", "message-too-long");
            assertThat(failure.message()).isNotBlank().hasSizeLessThanOrEqualTo(LONGEST_MESSAGE);
            assertThatCode(() -> StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(failure.message())))
                    .as("is Unicode").doesNotThrowAnyException();
            return Optional.of(failure.message());
        }
    }

    private static void repeatsNoValue(Optional<String> refusal) {
        refusal.ifPresent(message -> assertThat(message).doesNotContain(JsonTexts.HUSH).doesNotContain(JsonTexts.HUSH_NUMBER));
    }

    @Provide
    Arbitrary<byte[]> bytes() {
        return Texts.bytes();
    }

    @Provide
    Arbitrary<byte[]> keys() {
        return Arbitraries.oneOf(Texts.bytes(), Texts.unicode().map(text -> text.getBytes(StandardCharsets.UTF_8)),
                Arbitraries.integers().between(190, 210).map("😀"::repeat).map(text -> text.getBytes(StandardCharsets.UTF_8)));
    }

    @Provide
    Arbitrary<String> utf16() {
        return Texts.utf16();
    }

    @Provide
    Arbitrary<String> documents() {
        return JsonTexts.documents();
    }

    @Provide
    Arbitrary<Requests.Valid> valid() {
        return Requests.valid();
    }

    @Provide
    Arbitrary<String> mutated() {
        return Requests.mutated();
    }
}

package io.guestchat.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.guestchat.contract.GuestRequest.End;
import io.guestchat.contract.GuestRequest.Guest;
import io.guestchat.contract.GuestRequest.History;
import io.guestchat.contract.GuestRequest.Message;
import io.guestchat.contract.GuestRequest.Start;
import io.guestchat.contract.GuestRequest.Status;
import io.guestchat.contract.GuestRequest.Typing;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RequestReaderTest {

    private static final String CHAT = "chat-1";
    private static final int MOST_BYTES = 4096;

    private final RequestReader reader = new RequestReader(MOST_BYTES, "en-US");

    @Test
    void givenAFullStart_whenRead_thenEveryFieldIsThere() throws InvalidRequestException {
        assertThat(read("""
                {"type":"start","id":"r-1","chatId":"chat-1","guest":{"displayName":"Ada","language":"de-CH",
                 "email":"ada@example.org","tags":["vip","web"],"metadata":{"order":"7"}}}"""))
                .isEqualTo(new Start("r-1", new Guest("Ada", "de-CH", "ada@example.org", List.of("vip", "web"), Map.of("order", "7"))));
    }

    @Test
    void givenTheLeast_whenRead_thenDefaultsAreFilledIn() throws InvalidRequestException {
        assertThat(read("{\"type\":\"start\",\"guest\":{\"displayName\":\"Ada\"}}"))
                .isEqualTo(new Start(null, new Guest("Ada", "en-US", null, null, null)));
        assertThat(read("{\"type\":\"history\"}")).isEqualTo(new History(null, 50));
    }

    @Test
    void givenTheOtherTypes_whenRead_thenEachIsItsOwn() throws InvalidRequestException {
        assertThat(read("{\"type\":\"message\",\"id\":\"m\",\"text\":\"hi\"}")).isEqualTo(new Message("m", "hi"));
        assertThat(read("{\"type\":\"typing\",\"id\":\"t\"}")).isEqualTo(new Typing("t"));
        assertThat(read("{\"type\":\"history\",\"id\":\"h\",\"pageSize\":100}")).isEqualTo(new History("h", 100));
        assertThat(read("{\"type\":\"status\",\"id\":\"s\"}")).isEqualTo(new Status("s"));
        assertThat(read("{\"type\":\"end\",\"id\":\"e\"}")).isEqualTo(new End("e"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "{}                                                        | type: is missing",
        "{\"type\":null}                                           | type: is missing",
        "{\"type\":7}                                              | type: is not a string",
        "{\"type\":\"\"}                                           | type: is empty",
        "{\"type\":\"secret\"}                                     | type: is not one of start, message, typing, history, status, end",
        "{\"type\":\"end\",\"id\":7}                               | id: is not a string",
        "{\"type\":\"end\",\"id\":null}                            | id: is null",
        "{\"type\":\"end\",\"chatId\":\"secret\"}                  | chatId: differs from the record's key",
        "{\"type\":\"end\",\"text\":\"secret\"}                    | text: is unknown",
        "{\"type\":\"typing\",\"text\":\"secret\"}                 | text: is unknown",
        "{\"type\":\"status\",\"guest\":{}}                        | guest: is unknown",
        "{\"type\":\"message\"}                                    | text: is missing",
        "{\"type\":\"message\",\"text\":\"\"}                      | text: is empty",
        "{\"type\":\"message\",\"text\":[\"secret\"]}              | text: is not a string",
        "{\"type\":\"message\",\"text\":\"a\\ud800b\"}             | text: holds half of a surrogate pair",
        "{\"type\":\"message\",\"text\":\"a\\udc00\\ud800\"}       | text: holds half of a surrogate pair",
        "{\"type\":\"history\",\"pageSize\":0}                     | pageSize: is not between 1 and 100",
        "{\"type\":\"history\",\"pageSize\":101}                   | pageSize: is not between 1 and 100",
        "{\"type\":\"history\",\"pageSize\":-9999999999999999999}  | pageSize: is not between 1 and 100",
        "{\"type\":\"history\",\"pageSize\":4294967297}            | pageSize: is not between 1 and 100",
        "{\"type\":\"history\",\"pageSize\":1.5}                   | pageSize: is not a whole number",
        "{\"type\":\"history\",\"pageSize\":\"50\"}                | pageSize: is not a whole number",
        "{\"type\":\"history\",\"pageSize\":null}                  | pageSize: is null",
        "{\"type\":\"start\"}                                      | guest: is missing",
        "{\"type\":\"start\",\"guest\":\"secret\"}                 | guest: is not an object",
        "{\"type\":\"start\",\"guest\":{}}                         | guest.displayName: is missing",
        "{\"type\":\"start\",\"guest\":{\"displayName\":\"\"}}     | guest.displayName: is empty",
        "{\"type\":\"start\",\"guest\":{\"displayName\":null}}     | guest.displayName: is missing",
        "{\"type\":\"end\",\"chatId\":\"a b\"}                     | chatId: is not a chat id",
        "{\"type\":\"end\",\"#secret\":1}                         | #secret: is unknown",
        "{\"type\":\"start\",\"guest\":{\"displayName\":\"A\",\"#\":1}} | guest.#: is unknown",
        "{\"type\":\"start\",\"guest\":{\"displayName\":\"A\",\"metadata\":{\"#\":1}}} | guest.metadata.#: is not a string",
        "{\"type\":\"start\",\"guest\":{\"displayName\":\"A\",\"tags\":[null]}} | guest.tags[0]: is not a string",
        "{\"type\":\"other\",\"id\":7,\"chatId\":\"secret\",\"text\":1} | "
            + "type: is not one of start, message, typing, history, status, end; id: is not a string; chatId: differs from the record's key",
    })
    void givenOneFault_whenRead_thenItsFieldIsNamed(String json, String message) {
        InvalidRequestException fault = refused(json);

        assertThat(fault.failure()).isEqualTo(Failure.of(ErrorCode.INVALID_REQUEST, message));
    }

    @Test
    void givenManyFaults_whenRead_thenAllAreToldAtOnceAndNoValueIs() {
        // given
        String json = """
                {"type":"start","id":"secret-%s","chatId":"secret","what":"secret","guest":{"displayName":7,"language":"secret secret",
                 "email":"secret%s","tags":["fine",7,"fine",null,"\\ud800secret"],"metadata":{"a":"fine","b":["secret"],"c":null},
                 "extra":"secret"}}""".formatted("x".repeat(200), "x".repeat(400));

        // when
        InvalidRequestException fault = refused(json);

        // then
        assertThat(fault.getMessage().split("; ")).containsExactlyInAnyOrder(
                "id: is longer than 200 characters",
                "chatId: differs from the record's key",
                "what: is unknown",
                "guest.extra: is unknown",
                "guest.displayName: is not a string",
                "guest.language: is not a BCP 47 language tag",
                "guest.email: is longer than 320 characters",
                "guest.tags[1]: is not a string",
                "guest.tags[3]: is not a string",
                "guest.tags[4]: holds half of a surrogate pair",
                "guest.metadata.b: is not a string",
                "guest.metadata.c: is null");
        assertThat(fault.getMessage()).doesNotContain("secret");
        assertThat(fault.failure().message()).doesNotContain("secret");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"tags\":{}", "\"tags\":\"a\"", "\"metadata\":[]", "\"metadata\":\"a\"", "\"tags\":null", "\"metadata\":null",
        "\"email\":null", "\"language\":\"\"", "\"language\":\"e\"", "\"language\":\"en_US\"", "\"language\":\"en-\"",
        "\"language\":\"en\\n\"",
        "\"metadata\":{\"\\ud800\":\"x\"}"})
    void givenAGuestWithAFieldOfAnotherShape_whenRead_thenItIsRefusedByName(String field) {
        InvalidRequestException fault = refused("{\"type\":\"start\",\"guest\":{\"displayName\":\"Ada\"," + field + "}}");

        assertThat(fault.getMessage()).startsWith("guest." + field.substring(1, field.indexOf(':') - 1));
        assertThat(fault.requestType()).isEqualTo("start");
    }

    @Test
    void givenAnUnknownFieldWithAWildName_whenRead_thenItsNameIsCutAndFitToPrint() {
        // given
        String wild = "\\u0000\\n\\ud800" + "n".repeat(200_000);

        // when
        String unknown = refused("{\"type\":\"end\",\"" + wild.substring(0, 40_000) + "\":1}").getMessage();
        String inMetadata = refused("{\"type\":\"start\",\"guest\":{\"displayName\":\"Ada\",\"metadata\":{\""
                + wild.substring(0, 40_000) + "\":1}}}").getMessage();

        // then
        assertThat(unknown).isEqualTo("???" + "n".repeat(57) + ": is unknown");
        assertThat(inMetadata).isEqualTo("guest.metadata.???" + "n".repeat(57)
                + ": has half of a surrogate pair in its name; guest.metadata.???" + "n".repeat(57) + ": is not a string");
    }

    @ParameterizedTest
    @CsvSource({"displayName, 200", "email, 320"})
    void givenAFieldAtItsLimit_whenRead_thenCodePointsCount(String field, int longest) throws InvalidRequestException {
        // given
        String start = "{\"type\":\"start\",\"guest\":{\"displayName\":\"Ada\",\"%s\":\"%s\"}}".replace(
                field.equals("displayName") ? "\"displayName\":\"Ada\"," : "no such", "");

        // then
        assertThat(read(start.formatted(field, "\ud83d\ude00".repeat(longest)))).isInstanceOf(Start.class);
        assertThat(refused(start.formatted(field, "x".repeat(longest + 1))))
                .hasMessage("guest." + field + ": is longer than " + longest + " characters");
    }

    @Test
    void givenTheOtherTextsOfAGuest_whenTheyAreBeyondTheirLimits_thenTheyAreRefused() {
        assertThat(refused("{\"type\":\"start\",\"guest\":{\"displayName\":\"Ada\",\"tags\":[\"%s\"],\"metadata\":{\"k\":\"%s\"}}}"
                .formatted("x".repeat(1_001), "x".repeat(10_001)))).hasMessage(
                "guest.tags[0]: is longer than 1000 characters; guest.metadata.k: is longer than 10000 characters");
        assertThat(refused("{\"type\":\"end\",\"chatId\":\"" + "x".repeat(201) + "\"}"))
                .hasMessage("chatId: is longer than 200 characters");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "null", "true", "7", "\"text\"", "[]", "[{\"type\":\"end\"}]"})
    void givenJsonThatIsNoObject_whenRead_thenItIsRefused(String json) {
        assertThat(refused(json).failure().code()).isEqualTo("invalid-request");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{", "{\"type\":\"end\"", "{\"type\":\"end\",}", "{type:\"end\"}", "{'type':'end'}", "plain secret",
        "{\"type\":\"end\"}{\"type\":\"end\"}", "{\"type\":\"end\"} secret", "{\"type\":\"end\"}]", "{\"type\":NaN}",
        "{\"type\":\"history\",\"pageSize\":NaN}", "{\"type\":\"history\",\"pageSize\":Infinity}", "{\"type\":\"history\",\"pageSize\":007}",
        "{\"type\":\"end\",\"type\":\"end\"}", "{\"type\":\"end\",\"id\":\"secret\",\"id\":\"secret\"}",
        "{\"type\":\"start\",\"guest\":{\"displayName\":\"secret\",\"displayName\":\"secret\"}}", "// secret\n{\"type\":\"end\"}",
        "{\"type\":\"message\",\"text\":\"secret\u0001\"}", "{\"type\":\"message\",\"text\":\"\\x\"}", "\ufeff{\"type\":\"end\"}"})
    void givenWhatIsNotJson_whenRead_thenItsPlaceIsToldAndNothingOfIt(String json) {
        InvalidRequestException fault = refused(json);

        assertThat(fault.getMessage()).matches("the value is not JSON: line \\d+, column \\d+");
        assertThat(fault.requestType()).isNull();
        assertThat(fault.requestId()).isNull();
    }

    @Test
    void givenATombstone_whenRead_thenItIsRefused() {
        assertThat(refused((byte[]) null)).hasMessage("the record has no value");
    }

    @Test
    void givenBytesThatAreNotUtf8_whenRead_thenTheyAreRefused() {
        assertThat(refused(new byte[] {'{', (byte) 0xff, '}'})).hasMessage("the value is not UTF-8");
        assertThat(refused("{\"type\":\"message\",\"text\":\"caf\u00e9\"}".getBytes(StandardCharsets.ISO_8859_1)))
                .hasMessage("the value is not UTF-8");
        assertThat(refused(new byte[] {'"', (byte) 0xed, (byte) 0xa0, (byte) 0x80, '"'})).hasMessage("the value is not UTF-8");
        assertThat(refused(new byte[] {(byte) 0xc0, (byte) 0xaf})).hasMessage("the value is not UTF-8");
        assertThat(refused("{\"type\":\"end\"}".getBytes(StandardCharsets.UTF_16)).failure().code()).isEqualTo("invalid-request");
    }

    @Test
    void givenNestingOfTwentyThousand_whenRead_thenItIsRefusedLikeAnythingElse() {
        assertThat(refused("{\"a\":".repeat(20_000)).failure().code()).isEqualTo("invalid-request");
        assertThat(refused("[".repeat(20_000)).getMessage()).startsWith("the value is not JSON");
        assertThat(refused("{\"type\":\"end\",\"id\":" + "[".repeat(20_000) + "]".repeat(20_000) + "}").getMessage())
                .startsWith("the value is not JSON");
    }

    @Test
    void givenANumberOrANameBeyondAnyUse_whenRead_thenItIsRefusedLikeAnythingElse() {
        assertThat(refused("{\"type\":\"history\",\"pageSize\":" + "9".repeat(5_000) + "}").failure().code()).isEqualTo("invalid-request");
        assertThat(refused("{\"type\":\"history\",\"pageSize\":1e999999999}").failure().code()).isEqualTo("invalid-request");
        assertThat(refused("{\"" + "n".repeat(100_000) + "\":1}").failure().code()).isEqualTo("invalid-request");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"type\":1e999}", "{\"type\":\"history\",\"pageSize\":-1e999}", "{\"type\":\"status\",\"more\":[{\"n\":1e400}]}"})
    void givenANumberThatNoDoubleHolds_whenRead_thenItIsRefusedLikeAnythingElse(String json) {
        assertThat(refused(json).getMessage())
                .isEqualTo("the value is not JSON of a sane shape: nesting, a number, a name or the count of values is beyond any limit");
    }

    @Test
    void givenFaultsByTheHundredThousand_whenRead_thenTheyCostLittle() {
        assertThat(refused("{\"type\":\"start\",\"guest\":{\"displayName\":\"A\",\"tags\":[" + "1,".repeat(450_000) + "1]}}").getMessage())
                .isEqualTo("the value is not JSON of a sane shape: nesting, a number, a name or the count of values is beyond any limit");
        assertThat(refused("{\"type\":\"start\",\"guest\":{\"displayName\":\"A\",\"tags\":[" + "1,".repeat(40_000) + "1]}}").getMessage())
                .startsWith("guest.tags[0]: is not a string; guest.tags[1]: is not a string").endsWith("guest.tags[99]: is not a string");
    }

    @Test
    void givenTextAtTheLimit_whenRead_thenBytesOfUtf8Count() throws InvalidRequestException {
        // given
        String three = "\u20ac".repeat(MOST_BYTES / 3) + "x";

        // then
        assertThat(read("{\"type\":\"message\",\"text\":\"" + three + "\"}")).isEqualTo(new Message(null, three));
        InvalidRequestException fault = refused("{\"type\":\"message\",\"id\":\"m-1\",\"text\":\"" + three + "x\"}");
        assertThat(fault.failure())
                .isEqualTo(Failure.of(ErrorCode.MESSAGE_TOO_LONG, "text: 4097 bytes of UTF-8, at most 4096"));
        assertThat(fault.requestType()).isEqualTo("message");
        assertThat(fault.requestId()).isEqualTo("m-1");
    }

    @Test
    void givenNineHundredKilobytesOfText_whenRead_thenItIsTooLong() {
        assertThat(refused("{\"type\":\"message\",\"text\":\"" + "x".repeat(900 * 1024) + "\"}").failure().code())
                .isEqualTo("message-too-long");
    }

    @Test
    void givenTextOfPairs_whenRead_thenItStaysAsItIs() throws InvalidRequestException {
        assertThat(read("{\"type\":\"message\",\"text\":\"\\ud83d\\ude00\u0000\"}".replace("\u0000", "\\u0000")))
                .isEqualTo(new Message(null, "\ud83d\ude00\u0000"));
    }

    @Test
    void givenAFault_whenTypeAndIdCanBeRead_thenTheyAreTold() {
        InvalidRequestException fault = refused("{\"type\":\"history\",\"id\":\"r-9\",\"pageSize\":0}");

        assertThat(fault.requestType()).isEqualTo("history");
        assertThat(fault.requestId()).isEqualTo("r-9");
        assertThat(refused("{\"type\":\"other\",\"id\":\"r-9\"}").requestType()).isNull();
        assertThat(refused("{\"type\":\"other\",\"id\":\"r-9\"}").requestId()).isEqualTo("r-9");
    }

    @Test
    void givenRequests_whenPrinted_thenNeitherTextNorGuestIsToBeSeen() throws InvalidRequestException {
        assertThat(read("{\"type\":\"message\",\"text\":\"secret\"}").toString()).doesNotContain("secret");
        assertThat(read("{\"type\":\"start\",\"guest\":{\"displayName\":\"secret\",\"email\":\"secret\"}}").toString())
                .doesNotContain("secret");
    }

    private GuestRequest read(String json) throws InvalidRequestException {
        return reader.read(json.getBytes(StandardCharsets.UTF_8), CHAT);
    }

    private InvalidRequestException refused(String json) {
        return refused(json.getBytes(StandardCharsets.UTF_8));
    }

    private InvalidRequestException refused(byte[] value) {
        InvalidRequestException fault = catchThrowableOfType(InvalidRequestException.class, () -> reader.read(value, CHAT));
        assertThat(fault).isNotNull();
        return fault;
    }
}

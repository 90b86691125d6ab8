package io.guestchat.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.guestchat.harness.OutsideSystem;
import io.guestchat.harness.Received;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests that are not as the contract says, and those that are just so. */
class InvalidRequestsIT {

    @RegisterExtension
    static final LiveBridge BRIDGE = LiveBridge.with(platform -> platform, Map.of("requests.max-age", "10m"));

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "no-type         | {`id`:`r`}                                            |         | type: is missing",
        "other-type | {`id`:`r`,`type`:`dance`} | | type: is not one of start, message, typing, history, status, end",
        "number-type     | {`id`:`r`,`type`:1}                                   |         | type: is not a string",
        "no-guest        | {`id`:`r`,`type`:`start`}                             | start   | guest: is missing",
        "text-guest      | {`id`:`r`,`type`:`start`,`guest`:`Ann`}               | start   | guest: is not an object",
        "all-at-once | {`id`:`r`,`type`:`start`,`guest`:{},`foo`:1} | start | foo: is unknown; guest.displayName: is missing",
        "guest-unknown   | {`id`:`r`,`type`:`start`,`guest`:{`displayName`:`A`,`age`:3}} | start | guest.age: is unknown",
        "guest-language | {`id`:`r`,`type`:`start`,`guest`:{`displayName`:`A`,`language`:`not one`}} | start | "
            + "guest.language: is not a BCP 47 language tag",
        "guest-tags | {`id`:`r`,`type`:`start`,`guest`:{`displayName`:`A`,`tags`:[`a`,2]}} | start | "
            + "guest.tags[1]: is not a string",
        "guest-metadata | {`id`:`r`,`type`:`start`,`guest`:{`displayName`:`A`,`metadata`:{`k`:1}}} | start | "
            + "guest.metadata.k: is not a string",
        "empty-name      | {`id`:`r`,`type`:`start`,`guest`:{`displayName`:``}}  | start   | guest.displayName: is empty",
        "no-text         | {`id`:`r`,`type`:`message`}                           | message | text: is missing",
        "empty-text      | {`id`:`r`,`type`:`message`,`text`:``}                 | message | text: is empty",
        "number-text     | {`id`:`r`,`type`:`message`,`text`:1}                  | message | text: is not a string",
        "null-text       | {`id`:`r`,`type`:`message`,`text`:null}               | message | text: is missing",
        "typing-text     | {`id`:`r`,`type`:`typing`,`text`:`x`}                 | typing  | text: is unknown",
        "page-size-0     | {`id`:`r`,`type`:`history`,`pageSize`:0}              | history | pageSize: is not between 1 and 100",
        "page-size-101   | {`id`:`r`,`type`:`history`,`pageSize`:101}            | history | pageSize: is not between 1 and 100",
        "page-size-text  | {`id`:`r`,`type`:`history`,`pageSize`:`7`}            | history | pageSize: is not a whole number",
        "status-extra    | {`id`:`r`,`type`:`status`,`verbose`:true}             | status  | verbose: is unknown",
        "end-extra       | {`id`:`r`,`type`:`end`,`reason`:`bye`}                | end     | reason: is unknown",
        "other-chat | {`id`:`r`,`type`:`end`,`chatId`:`another`} | end | chatId: differs from the record's key",
    })
    void givenARequestWithFaults_whenItComes_thenAllOfThemAreNamed(String chat, String value, String type, String message) {
        // when
        BRIDGE.outside().send(chat, value.replace('`', '"').getBytes(StandardCharsets.UTF_8));

        // then
        Received failed = BRIDGE.outside().awaitAnswer(chat, "request-failed", "r");
        assertThat(failed.text("error.code")).isEqualTo("invalid-request");
        assertThat(failed.text("requestType")).isEqualTo(type);
        assertThat(failed.text("error.message").split("; ")).containsExactlyInAnyOrder(message.split("; "));
        Received letter = BRIDGE.outside().awaitDeadLetter(dead -> chat.equals(dead.key()));
        assertThat(letter.header("guestchat.error.code")).isEqualTo("invalid-request");
        assertThat(letter.raw().value()).isEqualTo(value.replace('`', '"').getBytes(StandardCharsets.UTF_8));
    }

    static Stream<Arguments> wildRequests() {
        return Stream.of(
                wild("much-text", message("x".repeat(900 * 1024)), "message-too-long", "text: 921600 bytes of UTF-8, at most 4096"),
                wild("long-in-bytes", message("\u20ac".repeat(1_365) + "xx"), "message-too-long",
                        "text: 4097 bytes of UTF-8, at most 4096"),
                wild("deep", "{\"type\":\"end\",\"id\":" + "[".repeat(20_000) + "]".repeat(20_000) + "}", "invalid-request",
                        "the value is not JSON of a sane shape: nesting, a number, a name or the count of values is beyond any limit"),
                wild("not-a-number", "{\"type\":\"history\",\"pageSize\":NaN}", "invalid-request",
                        "the value is not JSON: line 1, column 33"),
                wild("twice", "{\"type\":\"end\",\"id\":\"a\",\"id\":\"b\"}", "invalid-request", "the value is not JSON: line 1, column 28"),
                wild("trailing", "{\"type\":\"end\"}{\"type\":\"end\"}", "invalid-request", "the value is not JSON: line 1, column 15"),
                wild("half-a-pair", message("a\\ud800b"), "invalid-request", "text: holds half of a surrogate pair"),
                wild("half-a-name", start("\"metadata\":{\"\\udc00\":\"x\"}"), "invalid-request",
                        "guest.metadata.?: has half of a surrogate pair in its name"),
                wild("long-fields", "{\"type\":\"status\",\"id\":\"" + "x".repeat(201) + "\",\"chatId\":\"" + "x".repeat(201) + "\"}",
                        "invalid-request", "id: is longer than 200 characters; chatId: is longer than 200 characters"),
                wild("long-guest", start("\"email\":\"" + "x".repeat(321) + "\",\"tags\":[\"" + "x".repeat(1_001) + "\"],\"metadata\":{\"k\":\""
                        + "x".repeat(10_001) + "\"}"), "invalid-request", "guest.email: is longer than 320 characters; "
                        + "guest.tags[0]: is longer than 1000 characters; guest.metadata.k: is longer than 10000 characters"),
                wild("hash", "{\"type\":\"end\",\"#\":1}", "invalid-request", "#: is unknown"),
                Arguments.of("not-utf-8", new byte[] {'{', '"', (byte) 0xed, (byte) 0xa0, (byte) 0x80, '"', '}'}, "invalid-request",
                        "the value is not UTF-8"));
    }

    private static String message(String text) {
        return "{\"type\":\"message\",\"text\":\"" + text + "\"}";
    }

    private static String start(String further) {
        return "{\"type\":\"start\",\"guest\":{\"displayName\":\"A\"," + further + "}}";
    }

    private static Arguments wild(String chat, String value, String code, String message) {
        return Arguments.of(chat, value.getBytes(StandardCharsets.UTF_8), code, message);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("wildRequests")
    void givenAWildRequest_whenItComes_thenItsFaultIsToldAndItsDeadLetterIsItself(String chat, byte[] value, String code, String message) {
        // when
        BRIDGE.outside().send(chat, value);

        // then
        Received failed = BRIDGE.outside().awaitEvent(chat, "request-failed");
        assertThat(failed.text("error.code")).isEqualTo(code);
        assertThat(failed.text("error.message")).isEqualTo(message);
        Received letter = BRIDGE.outside().awaitDeadLetter(dead -> chat.equals(dead.key()));
        assertThat(letter.raw().value()).isEqualTo(value);
        assertThat(letter.header("guestchat.error.code")).isEqualTo(code);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "hello", "[]", "null", "{\"type\":\"end\"", "{\"type\":\"end\"} trailing", "{\"type\":\"end\"}{}",
        "{\"type\":\"end\",\"type\":\"status\"}", "{'type':'end'}"})
    void givenAValueThatIsNoJsonObject_whenItComes_thenItIsInvalid(String value) {
        // given
        String chat = "not-json-" + Integer.toHexString(value.hashCode());

        // when
        BRIDGE.outside().send(chat, value.getBytes(StandardCharsets.UTF_8));

        // then
        Received failed = BRIDGE.outside().awaitEvent(chat, "request-failed");
        assertThat(failed.text("error.code")).isEqualTo("invalid-request");
        assertThat(failed.json().has("requestType")).isFalse();
        assertThat(failed.json().has("requestId")).isFalse();
        assertThat(BRIDGE.outside().awaitDeadLetter(dead -> chat.equals(dead.key())).raw().value())
                .isEqualTo(value.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void givenATombstone_whenItComes_thenItIsInvalid() {
        // when
        BRIDGE.outside().send("tombstone", (byte[]) null);

        // then
        assertThat(BRIDGE.outside().awaitEvent("tombstone", "request-failed").text("error.code")).isEqualTo("invalid-request");
        assertThat(BRIDGE.outside().awaitDeadLetter(dead -> "tombstone".equals(dead.key())).raw().value()).isNull();
    }

    @Test
    void givenABodyThatNamesItsKey_whenItComes_thenItIsTaken() {
        // when
        BRIDGE.outside().send("named",
                Map.of("type", "start", "id", "r", "chatId", "named", "guest", Map.of("displayName", "A")));

        // then
        BRIDGE.outside().awaitAnswer("named", "session-created", "r");
    }

    @Test
    void givenALiveChat_whenAnInvalidRequestComes_thenTheChatGoesOn() {
        // given
        BRIDGE.converse("goes-on");

        // when
        BRIDGE.outside().send("goes-on", "{".getBytes(StandardCharsets.UTF_8));
        BRIDGE.outside().message("goes-on", "r-2", "Still there");

        // then
        BRIDGE.outside().awaitAnswer("goes-on", "message-acknowledged", "r-2");
        BRIDGE.outside().awaitEvent("goes-on", "request-failed");
    }

    @Test
    void givenAKeyOf200CodePoints_whenAStartComes_thenThereIsAChat() {
        // given
        String chat = "😀".repeat(200);

        // when
        BRIDGE.outside().send(chat, Map.of("type", "start", "id", "r", "chatId", chat, "guest", Map.of("displayName", "A")));

        // then
        BRIDGE.outside().awaitAnswer(chat, "session-created", "r");
    }

    @Test
    void givenAKeyThatIsNoChatId_whenARequestComes_thenTheDeadLetterIsTheOnlyAnswer() {
        // given
        List<byte[]> keys = new ArrayList<>();
        keys.add(null);
        keys.add(new byte[] {(byte) 0xff, 'a'});
        Stream.of("", "x".repeat(201), "a\u0007b", "two words", "no\u00a0break")
                .forEach(key -> keys.add(key.getBytes(StandardCharsets.UTF_8)));
        byte[] value = "{\"type\":\"start\",\"id\":\"keyless\",\"guest\":{\"displayName\":\"A\"}}"
                .getBytes(StandardCharsets.UTF_8);

        for (byte[] key : keys) {
            // when
            long offset = send(key, value);

            // then
            Received letter = BRIDGE.outside().awaitDeadLetter(
                    dead -> Long.toString(offset).equals(dead.header("__connect.errors.offset"))
                            && "0".equals(dead.header("__connect.errors.partition")) && Arrays.equals(key, dead.raw().key()));
            assertThat(letter.raw().value()).isEqualTo(value);
            assertThat(letter.header("guestchat.error.code")).isEqualTo("invalid-request");
            assertThat(letter.header("__connect.errors.exception.message")).isEqualTo(key == null ? "key: is missing"
                    : "key: is not a chat id of 1 to 200 code points without controls and whitespace");
        }
        assertThat(BRIDGE.rig().get("/observe/metrics").body())
                .containsPattern("guestchat_requests_total\\{outcome=\"invalid-request\",type=\"start\"[^}]*} \\d");
        assertThat(BRIDGE.outside().all()).noneMatch(record -> "keyless".equals(record.header("ce_causationid")));
    }

    @Test
    void givenNeitherAKeyNorAType_whenTheRequestComes_thenBothAreNamedAndItIsCounted() {
        // when
        long offset = send(null, "{\"id\":7}".getBytes(StandardCharsets.UTF_8));

        // then
        Received letter = BRIDGE.outside().awaitDeadLetter(dead -> dead.key() == null
                && Long.toString(offset).equals(dead.header("__connect.errors.offset")));
        assertThat(letter.header("__connect.errors.exception.message").split("; "))
                .containsExactlyInAnyOrder("key: is missing", "type: is missing", "id: is not a string");
        await("counted").atMost(OutsideSystem.PATIENCE).until(() -> BRIDGE.rig().get("/observe/metrics").body().lines()
                .anyMatch(line -> line.matches("guestchat_requests_total\\{outcome=\"invalid-request\",type=\"unreadable\"[^}]*} .*")));
    }

    private static long send(byte[] key, byte[] value) {
        try {
            return BRIDGE.outside().send(new ProducerRecord<>(BRIDGE.topics().requests(), 0, key, value)).get().offset();
        } catch (InterruptedException | ExecutionException failed) {
            throw new IllegalStateException(failed);
        }
    }

    @Test
    void givenARecordOlderThanTheLimit_whenItComes_thenItIsTooOld() {
        // when
        sendAged("old", Duration.ofMinutes(11));

        // then
        assertThat(BRIDGE.refusal("old", "r")).isEqualTo("request-too-old");
    }

    @ParameterizedTest
    @ValueSource(strings = {"message\",\"text\":\"late", "typing", "history", "status", "end"})
    void givenAnyOtherRequestOlderThanTheLimit_whenItComes_thenItIsTooOldAndADeadLetter(String typeAndMore) {
        // given
        String chat = "old-" + typeAndMore.split("\"")[0];

        // when
        sendAged(chat, Duration.ofMinutes(11), "{\"id\":\"r\",\"type\":\"" + typeAndMore + "\"}");

        // then
        assertThat(BRIDGE.refusal(chat, "r")).isEqualTo("request-too-old");
        assertThat(BRIDGE.outside().awaitDeadLetter(dead -> chat.equals(dead.key())).header("guestchat.error.code"))
                .isEqualTo("request-too-old");
    }

    @Test
    void givenARecordWithTheLargestTimestamp_whenItComes_thenItIsNotTooOld() {
        // when
        BRIDGE.outside().send(new ProducerRecord<>(BRIDGE.topics().requests(), null, Long.MAX_VALUE, "ahead".getBytes(StandardCharsets.UTF_8),
                "{\"type\":\"status\",\"id\":\"r\"}".getBytes(StandardCharsets.UTF_8)));

        // then
        assertThat(BRIDGE.refusal("ahead", "r")).isEqualTo("unknown-chat");
    }

    @Test
    void givenARecordYoungerThanTheLimit_whenItComes_thenItIsCarriedOut() {
        // when
        sendAged("young", Duration.ofMinutes(5));

        // then
        BRIDGE.outside().awaitAnswer("young", "session-created", "r");
    }

    private static void sendAged(String chat, Duration age) {
        sendAged(chat, age, "{\"type\":\"start\",\"id\":\"r\",\"guest\":{\"displayName\":\"A\"}}");
    }

    private static void sendAged(String chat, Duration age, String request) {
        byte[] value = request.getBytes(StandardCharsets.UTF_8);
        BRIDGE.outside().send(new ProducerRecord<>(BRIDGE.topics().requests(), null, System.currentTimeMillis() - age.toMillis(),
                chat.getBytes(StandardCharsets.UTF_8), value));
    }
}

package io.guestchat.fuzz;

import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Tuple;

/**
 * JSON documents of any shape, as texts: names that come twice, numbers of every form, escapes, halves of surrogate pairs, deep
 * and wide. Each string in the place of a value holds {@link #HUSH}, each number {@link #HUSH_NUMBER}, so that what repeats a
 * value gives itself away.
 */
public final class JsonTexts {

    /** Part of every string value and of no name. */
    public static final String HUSH = "hush";
    /** Part of most numbers. */
    public static final String HUSH_NUMBER = "70707";

    private static final List<String> NAMES = List.of("type", "id", "chatId", "text", "guest", "displayName", "language", "email", "tags",
            "metadata", "pageSize", "conversationId", "messageDirection", "from", "to", "name", "externalId", "webchatSessionId", "status",
            "entities", "pageNumber", "nextPage", "date", "direction", "message", "code", "error", "access_token", "token_type",
            "expires_in", "scope", "version", "generation", "state", "held", "end", "start", "");
    private static final List<String> NUMBERS = List.of(HUSH_NUMBER, "-" + HUSH_NUMBER, "0", "-0", HUSH_NUMBER + ".5",
            HUSH_NUMBER + "e9", HUSH_NUMBER + "E-9", "1e" + HUSH_NUMBER + "0000", HUSH_NUMBER.repeat(5), "-" + HUSH_NUMBER.repeat(60),
            HUSH_NUMBER.repeat(300), "0." + HUSH_NUMBER.repeat(300), "1e-2147483649", "01", ".5", "+1", "NaN", "-Infinity", "0x10");
    private static final List<String> WORDS = List.of("start", "message", "typing", "history", "status", "end", "text", "ack", "inbound",
            "outbound", "connected", "lost", "ended");

    private JsonTexts() {
    }

    /** Any one value, most often an object; not every one is well-formed. */
    public static Arbitrary<String> documents() {
        return Arbitraries.frequencyOf(Tuple.of(6, objects(2)), Tuple.of(1, values(2)),
                Tuple.of(1, deep()), Tuple.of(1, Combinators.combine(objects(1), values(1)).as(String::concat)));
    }

    private static Arbitrary<String> values(int depth) {
        Arbitrary<String> scalar = Arbitraries.oneOf(Arbitraries.of("null", "true", "false"), Arbitraries.of(NUMBERS),
                Arbitraries.of(WORDS).map(word -> '"' + word + '"'), strings());
        return depth == 0 ? scalar : Arbitraries.oneOf(scalar, objects(depth - 1), arrays(depth - 1));
    }

    /** Escaped one way or another; some of the escapes are none. */
    private static Arbitrary<String> strings() {
        Arbitrary<String> escaped = Arbitraries.of("\\ud800", "\\udc00", "\\ud83d\\ude00", "\\u0000", "\\n", "\\\"", "\\x", "\\u12", "\u0001");
        return Combinators.combine(Texts.unicode().map(JsonTexts::quoted), escaped.optional(0.3))
                .as((text, escape) -> '"' + HUSH + text + escape.orElse("") + '"');
    }

    private static Arbitrary<String> objects(int depth) {
        Arbitrary<String> names = Arbitraries.frequencyOf(Tuple.of(8, Arbitraries.of(NAMES)),
                Tuple.of(1, Texts.unicode().map(JsonTexts::quoted)));
        Arbitrary<String> field = Combinators.combine(names, values(depth)).as((name, value) -> '"' + name + "\":" + value);
        return field.list().ofMaxSize(6).map(fields -> '{' + String.join(",", fields) + '}');
    }

    private static Arbitrary<String> arrays(int depth) {
        return values(depth).list().ofMaxSize(5).map(items -> '[' + String.join(",", items) + ']');
    }

    /** Deeper than any reader likes, closed or not. */
    private static Arbitrary<String> deep() {
        return Combinators.combine(Arbitraries.of("[", "{\"type\":", "{\"guest\":", "[{\"a\":"), Arbitraries.of(10, 21, 999, 1_001, 20_000),
                Arbitraries.of("", "1", "1" + "]".repeat(21), "\"x\"" + "}".repeat(21)))
                .as((open, times, close) -> open.repeat(times) + close);
    }

    private static String quoted(String text) {
        StringBuilder quoted = new StringBuilder();
        text.chars().forEach(unit -> {
            if (unit == '"' || unit == '\\') {
                quoted.append('\\').append((char) unit);
            } else if (unit < ' ') {
                quoted.append(String.format("\\u%04x", unit));
            } else {
                quoted.append((char) unit);
            }
        });
        return quoted.toString();
    }
}

package io.guestchat.fuzz;

import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Tuple;

/** Texts as people, programs and attackers write them. */
public final class Texts {

    private static final List<String> ODD = List.of("\u0000", "\u0007", "\t", "\r\n", "\u0085", "\u00a0", "\u200d", "\u202e", "\u2028",
            "\ufeff", "\ufffd", "\uffff", "ß", "İ", "😀", "👩‍👩‍👧", "\"", "\\", "/", "${body}", "{{x}}", "%2e%2e", "..", ".", "\\u0041",
            "</script>", "'", "#", "?", "@");

    private Texts() {
    }

    /** Any Unicode text: no half of a surrogate pair in it. */
    public static Arbitrary<String> unicode() {
        Arbitrary<String> plain = Arbitraries.strings().withCharRange(' ', '~').ofMinLength(1).ofMaxLength(8);
        Arbitrary<String> anywhere = Arbitraries.integers().between(0, Character.MAX_CODE_POINT)
                .filter(point -> Character.getType(point) != Character.SURROGATE).map(Character::toString);
        return Arbitraries.frequencyOf(Tuple.of(5, plain), Tuple.of(3, Arbitraries.of(ODD)),
                Tuple.of(2, anywhere)).list().ofMaxSize(12).map(parts -> String.join("", parts));
    }

    /** Any sequence of UTF-16, halves of pairs among it. */
    public static Arbitrary<String> utf16() {
        Arbitrary<String> half = Arbitraries.integers().between(0xD800, 0xDFFF).map(unit -> Character.toString((char) (int) unit));
        return Arbitraries.oneOf(unicode(), half).list().ofMaxSize(4).map(parts -> String.join("", parts));
    }

    /** Any bytes at all, many of them near to JSON. */
    public static Arbitrary<byte[]> bytes() {
        Arbitrary<Byte> near = Arbitraries.of("{}[]\":,\\ue+-.0123456789 tfnrals".chars().mapToObj(c -> (byte) c).toList());
        return Arbitraries.oneOf(Arbitraries.bytes(), near).array(byte[].class).ofMaxSize(60);
    }
}

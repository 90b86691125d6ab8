package io.guestchat.cli;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** What stands in a record as an operator's terminal may have it: anybody may have written it, and a terminal obeys controls. */
final class Shown {

    /** What stands for an absent word. */
    static final String NONE = "-";

    private Shown() {
    }

    /** On one line, without controls and without what turns the direction of writing. */
    static String line(String text) {
        return text.replaceAll("[\\p{Cc}\\p{Zl}\\p{Zp}\\u202A-\\u202E\\u2066-\\u2069]", "?");
    }

    /** The same of a word of a contract or an id, or a dash. */
    static String word(String word) {
        return word == null || word.isEmpty() ? NONE : line(word);
    }

    /** The text that bytes are in UTF-8, where they are. */
    static Optional<String> text(byte[] bytes) {
        try {
            return Optional.of(StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString());
        } catch (CharacterCodingException notUtf8) {
            return Optional.empty();
        }
    }
}

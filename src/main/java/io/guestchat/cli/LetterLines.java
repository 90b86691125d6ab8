package io.guestchat.cli;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.guestchat.contract.Timestamps;
import java.util.Base64;

/** A dead letter as a line: for a person, or an object for a script. The value holds what a guest said, so only where wanted. */
final class LetterLines {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private LetterLines() {
    }

    /** @param withValue the value follows on a line of its own */
    static String text(DeadLetter letter, boolean withValue) {
        return letter.place() + " " + Timestamps.iso(letter.at()) + " chat=" + chat(letter) + " code=" + Shown.word(letter.code())
                + " type=" + Shown.word(letter.requestType())
                + " origin=" + Shown.word(letter.origin() == null ? null : letter.origin().toString())
                + " message=" + Shown.word(letter.message()) + (withValue ? System.lineSeparator() + "  " + value(letter) : "");
    }

    static String json(DeadLetter letter, boolean withValue) {
        ObjectNode line = JSON.createObjectNode();
        line.put("partition", letter.partition()).put("offset", letter.offset()).put("at", Timestamps.iso(letter.at()));
        if (letter.chatId() != null) {
            line.put("chatId", letter.chatId());
        } else if (letter.key() != null) {
            line.put("keyBase64", letter.key());
        }
        put(line, "code", letter.code());
        put(line, "requestType", letter.requestType());
        put(line, "message", letter.message());
        if (letter.origin() != null) {
            line.putObject("origin").put("topic", letter.origin().topic()).put("partition", letter.origin().partition())
                    .put("offset", letter.origin().offset());
        }
        line.put("bytes", letter.value() == null ? 0 : letter.value().length);
        if (withValue && letter.value() != null) {
            Shown.text(letter.value())
                    .ifPresentOrElse(text -> line.put("value", text), () -> line.put("valueBase64", letter.value()));
        }
        return line.toString();
    }

    private static void put(ObjectNode line, String field, String word) {
        if (word != null) {
            line.put(field, word);
        }
    }

    /** A key that is no chat id stands in quotes: it may hold spaces. */
    private static String chat(DeadLetter letter) {
        if (letter.chatId() != null) {
            return Shown.word(letter.chatId());
        }
        return letter.key() == null ? Shown.NONE : '"' + lineOf(letter.key()) + '"';
    }

    private static String value(DeadLetter letter) {
        return letter.hasValue() ? lineOf(letter.value()) : Shown.NONE;
    }

    private static String lineOf(byte[] bytes) {
        return Shown.text(bytes).map(Shown::line).orElseGet(() -> "base64:" + Base64.getEncoder().encodeToString(bytes));
    }
}

package io.guestchat.cli;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.PrintStream;
import java.util.Map;
import java.util.TreeMap;

/** How many there are by one word, and in total. */
final class Counts {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final Map<String, Long> byWord = new TreeMap<>();

    void add(String word) {
        byWord.merge(Shown.word(word), 1L, Long::sum);
    }

    /** @param field under which the words stand in JSON */
    void print(PrintStream out, boolean json, String field) {
        long total = byWord.values().stream().mapToLong(Long::longValue).sum();
        if (json) {
            ObjectNode line = JSON.createObjectNode();
            line.put("total", total).set(field, JSON.valueToTree(byWord));
            out.println(line);
        } else {
            byWord.forEach((word, count) -> out.println(word + " " + count));
            out.println("total " + total);
        }
    }
}

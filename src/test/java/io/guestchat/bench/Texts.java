package io.guestchat.bench;

import java.nio.charset.StandardCharsets;

/** The texts that guests say: each carries its number in its chat and when it was to be sent; nothing has to be looked up. */
final class Texts {

    static final int BYTES = 300;

    private static final String PADDING = "All of this is said to fill the text up to the size of what a guest may say. ".repeat(4);
    private static final byte QUOTE = '"';
    private static final byte MARK = '@';

    /** @param intended on the clock of {@link System#nanoTime()} */
    record Said(int number, long intended) {
    }

    private Texts() {
    }

    /** As many bytes as {@link #BYTES} says; nothing in it needs escaping in JSON. */
    static String text(int number, long intended) {
        String head = "@" + number + "@" + intended + "@ ";
        return head + PADDING.substring(0, BYTES - head.length());
    }

    /** Finds the text in a record, whatever its JSON looks like. */
    static Said read(byte[] value) {
        for (int at = 0; at < value.length - 1; at++) {
            if (value[at] == QUOTE && value[at + 1] == MARK) {
                int number = at + 2;
                int intended = end(value, number) + 1;
                return new Said((int) digits(value, number), digits(value, intended));
            }
        }
        throw new IllegalArgumentException("not a text of the benchmark: " + new String(value, StandardCharsets.UTF_8));
    }

    private static int end(byte[] value, int from) {
        int at = from;
        while (value[at] != MARK) {
            at++;
        }
        return at;
    }

    private static long digits(byte[] value, int from) {
        return Long.parseLong(new String(value, from, end(value, from) - from, StandardCharsets.US_ASCII));
    }
}

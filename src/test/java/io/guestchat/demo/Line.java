package io.guestchat.demo;

import java.time.Instant;

/**
 * One line of the transcript.
 *
 * @param at null, with topic and key, where the line belongs to the one above
 */
record Line(Instant at, String topic, String key, String who, String what, Tone tone) {

    /** What a line is about; a terminal shows it by a colour (ECMA-48, SGR). */
    enum Tone {
        GUEST("36"), AGENT("32"), EVENT("2"), FAILURE("31");

        private final String code;

        Tone(String code) {
            this.code = code;
        }

        String colour() {
            return "\u001B[" + code + "m";
        }
    }

    static Line below(String who, String what, Tone tone) {
        return new Line(null, "", "", who, what, tone);
    }
}

package io.guestchat.demo;

import io.guestchat.config.TopicSettings;
import java.io.PrintStream;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.stream.Stream;

/**
 * Prints lines in aligned columns. Lines that come while a person types push the prompt down: what has been typed so far is no
 * longer seen then, but the terminal still has it. Safe for all threads.
 */
final class Transcript {

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm:ss.SSS");
    private static final String PLAIN = "\u001B[0m";
    private static final String BOLD = "\u001B[1m";
    /** Carriage return, erase to the end of the line. */
    private static final String CLEAR_LINE = "\r\u001B[K";

    private final PrintStream out;
    private final boolean terminal;
    private final boolean colours;
    private final ZoneId zone;
    private int topicWidth = 1;
    private int keyWidth = 8;
    private int whoWidth = 6;
    private String prompt;

    Transcript(PrintStream out, boolean terminal, boolean colours, ZoneId zone) {
        this.out = out;
        this.terminal = terminal;
        this.colours = colours;
        this.zone = zone;
    }

    /** Makes room for the longest topic. */
    synchronized void align(TopicSettings topics) {
        topicWidth = Stream.of(topics.requests(), topics.messages(), topics.events(), topics.history(), topics.deadLetters())
                .mapToInt(String::length).max().orElse(1);
    }

    synchronized void print(Line line) {
        // A wider name widens the column from here on; what is printed stays.
        keyWidth = Math.max(keyWidth, line.key().length());
        whoWidth = Math.max(whoWidth, line.who().length());
        String time = line.at() == null ? " ".repeat(12) : TIME.format(line.at().atZone(zone));
        String where = time + "  " + padded(line.topic(), topicWidth) + "  " + padded(line.key(), keyWidth) + "  ";
        String what = visible(padded(line.who(), whoWidth) + "  " + line.what());
        write(visible(where) + (colours ? line.tone().colour() + what + PLAIN : what));
    }

    synchronized void heading(String text) {
        write("");
        write(colours ? BOLD + text + PLAIN : text);
    }

    synchronized void note(String text) {
        write(text);
    }

    /** From now on this stands below whatever is printed. */
    synchronized void prompt(String text) {
        prompt = text;
        out.print(text);
        out.flush();
    }

    /** The line at the prompt is finished; none is shown until the next. Returns whether there was one. */
    synchronized boolean promptAnswered() {
        boolean shown = prompt != null;
        prompt = null;
        return shown;
    }

    private void write(String line) {
        if (prompt != null && terminal) {
            out.print(CLEAR_LINE);
        }
        out.println(line);
        if (prompt != null) {
            out.print(prompt);
        }
        out.flush();
    }

    /** What others said must not steer the terminal. */
    private static String visible(String text) {
        return text.replaceAll("\\p{Cntrl}", " ");
    }

    private static String padded(String text, int width) {
        return text + " ".repeat(Math.max(0, width - text.length()));
    }
}

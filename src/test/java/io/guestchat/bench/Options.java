package io.guestchat.bench;

import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * What the command line wants: {@code -Dbench.full}, {@code -Dbench.trial}, {@code -Dbench.only=latency,starts},
 * {@code -Dbench.profile}.
 *
 * @param home the checkout
 * @param only names of figures; empty for all
 * @param profile whether the bridge records what it does with its time (JFR)
 */
record Options(Path home, Form form, Set<String> only, boolean profile) {

    /**
     * @param properties a property's value by its name; null where there is none
     * @throws IllegalArgumentException where {@code bench.only} names what is no figure
     */
    static Options read(Path home, UnaryOperator<String> properties) {
        Form form = on(properties, "bench.full") ? Form.full() : on(properties, "bench.trial") ? Form.trial() : Form.brief();
        String named = properties.apply("bench.only");
        Set<String> only = new LinkedHashSet<>();
        if (named != null && !named.isBlank()) {
            only.addAll(List.of(named.strip().split("[, ]+")));
        }
        only.forEach(Figure::named);
        return new Options(home, form, only, on(properties, "bench.profile"));
    }

    private static boolean on(UnaryOperator<String> properties, String name) {
        String value = properties.apply(name);
        return value != null && !value.equals("false") && !value.equals("no");
    }

    boolean wants(Figure figure) {
        return only.isEmpty() || only.contains(figure.id());
    }

    /** Whether the report is one to be kept: all of it, or a part, of numbers that mean something. */
    boolean worthKeeping() {
        return !form.name().equals("trial") && !profile;
    }
}

package io.guestchat.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** One value a run. */
final class Samples {

    private final List<Double> values = new ArrayList<>();

    void add(double value) {
        values.add(value);
    }

    /** NaN where there is none. */
    double median() {
        List<Double> sorted = values.stream().sorted().toList();
        int size = sorted.size();
        if (size == 0) {
            return Double.NaN;
        }
        return size % 2 == 1 ? sorted.get(size / 2) : (sorted.get(size / 2 - 1) + sorted.get(size / 2)) / 2;
    }

    /**
     * Of the medians; NaN where one of the two has none, or is not above zero: what a chat adds to a process's memory can vanish in
     * what the process does anyway, and a ratio to that says nothing.
     */
    double ratioTo(Samples reference) {
        double own = median();
        double other = reference.median();
        return own > 0 && other > 0 ? own / other : Double.NaN;
    }

    boolean isEmpty() {
        return values.isEmpty();
    }

    /** All values, in the order of the runs. */
    @Override
    public String toString() {
        return values.stream().map(Samples::text).collect(Collectors.joining(", "));
    }

    /** With three digits that mean something, and none behind the point from a hundred on. */
    static String text(double value) {
        if (Double.isNaN(value)) {
            return "";
        }
        double size = Math.abs(value);
        String form = size >= 100 || value == Math.rint(value) ? "%,.0f" : size >= 10 ? "%.1f" : size >= 1 ? "%.2f" : "%.3f";
        return String.format(Locale.ROOT, form, value);
    }
}

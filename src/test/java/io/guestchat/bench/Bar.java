package io.guestchat.bench;

import java.util.Locale;

/**
 * What a figure is held against: the ratio of the bridge's value to the reference's, or the value itself.
 *
 * @param kind how it is compared
 * @param bar has to be reached; NaN for none
 * @param further the next mark; NaN for none
 */
record Bar(Kind kind, double bar, double further) {

    static final Bar NONE = new Bar(Kind.VALUE_AT_MOST, Double.NaN, Double.NaN);

    enum Kind {
        RATIO_AT_LEAST, RATIO_AT_MOST, VALUE_AT_MOST
    }

    static Bar ratioAtLeast(double bar, double further) {
        return new Bar(Kind.RATIO_AT_LEAST, bar, further);
    }

    static Bar ratioAtMost(double bar, double further) {
        return new Bar(Kind.RATIO_AT_MOST, bar, further);
    }

    static Bar valueAtMost(double bar, double further) {
        return new Bar(Kind.VALUE_AT_MOST, bar, further);
    }

    /** @return {@code further}, {@code met} or {@code missed}; empty where there is no bar or nothing to hold against it */
    String verdict(double value, double ratio) {
        double measured = kind == Kind.VALUE_AT_MOST ? value : ratio;
        if (Double.isNaN(bar) || Double.isNaN(measured)) {
            return "";
        }
        if (!Double.isNaN(further) && reaches(measured, further)) {
            return "further";
        }
        return reaches(measured, bar) ? "met" : "missed";
    }

    private boolean reaches(double measured, double mark) {
        return kind == Kind.RATIO_AT_LEAST ? measured >= mark : measured <= mark;
    }

    @Override
    public String toString() {
        if (Double.isNaN(bar)) {
            return "";
        }
        String marks = number(bar) + (Double.isNaN(further) ? "" : ", further " + number(further));
        return switch (kind) {
            case RATIO_AT_LEAST -> "ratio at least " + marks;
            case RATIO_AT_MOST -> "ratio at most " + marks;
            case VALUE_AT_MOST -> "at most " + marks;
        };
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, "%.1f", value);
    }
}

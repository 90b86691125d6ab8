package io.guestchat.config;

import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Durations as the contract writes them: a whole number and one unit, {@code 500ms}, {@code 5s}, {@code 2m}, {@code 24h}. */
public final class DurationText {

    /** Nine digits of the largest unit still fit a {@link Duration}. */
    private static final Pattern FORM = Pattern.compile("(\\d{1,9})\\s?(ms|s|m|h)");

    private DurationText() {
    }

    /** Empty where the text is no duration of that form. */
    public static Optional<Duration> parse(String text) {
        Matcher matcher = FORM.matcher(text);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        long amount = Long.parseLong(matcher.group(1));
        return Optional.of(switch (matcher.group(2)) {
            case "ms" -> Duration.ofMillis(amount);
            case "s" -> Duration.ofSeconds(amount);
            case "m" -> Duration.ofMinutes(amount);
            default -> Duration.ofHours(amount);
        });
    }

    /**
     * In the unit that a person would choose: {@code 60s}, not {@code 1m}, and {@code 24h}, not {@code 1440m}.
     *
     * @param duration not finer than milliseconds
     */
    public static String format(Duration duration) {
        if (duration.toMillis() % 1000 != 0) {
            return duration.toMillis() + "ms";
        }
        if (duration.toSeconds() <= 60 || duration.toSeconds() % 60 != 0) {
            return duration.toSeconds() + "s";
        }
        return duration.toMinutes() % 60 == 0 ? duration.toHours() + "h" : duration.toMinutes() + "m";
    }
}

package io.guestchat.config;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The texts that were given for the keys, merged by precedence, and the faults found so far. A reading method that finds a fault
 * notes it and goes on with the default, so that one reading finds them all; what was read is of use only where
 * {@link #faults()} is empty at the end. Not for use by several threads.
 */
final class Values {

    private static final int LONGEST_SHOWN = 60;

    private final Map<Key, String> given = new EnumMap<>(Key.class);
    private final List<Fault> faults = new ArrayList<>();

    /**
     * A JVM option beats an environment variable, that beats the file. A blank value counts as not given: Compose passes an empty
     * variable where the operator has set none.
     */
    Values(Map<String, String> file, Map<String, String> environment, Properties system) {
        for (Key key : Key.values()) {
            Stream.of(
                    key.spellings().stream().map(system::getProperty),
                    key.variables().stream().map(environment::get),
                    key.spellings().stream().map(file::get))
                    .flatMap(Function.identity())
                    .filter(text -> text != null && !text.isBlank())
                    .findFirst()
                    .ifPresent(text -> given.put(key, text.trim()));
        }
    }

    /**
     * Notes the names among these that have one of our prefixes and that nothing reads. Not for environment variables: Kubernetes
     * sets {@code KAFKA_PORT} and the like by itself where a service is called so.
     */
    void refuseUnknown(Iterable<String> names) {
        for (String name : names) {
            if (Key.claims(name) && !Key.isKnown(name)) {
                fault(line(name), "no such key" + NearestKey.to(name).map(near -> "; did you mean " + near + "?").orElse(""));
            }
        }
    }

    void fault(Key key, String problem) {
        fault(key.key(), problem);
    }

    void fault(String key, String problem) {
        faults.add(new Fault(key, problem));
    }

    /** In the order of the keys; those of unknown keys come last. */
    List<Fault> faults() {
        return faults.stream().sorted(Comparator.comparingInt(fault -> Key.place(fault.key()))).toList();
    }

    /** What was given, without the default. */
    Optional<String> given(Key key) {
        return Optional.ofNullable(given.get(key));
    }

    /** What was given, or else the default. */
    String text(Key key) {
        return given(key).or(key::byDefault).orElse(null);
    }

    /** What was given; that nothing was is a fault. */
    String needed(Key key) {
        if (!given.containsKey(key)) {
            fault(key, "missing; it has no default");
        }
        return given.get(key);
    }

    int integer(Key key, int least, int most) {
        return read(key, Values::parseInteger, "a whole number", number -> least <= number && number <= most,
                least + " to " + most);
    }

    Duration duration(Key key, Duration least, Duration most) {
        return read(key, DurationText::parse, "a duration like 500ms, 5s, 2m or 24h",
                duration -> duration.compareTo(least) >= 0 && duration.compareTo(most) <= 0,
                DurationText.format(least) + " to " + DurationText.format(most));
    }

    boolean flag(Key key) {
        return read(key, Values::parseBoolean, "true or false", flag -> true, "");
    }

    <E extends Enum<E>> E oneOf(Key key, Class<E> type) {
        return oneOf(key, List.of(type.getEnumConstants()), Enum::name);
    }

    /** @param name how a choice is written; in any case */
    <T> T oneOf(Key key, List<T> choices, Function<T, String> name) {
        return read(key,
                text -> choices.stream().filter(choice -> name.apply(choice).equalsIgnoreCase(text)).findFirst(),
                "one of " + choices.stream().map(name).collect(Collectors.joining(", ")), choice -> true, "");
    }

    /** The value in quotes as an operator may see it: short and on one line. Never for what may hold a secret. */
    static String shown(String text) {
        return '"' + line(text) + '"';
    }

    /** What would end the line, or turn the direction of what follows, is a question mark. */
    private static String line(String text) {
        String line = text.replaceAll("[\\p{C}\\p{Zl}\\p{Zp}]", "?");
        int length = line.codePointCount(0, line.length());
        return length <= LONGEST_SHOWN ? line : line.substring(0, line.offsetByCodePoints(0, LONGEST_SHOWN)) + "...";
    }

    private <T> T read(Key key, Function<String, Optional<T>> parse, String form, Function<T, Boolean> inRange, String range) {
        String text = text(key);
        Optional<T> value = parse.apply(text);
        if (value.isEmpty()) {
            fault(key, "not " + form + ": " + shown(text));
        } else if (!inRange.apply(value.get())) {
            fault(key, "out of range (" + range + "): " + shown(text));
        }
        return value.or(() -> key.byDefault().flatMap(parse)).orElseThrow();
    }

    private static Optional<Integer> parseInteger(String text) {
        // A longer number is beyond every range, so it may as well be the largest there is.
        return text.matches("-?\\d{10,}")
                ? Optional.of(Integer.MAX_VALUE)
                : Optional.of(text).filter(t -> t.matches("-?\\d{1,9}")).map(Integer::valueOf);
    }

    private static Optional<Boolean> parseBoolean(String text) {
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "true" -> Optional.of(Boolean.TRUE);
            case "false" -> Optional.of(Boolean.FALSE);
            default -> Optional.empty();
        };
    }
}

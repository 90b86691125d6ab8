package io.guestchat.faults;

import io.guestchat.harness.Tally;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * All texts of all chats in one direction.
 *
 * @param said by chat, in the order in which they were said
 * @param arrived by chat, in the order in which they arrived; what came twice is there twice
 */
record Direction(Map<String, List<Said>> said, Map<String, List<Said>> arrived) {

    int sent() {
        return said.values().stream().mapToInt(List::size).sum();
    }

    int received() {
        return arrived.values().stream().mapToInt(List::size).sum();
    }

    /** By chat; only those in which something is wrong. */
    SortedMap<String, Tally> faulty() {
        SortedMap<String, Tally> faulty = new TreeMap<>();
        said.keySet().forEach(chat -> {
            Tally tally = tally(chat);
            if (!tally.equals(Tally.CLEAN)) {
                faulty.put(chat, tally);
            }
        });
        return faulty;
    }

    Tally tally() {
        return faulty().values().stream().reduce(Tally.CLEAN, Tally::plus);
    }

    private Tally tally(String chat) {
        return Tally.of(texts(said.get(chat)), texts(arrived(chat)));
    }

    /** Texts of the chat that have not arrived; those of all chats at once would fill a screen. */
    List<String> missing(String chat) {
        List<String> missing = new ArrayList<>(texts(said.get(chat)));
        missing.removeAll(texts(arrived(chat)));
        return missing;
    }

    private List<Said> arrived(String chat) {
        return arrived.getOrDefault(chat, List.of());
    }

    private static List<String> texts(List<Said> texts) {
        return texts.stream().map(Said::text).toList();
    }

    /** The longest that a text was under way; what has not arrived does not count. */
    Duration slowest() {
        Duration slowest = Duration.ZERO;
        for (Map.Entry<String, List<Said>> chat : said.entrySet()) {
            Map<String, Instant> first = new HashMap<>();
            arrived(chat.getKey()).forEach(text -> first.putIfAbsent(text.text(), text.at()));
            for (Said text : chat.getValue()) {
                Duration own = Duration.between(text.at(), first.getOrDefault(text.text(), text.at()));
                slowest = own.compareTo(slowest) > 0 ? own : slowest;
            }
        }
        return slowest;
    }

    /** From the fault until the slowest chat's first text that was said after it had arrived; none while one has not. */
    Optional<Duration> flowsAgain(Fault fault) {
        Duration slowest = Duration.ZERO;
        for (String chat : said.keySet()) {
            Optional<Instant> first = firstArrivalAfter(fault, chat);
            if (first.isEmpty()) {
                return Optional.empty();
            }
            Duration own = fault.until(first.get());
            slowest = own.compareTo(slowest) > 0 ? own : slowest;
        }
        return Optional.of(slowest);
    }

    private Optional<Instant> firstArrivalAfter(Fault fault, String chat) {
        Set<String> after = new HashSet<>();
        said.get(chat).stream().filter(text -> text.at().isAfter(fault.done())).map(Said::text).forEach(after::add);
        // Of a text that was said before, too, nobody knows which one arrived.
        said.get(chat).stream().filter(text -> !text.at().isAfter(fault.done())).map(Said::text).forEach(after::remove);
        // Nothing arrives before it was said: what came earlier need not be looked at.
        return arrived(chat).stream().filter(text -> text.at().isAfter(fault.done()) && after.contains(text.text()))
                .map(Said::at).findFirst();
    }
}

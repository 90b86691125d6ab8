package io.guestchat.faults;

import io.guestchat.harness.Tally;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The table that {@code docs/delivery.md} quotes: a row for each fault and direction. */
final class FaultReport {

    private static final String HEAD = """
            | fault | chats | direction | sent | arrived | lost | doubled | out of order | all flow again after | slowest text | |
            | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |
            """;

    private final Path table;

    private FaultReport(Path table) {
        this.table = table;
    }

    /** The one in this directory; it grows from run to run. */
    static FaultReport in(Path directory) {
        return new FaultReport(directory.resolve("report.md"));
    }

    void add(Scenario scenario, Conversations conversations, List<Fault> faults, List<String> notes) {
        String again = conversations.published().again() + " agent texts published again under their id";
        String row = row(scenario, "guest to agent", conversations.toAgent(), faults, String.join("; ", notes))
                + row(scenario, "agent to guest", conversations.toGuest(), faults, again);
        System.out.print(row);
        try {
            if (Files.notExists(table)) {
                Files.writeString(table, HEAD);
            }
            Files.writeString(table, row, StandardOpenOption.APPEND);
        } catch (IOException notWritten) {
            throw new UncheckedIOException(notWritten);
        }
    }

    private static String row(Scenario scenario, String name, Direction direction, List<Fault> faults, String note) {
        Tally tally = direction.tally();
        return "| " + String.join(" | ", scenario.name(), Integer.toString(scenario.chats()), name,
                Integer.toString(direction.sent()), Integer.toString(direction.received()), Integer.toString(tally.lost()),
                Integer.toString(tally.doubled()), Integer.toString(tally.outOfOrder()), flow(direction, faults),
                seconds(direction.slowest()), note) + " |\n";
    }

    /** Of one fault the time; of several the median and the longest. */
    private static String flow(Direction direction, List<Fault> faults) {
        List<Optional<Duration>> times = faults.stream().map(direction::flowsAgain).toList();
        if (times.stream().anyMatch(Optional::isEmpty)) {
            return "not all";
        }
        List<Duration> sorted = times.stream().flatMap(Optional::stream).sorted().toList();
        return switch (sorted.size()) {
            case 0 -> "";
            case 1 -> seconds(sorted.get(0));
            default -> seconds(sorted.get(sorted.size() / 2)) + ", at most " + seconds(sorted.get(sorted.size() - 1));
        };
    }

    static String seconds(Duration duration) {
        return String.format(Locale.ROOT, "%.1f s", duration.toMillis() / 1000.0);
    }
}

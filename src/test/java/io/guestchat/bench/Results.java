package io.guestchat.bench;

import io.guestchat.harness.Tally;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** All that was measured so far, in the order of the figures. For one thread. */
final class Results {

    /** A row of the table: a figure for a certain work. */
    record Row(Figure figure, String work, Map<Side, Samples> samples) {

        Samples of(Side side) {
            return samples.getOrDefault(side, new Samples());
        }

        double ratio() {
            return of(Side.BRIDGE).ratioTo(of(Side.BARE));
        }

        String verdict() {
            return figure.bar().verdict(of(Side.BRIDGE).median(), ratio());
        }
    }

    /** What became of a run's texts. @param again how many were published again under their id, as the contract allows */
    record Count(String run, Side side, long sent, Tally tally, long again) {
    }

    /** What the processes of a run needed. @param cpu cores, by process @param latest the driver's worst delay, in milliseconds */
    record Load(String work, Side side, Map<String, Double> cpu, double latest) {
    }

    private record Key(Figure figure, String work) {
    }

    private final Map<Key, Row> rows = new LinkedHashMap<>();
    private final List<Count> counts = new ArrayList<>();
    private final List<Load> loads = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();
    private final List<String> failures = new ArrayList<>();

    void add(Figure figure, String work, Side side, double value) {
        rows.computeIfAbsent(new Key(figure, work), key -> new Row(figure, work, new EnumMap<>(Side.class)))
                .samples().computeIfAbsent(side, first -> new Samples()).add(value);
    }

    void count(Count count) {
        counts.add(count);
        // What stock loses is a figure.
        if (!count.tally().equals(Tally.CLEAN) && count.side() != Side.STOCK) {
            failures.add(count.side() + ", " + count.run() + ": " + count.tally());
        }
    }

    void load(Load load) {
        loads.add(load);
    }

    void note(String note) {
        notes.add(note);
    }

    /** The benchmark goes on, and fails in the end. */
    void fail(String why) {
        failures.add(why);
    }

    Stream<Row> rows() {
        return rows.values().stream().sorted((one, other) -> one.figure().compareTo(other.figure()));
    }

    List<Count> counts() {
        return counts;
    }

    List<Load> loads() {
        return loads;
    }

    List<String> notes() {
        return notes;
    }

    List<String> failures() {
        return failures;
    }
}

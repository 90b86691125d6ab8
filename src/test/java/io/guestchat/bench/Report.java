package io.guestchat.bench;

import io.guestchat.harness.Tally;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** The table, in Markdown. */
final class Report {

    private static final String TITLES = "| figure | work | bridge | bare | ratio | bar | | bridge's runs | bare's runs |";

    private final Machine machine;
    private final Options options;
    private final Instant began;
    private final Results results;

    Report(Machine machine, Options options, Instant began, Results results) {
        this.machine = machine;
        this.options = options;
        this.began = began;
        this.results = results;
    }

    String text() {
        List<String> lines = new ArrayList<>();
        head(lines);
        figures(lines);
        stock(lines);
        processes(lines);
        counts(lines);
        results.notes().forEach(note -> lines.add("- " + note));
        return String.join("\n", lines) + "\n";
    }

    private void head(List<String> lines) {
        lines.add("# Benchmark, " + options.form().name() + " form");
        lines.add("");
        lines.add(began.truncatedTo(ChronoUnit.MINUTES) + ", commit " + machine.commit() + ". " + machine.processor() + ", "
                + machine.memory() + ", " + machine.system() + ", " + machine.java() + "; load " + machine.load()
                + " when it began. Medians of " + options.form().runs() + " runs a side, in turns."
                + (options.only().isEmpty() ? "" : " Only: " + String.join(", ", options.only()) + ".")
                + (options.profile() ? " With a profiler: not to be quoted." : ""));
        String form = switch (options.form().name()) {
            case "full" -> "";
            case "short" -> "Smaller numbers than the bars are about: `-Dbench.full` has those.";
            default -> "A trial of the benchmark itself: these figures mean nothing.";
        };
        if (!form.isEmpty()) {
            lines.add("");
            lines.add(form);
        }
        if (!results.failures().isEmpty()) {
            lines.add("");
            lines.add("**Failed**: " + String.join("; ", results.failures()));
        }
        lines.add("");
    }

    private void figures(List<String> lines) {
        lines.add(TITLES);
        lines.add("| --- | --- | --: | --: | --: | --- | --- | --- | --- |");
        results.rows().filter(row -> row.figure() != Figure.STOCK && options.wants(row.figure())).forEach(row -> {
            String unit = row.figure().unit().isEmpty() ? "" : ", " + row.figure().unit();
            lines.add(row(row.figure().title() + unit, row.work(), Samples.text(row.of(Side.BRIDGE).median()),
                    Samples.text(row.of(Side.BARE).median()), ratio(row.ratio()), row.figure().bar().toString(), row.verdict(),
                    row.of(Side.BRIDGE).toString(), row.of(Side.BARE).toString()));
        });
        lines.add("");
    }

    private void stock(List<String> lines) {
        List<Results.Row> rows = results.rows().filter(row -> row.figure() == Figure.STOCK).toList();
        if (!rows.isEmpty()) {
            lines.add("Camel's components as they come, a route for each session; each side once:");
            lines.add("");
            lines.add("| | stock | bridge | bare |");
            lines.add("| --- | --: | --: | --: |");
            rows.forEach(row -> lines.add(row(row.work(), row.of(Side.STOCK).toString(), row.of(Side.BRIDGE).toString(),
                    row.of(Side.BARE).toString())));
            lines.add("");
        }
    }

    private void processes(List<String> lines) {
        if (!results.loads().isEmpty()) {
            lines.add("Processors that each process kept busy, and how late the driver was at worst:");
            lines.add("");
            lines.add("| side | work | subject | broker | simulator | driver | late, ms |");
            lines.add("| --- | --- | --: | --: | --: | --: | --: |");
            for (Results.Load load : results.loads()) {
                lines.add(row(load.side().toString(), load.work(), cores(load.cpu(), "subject"), cores(load.cpu(), "broker"),
                        cores(load.cpu(), "simulator"), cores(load.cpu(), "driver"), Samples.text(load.latest())));
            }
            lines.add("");
        }
    }

    private void counts(List<String> lines) {
        lines.add("Texts:");
        lines.add("");
        lines.add("| run | sent | lost | doubled | out of order | again under their id |");
        lines.add("| --- | --: | --: | --: | --: | --: |");
        for (Results.Count count : results.counts()) {
            Tally tally = count.tally();
            lines.add(row(count.run(), Long.toString(count.sent()), Integer.toString(tally.lost()),
                    Integer.toString(tally.doubled()), Integer.toString(tally.outOfOrder()), Long.toString(count.again())));
        }
        lines.add("");
    }

    private static String cores(Map<String, Double> cpu, String process) {
        return String.format(Locale.ROOT, "%.2f", cpu.getOrDefault(process, Double.NaN));
    }

    private static String ratio(double ratio) {
        return Double.isNaN(ratio) ? "" : String.format(Locale.ROOT, "%.2f", ratio);
    }

    private static String row(String... cells) {
        return List.of(cells).stream().collect(Collectors.joining(" | ", "| ", " |"));
    }
}

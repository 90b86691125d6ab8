package io.guestchat.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.stream.Stream;

/**
 * The benchmark: runs the experiments, prints the table and writes it to {@code target/bench/report.md}; one whose figures are to
 * be quoted goes to {@code docs/performance/} too. Exits with 0; with 1 where a text was lost, doubled or out of order or an
 * experiment broke; with 2 where it was asked for what it does not have. A bar that is missed is told, and fails nothing.
 */
public final class Benchmark {

    private static final List<Experiment> EXPERIMENTS = List.of(new TextsExperiment(), new StartsExperiment(),
            new IdleChatsExperiment(), new DroppedExperiment(), new TakeoverExperiment(), new StartupExperiment(),
            new StateExperiment(), new StockExperiment());
    private static final DateTimeFormatter NAME = DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HHmm").withZone(ZoneOffset.UTC);

    private final Options options;
    private final Path folder;
    private final Instant began = Instant.now();
    private final Machine machine;

    private Benchmark(Options options) throws IOException {
        this.options = options;
        this.folder = options.home().resolve("target/bench");
        empty(folder);
        this.machine = Machine.here(options.home());
    }

    /** @param args the checkout */
    public static void main(String[] args) throws IOException {
        Options options;
        try {
            options = Options.read(Path.of(args[0]).toAbsolutePath(), System::getProperty);
        } catch (IllegalArgumentException unknown) {
            System.err.println("bench: " + unknown.getMessage());
            System.exit(2);
            return;
        }
        System.exit(new Benchmark(options).run() ? 0 : 1);
    }

    private boolean run() throws IOException {
        if (machine.busy()) {
            System.out.println("The machine has other things to do (load " + machine.load() + "): its figures will say little.");
        }
        try (Bench bench = new Bench(options, folder, System.out)) {
            Report report = new Report(machine, options, began, bench.results());
            for (Experiment experiment : EXPERIMENTS) {
                if (experiment.figures().stream().anyMatch(options::wants)) {
                    measure(experiment, bench);
                    // What has been measured so far outlives whatever comes.
                    Files.writeString(folder.resolve("report.md"), report.text());
                }
            }
            bench.say("done");
            System.out.println();
            System.out.println(report.text());
            keep(report);
            return bench.results().failures().isEmpty();
        }
    }

    private static void measure(Experiment experiment, Bench bench) {
        try {
            experiment.measure(bench);
        } catch (RuntimeException broken) {
            broken.printStackTrace();
            bench.results().fail(experiment.getClass().getSimpleName() + " broke: " + broken.getMessage());
        }
    }

    private void keep(Report report) throws IOException {
        Path where = folder.resolve("report.md");
        if (options.worthKeeping()) {
            String only = options.only().isEmpty() ? "" : "-" + String.join("+", options.only());
            where = Files.createDirectories(options.home().resolve("docs/performance"))
                    .resolve(NAME.format(began) + "-" + options.form().name() + only + ".md");
            Files.writeString(where, report.text());
        }
        System.out.println("Written to " + options.home().relativize(where));
    }

    private static void empty(Path folder) throws IOException {
        Files.createDirectories(folder);
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
    }
}

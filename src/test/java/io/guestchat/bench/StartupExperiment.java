package io.guestchat.bench;

import java.util.Set;

/** From the start of the process until {@code /observe/health/ready} says UP. The topics are there. */
final class StartupExperiment implements Experiment {

    @Override
    public Set<Figure> figures() {
        return Set.of(Figure.STARTUP);
    }

    @Override
    public void measure(Bench bench) {
        // The first one reads its files from the disk.
        for (int number = 0; number <= bench.form().runs(); number++) {
            try (BenchRun run = bench.open(Side.BRIDGE, "startup", Setup.usual(), 1)) {
                double seconds = run.startSubject().toNanos() / 1e9;
                if (number > 0) {
                    bench.results().add(Figure.STARTUP, "no chats", Side.BRIDGE, seconds);
                }
            }
        }
    }
}

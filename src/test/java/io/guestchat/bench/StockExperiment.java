package io.guestchat.bench;

import io.guestchat.harness.Tally;
import java.time.Duration;
import java.util.Set;

/** Each side once, with what Camel's components lose as they come. */
final class StockExperiment implements Experiment {

    private static final double KIB = 1024;

    @Override
    public Set<Figure> figures() {
        return Set.of(Figure.STOCK);
    }

    @Override
    public void measure(Bench bench) {
        for (Side side : Side.values()) {
            run(bench, side);
        }
    }

    private static void run(Bench bench, Side side) {
        int chats = bench.form().stock();
        int rate = bench.form().talking().rates().get(0);
        try (BenchRun run = bench.open(side, "stock", Setup.usual(), chats)) {
            run.startSubject();
            long before = run.subject().footprint().heapBytes();
            long residentBefore = run.subject().residentBytes();
            Duration starts = run.startChats(0, chats);
            add(bench, side, "starts a second, from a cold start", chats / (starts.toNanos() / 1e9));
            Patience.pass(bench.form().idling().settle());
            add(bench, side, "live heap a chat, KiB", (run.subject().footprint().heapBytes() - before) / KIB / chats);
            add(bench, side, "resident a chat, KiB", (run.subject().residentBytes() - residentBefore) / KIB / chats);
            Talk talk = new Talk(run, chats);
            talk.openLoop(rate, bench.form().talking().window());
            Window window = talk.openLoop(rate, bench.form().talking().window());
            add(bench, side, "CPU seconds per 1,000 round trips, " + rate + "/s", window.cpuPerThousand(side.toString()));
            add(bench, side, "p99, ms, " + rate + "/s", window.p99());
            Tally tally = run.arrivals().tally();
            add(bench, side, "texts said", run.arrivals().sent());
            add(bench, side, "texts lost", tally.lost());
            add(bench, side, "texts doubled", tally.doubled());
            add(bench, side, "texts out of order", tally.outOfOrder());
        }
    }

    private static void add(Bench bench, Side side, String what, double value) {
        bench.results().add(Figure.STOCK, bench.form().stock() + " chats: " + what, side, value);
    }
}

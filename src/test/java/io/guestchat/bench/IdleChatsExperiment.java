package io.guestchat.bench;

import io.guestchat.harness.Footprint;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** What chats cost that only live: memory, threads, descriptors; over TLS; in a small heap; and the CPU of their pings. */
final class IdleChatsExperiment implements Experiment {

    private static final double KIB = 1024;
    private static final int CHECKS_A_SECOND = 1_000;
    private static final int LOOKS = 4;

    @Override
    public Set<Figure> figures() {
        return Set.of(Figure.RESIDENT, Figure.LIVE_HEAP, Figure.SMALL_HEAP, Figure.THREADS, Figure.MORE_THREADS,
                Figure.DESCRIPTORS, Figure.IDLE_CPU);
    }

    @Override
    public void measure(Bench bench) {
        Form.Idling form = bench.form().idling();
        Options options = bench.options();
        if (options.wants(Figure.RESIDENT) || options.wants(Figure.THREADS)) {
            bench.alternate(side -> grow(bench, side, "memory", Setup.usual().withoutReserve(), form.chats()));
        }
        if (options.wants(Figure.RESIDENT)) {
            bench.alternate(side -> grow(bench, side, "memory-tls", Setup.usual().withoutReserve().overTls(),
                    List.of(form.chatsOverTls())));
            smallHeap(bench);
        }
        if (options.wants(Figure.IDLE_CPU)) {
            idleCpu(bench);
        }
    }

    /**
     * From no chat on; the process has had chats before, again and again: what is loaded and compiled once is not among what a
     * chat costs, nor what the compiler holds while it works.
     */
    private static void grow(Bench bench, Side side, String what, Setup setup, List<Integer> steps) {
        int warmUp = bench.form().starting().warmUpChats();
        int most = steps.get(steps.size() - 1);
        try (BenchRun run = bench.open(side, what, setup, warmUp + most)) {
            run.startSubject();
            for (int round = 0; round < bench.form().starting().warmUpRounds(); round++) {
                run.startChats(0, warmUp);
                new Talk(run, warmUp).oneTextEach(0, warmUp, CHECKS_A_SECOND);
                run.endChats(0, warmUp);
            }
            Held none = Held.by(run, bench.form().idling().settle());
            int chats = 0;
            Held first = null;
            for (int step : steps) {
                run.startChats(warmUp + chats, warmUp + step);
                chats = step;
                Held held = Held.by(run, bench.form().idling().settle());
                first = first == null ? held : first;
                add(bench, side, chats + " chats" + (setup.tls() ? ", TLS" : ""), none, held, chats);
            }
            if (steps.size() > 1) {
                bench.results().add(Figure.MORE_THREADS, steps.get(0) + " to " + most + " chats", side,
                        Held.by(run, Duration.ZERO).threads() - first.threads());
            }
            new Talk(run, most).oneTextEach(warmUp, warmUp + most, CHECKS_A_SECOND);
        }
    }

    private static void add(Bench bench, Side side, String work, Held none, Held held, int chats) {
        Results results = bench.results();
        results.add(Figure.RESIDENT, work, side, (held.resident() - none.resident()) / KIB / chats);
        results.add(Figure.LIVE_HEAP, work, side, (held.heap() - none.heap()) / KIB / chats);
        results.add(Figure.THREADS, work, side, held.threads());
        results.add(Figure.DESCRIPTORS, work, side,
                (double) (held.descriptors() - none.descriptors()) / chats);
    }

    private static void smallHeap(Bench bench) {
        int chats = bench.form().idling().chatsInSmallHeap();
        try (BenchRun run = bench.open(Side.BRIDGE, "small-heap", Setup.usual().heap("256m"), chats)) {
            run.startSubject();
            run.startChats(0, chats);
            Held held = Held.by(run, bench.form().idling().settle());
            bench.results().add(Figure.SMALL_HEAP, chats + " chats", Side.BRIDGE, held.heap() / KIB / KIB);
            new Talk(run, chats).oneTextEach(0, chats, CHECKS_A_SECOND);
        }
    }

    private static void idleCpu(Bench bench) {
        int chats = bench.form().idling().most();
        try (BenchRun run = bench.open(Side.BRIDGE, "idle", Setup.usual(), chats)) {
            run.startSubject();
            run.startChats(0, chats);
            new Talk(run, chats).oneTextEach(0, chats, CHECKS_A_SECOND);
            Patience.pass(bench.form().idling().settle());
            for (int window = 0; window < bench.form().runs(); window++) {
                long began = System.nanoTime();
                double before = run.subject().cpuSeconds();
                Patience.pass(bench.form().idling().window());
                double used = run.subject().cpuSeconds() - before;
                bench.results().add(Figure.IDLE_CPU, chats + " chats", Side.BRIDGE,
                        100 * used / ((System.nanoTime() - began) / 1e9));
            }
        }
    }

    /**
     * What the subject holds of the machine, after a full collection: of some looks the least of each, as megabytes that the compiler
     * or the collector works with for a moment are as much as a thousand chats.
     */
    private record Held(long heap, int threads, int descriptors, long resident) {

        static Held by(BenchRun run, Duration settle) {
            return Stream.generate(() -> look(run, settle.dividedBy(LOOKS))).limit(LOOKS).reduce(Held::least).orElseThrow();
        }

        private static Held look(BenchRun run, Duration after) {
            Patience.pass(after);
            Footprint footprint = run.subject().footprint();
            return new Held(footprint.heapBytes(), footprint.threads(), footprint.descriptors(), run.subject().residentBytes());
        }

        private Held least(Held other) {
            return new Held(Math.min(heap, other.heap), Math.min(threads, other.threads), Math.min(descriptors, other.descriptors),
                    Math.min(resident, other.resident));
        }
    }
}

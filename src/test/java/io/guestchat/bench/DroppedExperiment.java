package io.guestchat.bench;

import java.util.Set;

/** The platform resets the connections of all sockets at once. */
final class DroppedExperiment implements Experiment {

    @Override
    public Set<Figure> figures() {
        return Set.of(Figure.DROPPED);
    }

    @Override
    public void measure(Bench bench) {
        bench.alternate(side -> bench.results().add(Figure.DROPPED, bench.form().dropped() + " chats", side,
                seconds(bench, side, "dropped", bench.form().dropped())));
    }

    /** Sets chats up, drops them again and again, and sees them flow. The median of the last drops counts: the code has run then. */
    static double seconds(Bench bench, Side side, String what, int chats) {
        try (BenchRun run = bench.open(side, what, Setup.usual(), chats)) {
            run.startSubject();
            run.startChats(0, chats);
            LostSockets.converse(run, 0, chats);
            LostSockets.warmUp(run, chats, bench.form().warmUpDrops());
            Samples seconds = new Samples();
            for (int drop = 0; drop < bench.form().drops(); drop++) {
                seconds.add(LostSockets.drop(run, chats).toNanos() / 1e9);
            }
            LostSockets.prove(run, chats);
            return seconds.median();
        }
    }
}

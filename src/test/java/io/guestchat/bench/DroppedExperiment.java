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
        int chats = bench.form().losing().chats();
        bench.alternate(side ->
                bench.results().add(Figure.DROPPED, chats + " chats", side, seconds(bench, side, "dropped", chats)));
    }

    /** Sets chats up, drops them again and again, and sees them flow. The median of the last drops counts: the code has run then. */
    static double seconds(Bench bench, Side side, String what, int chats) {
        try (BenchRun run = bench.open(side, what, Setup.usual(), chats)) {
            run.startSubject();
            run.startChats(0, chats);
            LostSockets.converse(run, 0, chats);
            LostSockets.warmUp(run, chats, bench.form().losing().warmUpDrops());
            Samples seconds = new Samples();
            for (int drop = 0; drop < bench.form().losing().drops(); drop++) {
                seconds.add(LostSockets.drop(run, chats).toNanos() / 1e9);
            }
            LostSockets.prove(run, chats);
            return seconds.median();
        }
    }
}

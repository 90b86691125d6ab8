package io.guestchat.bench;

import java.time.Duration;
import java.util.List;
import java.util.Set;

/** Chats that are started at once, from the first request until the last socket is open. */
final class StartsExperiment implements Experiment {

    private static final List<Duration> ANSWERS = List.of(Duration.ZERO, Duration.ofMillis(50));
    private static final int CHECKS_A_SECOND = 1_000;

    @Override
    public Set<Figure> figures() {
        return Set.of(Figure.STARTS);
    }

    @Override
    public void measure(Bench bench) {
        bench.alternate(side -> run(bench, side));
    }

    private static void run(Bench bench, Side side) {
        Form.Starting form = bench.form().starting();
        int round = form.warmUpChats();
        int warmUp = round * form.warmUpRounds();
        int starts = form.chats();
        int all = warmUp + ANSWERS.size() * starts;
        try (BenchRun run = bench.open(side, "starts", Setup.usual(), all)) {
            run.startSubject();
            for (int from = 0; from < warmUp; from += round) {
                run.startChats(from, from + round);
                run.endChats(from, from + round);
            }
            int from = warmUp;
            for (Duration answer : ANSWERS) {
                run.platform().control().answerLate(answer);
                Duration needed = run.startChats(from, from + starts);
                run.platform().control().answerAtOnce();
                from += starts;
                bench.results().add(Figure.STARTS, starts + " chats, platform answers in " + answer.toMillis() + " ms", side,
                        starts / (needed.toNanos() / 1e9));
            }
            new Talk(run, all).oneTextEach(warmUp, all, CHECKS_A_SECOND);
        }
    }
}

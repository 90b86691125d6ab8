package io.guestchat.bench;

import java.time.Duration;
import java.util.Map;
import java.util.Set;

/** Many chats come and go; a few stay. What is left of them in the state topic once the broker has compacted it? */
final class StateExperiment implements Experiment {

    private static final int AT_ONCE = 500;
    private static final int LIVING = 120;
    private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(2);
    private static final int LOOKS = 45;
    /** A broker compacts closed segments alone, and keeps tombstones for a day: here it is soon, so that it can be seen. */
    private static final Map<String, String> EAGER = Map.of("segment.ms", "5000", "min.cleanable.dirty.ratio", "0.01",
            "delete.retention.ms", "1000");

    @Override
    public Set<Figure> figures() {
        return Set.of(Figure.STATE_SIZE, Figure.STATE_CHATS);
    }

    @Override
    public void measure(Bench bench) {
        int ended = bench.form().ended();
        try (BenchRun run = bench.open(Side.BRIDGE, "state", Setup.usual().stateTopic(EAGER), LIVING + ended)) {
            run.startSubject();
            run.startChats(0, LIVING);
            for (int from = LIVING; from < LIVING + ended; from += AT_ONCE) {
                int to = Math.min(from + AT_ONCE, LIVING + ended);
                run.startChats(from, to);
                run.endChats(from, to);
            }
            StateTopic topic = new StateTopic(bench.broker().bootstrapServers(), run.topics().sessions());
            StateTopic.Content content = topic.read();
            Talk talk = new Talk(run, LIVING);
            for (int look = 0; look < LOOKS && content.chats() > LIVING; look++) {
                // What is written closes the segments, and nothing else does.
                talk.oneTextEach(0, LIVING, LIVING);
                Patience.pass(BETWEEN_LOOKS);
                content = topic.read();
            }
            String work = ended + " chats ended, " + LIVING + " live";
            bench.results().add(Figure.STATE_SIZE, work, Side.BRIDGE, bench.broker().size(run.topics().sessions()) / 1024.0);
            bench.results().add(Figure.STATE_CHATS, work, Side.BRIDGE, (double) content.chats() / LIVING);
            bench.results().note("the state topic had " + content.records() + " records of " + content.chats()
                    + " chats in the end");
        }
    }
}

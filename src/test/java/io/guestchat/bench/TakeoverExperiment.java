package io.guestchat.bench;

import io.guestchat.harness.GroupMembers;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.internals.BuiltInPartitioner;

/**
 * One of two instances is killed; the other takes its chats up, as many as it has itself. Counted from the moment at which the
 * group has given it the partitions. The reference connects and reads the history of as many.
 */
final class TakeoverExperiment implements Experiment {

    private static final String TIMEOUT = "6s";

    @Override
    public Set<Figure> figures() {
        return Set.of(Figure.TAKEOVER);
    }

    @Override
    public void measure(Bench bench) {
        int chats = bench.form().takenOver();
        bench.alternate(side -> bench.results().add(Figure.TAKEOVER, chats + " chats of a killed instance", side,
                side == Side.BARE ? DroppedExperiment.seconds(bench, side, "reconnecting", chats) : seconds(bench, chats)));
    }

    private static double seconds(Bench bench, int chats) {
        int all = 2 * chats;
        Setup setup = Setup.usual().with("kafka.session-timeout", TIMEOUT);
        try (BenchRun run = bench.open(Side.BRIDGE, "takeover", setup, all);
                GroupMembers members = new GroupMembers(bench.broker().bootstrapServers(), run.topics().run())) {
            run.startSubject();
            Patience.untilTrue("one has all", () -> has(members, RunTopics.PARTITIONS, 1));
            String first = members.partitions().keySet().iterator().next();
            run.startSubject();
            Patience.untilTrue("each has its half", () -> has(members, RunTopics.PARTITIONS / 2, 2));
            Set<Integer> lost = members.partitions().get(first);
            int moving = (int) IntStream.range(0, all).filter(chat -> lost.contains(partition(chat))).count();
            run.startChats(0, all);
            LostSockets.converse(run, all);
            LostSockets.warmUp(run, all, bench.form().warmUpRounds());
            run.happenings().forget(LostSockets.RESUMED);

            run.killFirst();
            Patience.untilTrue("the group has noticed", () -> has(members, RunTopics.PARTITIONS, 1));
            long noticed = System.nanoTime();
            run.await(LostSockets.RESUMED, moving);
            Duration needed = Duration.ofNanos(run.happenings().last(LostSockets.RESUMED) - noticed);

            LostSockets.prove(run, all);
            bench.results().note(moving + " chats moved to the other instance, in " + needed.toMillis() + " ms; the figure is for "
                    + chats);
            return needed.toNanos() / 1e9 * chats / moving;
        }
    }

    private static boolean has(GroupMembers members, int partitions, int instances) {
        Map<String, Set<Integer>> now = members.partitions();
        return now.size() == instances && now.values().stream().allMatch(some -> some.size() == partitions);
    }

    /** Where the producer's own partitioner puts it. */
    private static int partition(int chat) {
        return BuiltInPartitioner.partitionForKey(ChatNames.key(chat), RunTopics.PARTITIONS);
    }
}

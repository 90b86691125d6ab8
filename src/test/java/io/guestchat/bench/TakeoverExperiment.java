package io.guestchat.bench;

import io.guestchat.harness.GroupMembers;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.internals.BuiltInPartitioner;

/**
 * One of two instances is killed; the other takes its chats up, as many as it has itself. Counted from the moment at which the
 * group has given it the partitions. The reference connects and reads the history of as many. Whoever takes them up
 * has lost its own sockets as often as the reference before, and has taken up others' chats: the last takeover counts.
 */
final class TakeoverExperiment implements Experiment {

    private static final String TIMEOUT = "6s";

    @Override
    public Set<Figure> figures() {
        return Set.of(Figure.TAKEOVER);
    }

    @Override
    public void measure(Bench bench) {
        int chats = bench.form().losing().chats();
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
            String survivor = members.partitions().keySet().iterator().next();
            run.startChats(0, chats);
            LostSockets.converse(run, 0, chats);
            LostSockets.warmUp(run, chats, bench.form().losing().warmUpDrops());
            share(run, members, survivor, chats);
            run.startChats(chats, all);
            LostSockets.converse(run, chats, all);
            for (int round = 0; round < bench.form().losing().warmUpTakeovers(); round++) {
                bench.results().note("warm-up: " + takeover(run, members, survivor, all).words());
                share(run, members, survivor, all);
            }
            Takeover measured = takeover(run, members, survivor, all);
            LostSockets.prove(run, all);
            bench.results().note(measured.words() + "; the figure is for " + chats);
            return measured.needed().toNanos() / 1e9 * chats / measured.chats();
        }
    }

    /** Kills the one that was started last. */
    private static Takeover takeover(BenchRun run, GroupMembers members, String survivor, int all) {
        int moving = chatsOfOther(members, survivor, all);
        run.happenings().forget(LostSockets.RESUMED);
        run.killLast();
        Patience.untilTrue("the group has noticed", () -> has(members, RunTopics.PARTITIONS, 1));
        long noticed = System.nanoTime();
        run.await(LostSockets.RESUMED, moving);
        return new Takeover(moving, Duration.ofNanos(run.happenings().last(LostSockets.RESUMED) - noticed));
    }

    /** One more instance is given half of the chats. */
    private static void share(BenchRun run, GroupMembers members, String survivor, int all) {
        run.happenings().forget(LostSockets.RESUMED);
        run.startSubject();
        Patience.untilTrue("each has its half", () -> has(members, RunTopics.PARTITIONS / 2, 2));
        run.await(LostSockets.RESUMED, chatsOfOther(members, survivor, all));
        LostSockets.prove(run, all);
    }

    private static int chatsOfOther(GroupMembers members, String survivor, int all) {
        Set<Integer> kept = members.partitions().get(survivor);
        return (int) IntStream.range(0, all).filter(chat -> !kept.contains(partition(chat))).count();
    }

    /** @param chats how many were taken over @param needed from when the group had noticed until the last one's history was read */
    private record Takeover(int chats, Duration needed) {

        String words() {
            return chats + " chats moved to the other instance, in " + needed.toMillis() + " ms";
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

package io.guestchat.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.guestchat.harness.BridgeRig;
import io.guestchat.harness.ContractRules;
import io.guestchat.harness.Received;
import io.guestchat.simulator.SimulatorOptions.Answering;
import io.guestchat.simulator.SimulatorOptions.Assignment;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Ten thousand texts to one chat at once: the bounds hold, and the chats beside it do not wait for it, even on its own partition. */
class BurstIT {

    private static final int BURST = 10_000;
    private static final int SMALLER_BURST = 1_000;
    private static final int HELD = 50;
    private static final int QUEUED = 100;
    private static final int PER_SECOND = 20;
    /** What the bridge has fetched and not finished of one partition: {@code IntakeSettings}, and one poll. */
    private static final int MOST_UNFINISHED = 20_000 + QUEUED + 500;
    /** A record that waits for the bridge longer than this is hindered, on any machine. */
    private static final Duration UNHINDERED = Duration.ofSeconds(5);
    private static final Duration PATIENCE = Duration.ofMinutes(5);

    private static final BridgeRig BRIDGE = BridgeRig.start(
            platform -> platform.assignment(Assignment.MANUAL).answering(Answering.OFF),
            Map.of("chat.backlog.max-messages", Integer.toString(HELD), "chat.queue.max-messages", Integer.toString(QUEUED),
                    "chat.messages-per-second", Integer.toString(PER_SECOND)));

    private Duration longest = Duration.ZERO;
    private double unfinished;
    private double heldBack;

    @BeforeAll
    static void neighbours() {
        BRIDGE.outside().partitionBy(chat -> chat.equals("elsewhere") ? 1 : 0);
        for (String chat : List.of("beside", "elsewhere")) {
            BRIDGE.platform().assign(connect(chat));
            BRIDGE.outside().awaitEvent(chat, "conversation-assigned");
        }
    }

    @AfterAll
    static void allIsAsTheContractSays() {
        try (BridgeRig rig = BRIDGE) {
            List<String> started = rig.outside().all().stream().map(Received::key).distinct().toList();
            for (String chat : started) {
                rig.outside().request(chat, "end", "end");
                rig.outside().awaitAnswer(chat, "chat-ended", "end");
            }
            ContractRules.of(rig.outside()).check();
        }
    }

    private static String connect(String chat) {
        BRIDGE.outside().start(chat, "start");
        return BRIDGE.outside().awaitEvent(chat, "session-connected").text("webchatSessionId");
    }

    @Test
    void givenNoConversation_whenABurstComes_thenTheFirstAreHeldInOrderAndTheOthersRefused() {
        // given
        String session = connect("early");

        // when
        int from = burst("early", BURST);
        List<Received> refused = untilAnswered("early", from, BURST - HELD);
        BRIDGE.platform().assign(session);

        // then
        assertThat(refused).allSatisfy(event -> assertThat(event.text("error.code")).isEqualTo("backlog-full"));
        assertThat(refused).extracting(event -> event.text("requestId")).isEqualTo(ids(HELD, BURST));
        BRIDGE.outside().awaitAnswer("early", "message-sent", "r-" + (HELD - 1));
        assertThat(BRIDGE.platform().session(session).texts()).isEqualTo(ids(0, HELD));
        othersWereUnhindered();
    }

    @Test
    void givenAConversation_whenABurstComesFasterThanItsPace_thenTheQueueIsBoundedAndKeepsItsOrder() {
        // given
        String session = connect("late");
        BRIDGE.platform().assign(session);
        BRIDGE.outside().awaitEvent("late", "conversation-assigned");

        // when
        int from = burst("late", SMALLER_BURST);
        List<Received> answers = untilAnswered("late", from, SMALLER_BURST);

        // then
        List<String> sent = answers.stream().filter(event -> event.type().equals("message-sent")).map(event -> event.text("requestId")).toList();
        assertThat(BRIDGE.platform().session(session).texts()).as("what the agent reads").isEqualTo(sent);
        assertThat(sent).isSortedAccordingTo(Comparator.comparingInt(id -> Integer.parseInt(id.substring(2))));
        assertThat(sent).as("all that found room").startsWith(ids(0, QUEUED).toArray(String[]::new));
        assertThat(answers).filteredOn(event -> event.type().equals("request-failed")).isNotEmpty()
                .allSatisfy(event -> assertThat(event.text("error.code")).isEqualTo("backlog-full"));
        assertThat(answers).extracting(event -> event.text("requestId")).doesNotHaveDuplicates();
        theQueueWasFullWheneverOneWasRefused(answers);
        othersWereUnhindered();
    }

    /**
     * Refusals come in the order of the requests, so those before one that were not refused had been taken; those of them whose
     * message-sent had not come yet were waiting. A text leaves the queue a moment before that is told.
     */
    private static void theQueueWasFullWheneverOneWasRefused(List<Received> answers) {
        Set<String> refused = answers.stream().filter(event -> event.type().equals("request-failed"))
                .map(event -> event.text("requestId")).collect(Collectors.toSet());
        int sent = 0;
        for (Received answer : answers) {
            String id = answer.text("requestId");
            if (!refused.contains(id)) {
                sent++;
                continue;
            }
            int number = Integer.parseInt(id.substring(2));
            long taken = ids(0, number).stream().filter(before -> !refused.contains(before)).count();
            assertThat(taken - sent).as("texts that waited when %s was refused", id).isBetween((long) QUEUED, QUEUED + 5L);
        }
    }

    /** @return how many records had been read before it */
    private static int burst(String chat, int texts) {
        int before = BRIDGE.outside().all().size();
        IntStream.range(0, texts).forEach(number -> BRIDGE.outside().message(chat, "r-" + number, "r-" + number));
        BRIDGE.outside().flush();
        return before;
    }

    private static List<String> ids(int from, int to) {
        return IntStream.range(from, to).mapToObj(number -> "r-" + number).toList();
    }

    /** While the burst is worked off, the neighbours talk. Returns the outcomes of the burst's requests, in order. */
    private List<Received> untilAnswered(String chat, int from, int count) {
        int round = 0;
        int read = from;
        List<Received> answers = new ArrayList<>();
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (answers.size() < count && System.nanoTime() < end) {
            roundTrip("beside", chat + "-" + round);
            roundTrip("elsewhere", chat + "-" + round++);
            look();
            List<Received> news = BRIDGE.outside().allAfter(read);
            read += news.size();
            news.stream().filter(record -> isOutcome(record, chat)).forEach(answers::add);
        }
        assertThat(answers).as("outcomes of the burst").hasSize(count);
        return answers;
    }

    private static boolean isOutcome(Received record, String chat) {
        return record.raw().topic().equals(BRIDGE.outside().topics().events()) && chat.equals(record.key())
                && (record.type().equals("request-failed") || record.type().equals("message-sent"));
    }

    private void roundTrip(String chat, String id) {
        int from = BRIDGE.outside().all().size();
        long begun = System.nanoTime();
        BRIDGE.outside().message(chat, id, id);
        await("answer of " + chat).atMost(PATIENCE).pollInterval(Duration.ofMillis(10))
                .until(() -> BRIDGE.outside().allAfter(from).stream().filter(record -> id.equals(record.header("ce_causationid"))).findFirst(),
                        Optional::isPresent);
        Duration took = Duration.ofNanos(System.nanoTime() - begun);
        longest = took.compareTo(longest) > 0 ? took : longest;
    }

    private void look() {
        String metrics = BRIDGE.get("/observe/metrics").body();
        unfinished = Math.max(unfinished, value(metrics, "guestchat_requests_unfinished"));
        heldBack = Math.max(heldBack, value(metrics, "guestchat_partitions_held_back"));
    }

    private static double value(String metrics, String name) {
        Matcher metric = Pattern.compile("(?m)^" + name + "(?:\\{[^}]*})? ([0-9.E]+)$").matcher(metrics);
        assertThat(metric.find()).as(name).isTrue();
        return Double.parseDouble(metric.group(1));
    }

    private void othersWereUnhindered() {
        assertThat(longest).as("the longest round trip beside the burst").isLessThan(UNHINDERED);
        assertThat(unfinished).as("records in memory").isLessThanOrEqualTo(MOST_UNFINISHED);
        assertThat(heldBack).as("partitions that were not read further").isZero();
    }
}

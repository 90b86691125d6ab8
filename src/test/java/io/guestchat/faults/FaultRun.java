package io.guestchat.faults;

import static org.awaitility.Awaitility.await;

import io.guestchat.harness.BridgeInstance;
import io.guestchat.harness.BridgeRig;
import io.guestchat.harness.OutsideSystem;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * A broker, the platform, bridges as processes of their own, and chats that talk; faults are applied to them, and in the end all
 * texts are counted: {@link #conclude}. What it starts, it ends. For one thread.
 */
final class FaultRun implements AutoCloseable {

    static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final Path HOME = Path.of("target", "faults");

    private final Scenario scenario;
    private final BridgeRig rig;
    private final List<BridgeInstance> instances = new ArrayList<>();
    private final List<Fault> faults = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();
    private Conversations conversations;

    FaultRun(Scenario scenario) {
        this.scenario = scenario;
        this.rig = scenario.ownKafka()
                ? BridgeRig.withoutBridgeWithOwnKafka(scenario.platform(), scenario.configuration())
                : BridgeRig.withoutBridge(scenario.platform(), scenario.configuration());
    }

    BridgeRig rig() {
        return rig;
    }

    Conversations conversations() {
        return conversations;
    }

    /** Starts one more bridge; it is not ready yet. Its log is {@code target/faults/<scenario>-<number>.log}. */
    BridgeInstance start() {
        return start(Map.of());
    }

    /** @param configuration of this one only, by the keys of {@code application.properties} */
    BridgeInstance start(Map<String, String> configuration) {
        Map<String, String> whole = new HashMap<>(rig.configuration());
        whole.put("camel.management.port", Integer.toString(BridgeRig.freePort()));
        whole.putAll(configuration);
        BridgeInstance instance = new BridgeInstance(whole, log(instances.size() + 1));
        instances.add(instance);
        return instance;
    }

    private Path log(int number) {
        try {
            Path log = Files.createDirectories(HOME)
                    .resolve(scenario.name().replaceAll("[^A-Za-z0-9]+", "-") + "-" + number + ".log");
            Files.deleteIfExists(log);
            return log;
        } catch (IOException noLog) {
            throw new UncheckedIOException(noLog);
        }
    }

    /** Starts all chats, without a word; a bridge has been ready. */
    Conversations startChats() {
        beginChats().awaitSessions();
        return conversations;
    }

    /** Asks for all chats, and waits for none of them; a bridge has been ready. */
    Conversations beginChats() {
        return beginChats(outside -> { });
    }

    /** @param prepared before the first request is sent */
    Conversations beginChats(Consumer<OutsideSystem> prepared) {
        rig.openOutside();
        prepared.accept(rig.outside());
        conversations = new Conversations(rig, scenario.chats());
        conversations.startAll();
        return conversations;
    }

    /** All chats talk, and all they said first has arrived. */
    void converse() {
        startChats().awaitConversations();
        talk();
    }

    void talk() {
        conversations.talk(scenario.period());
        awaitFlow(Fault.apply(() -> { }));
    }

    /** Does it now. @return for {@link #awaitFlow} */
    Fault fault(Runnable action) {
        Fault fault = Fault.apply(action);
        faults.add(fault);
        return fault;
    }

    /** Waits until something that was said after it has arrived in each chat, both ways. @return the time from the fault */
    Duration awaitFlow(Fault fault) {
        await("all chats flow").atMost(PATIENCE).pollInterval(Duration.ofMillis(200)).until(() -> flowsAgain(fault).isPresent());
        return flowsAgain(fault).orElseThrow();
    }

    private Optional<Duration> flowsAgain(Fault fault) {
        return conversations.toAgent().flowsAgain(fault).flatMap(one -> conversations.toGuest().flowsAgain(fault)
                .map(other -> one.compareTo(other) > 0 ? one : other));
    }

    /** Waits until no chat is without its socket, as far as it was told. */
    void awaitResumed() {
        await("all resumed").atMost(PATIENCE).pollInterval(Duration.ofMillis(200))
                .until(() -> conversations.count("session-lost") == conversations.count("session-resumed"));
    }

    /** Goes into the report's last column. */
    void note(String note) {
        notes.add(note);
    }

    /**
     * The end of the run: all fall silent, what is under way arrives, everything is counted and reported, then held against what
     * is promised; at last the chats are ended, and all records are held against the contract. A bridge has to be up.
     *
     * @param fewest losses of its socket that each chat has to be told
     * @param most losses of its socket that a chat may be told
     */
    void conclude(int fewest, int most) {
        conversations.beSilent();
        Verdict verdict = new Verdict(conversations, rig.outside(), fewest, most);
        verdict.awaitQuiet(PATIENCE);
        report();
        verdict.check();
        conversations.endAll();
        verdict.checkContract();
    }

    /** Adds the run as it stands to the report. */
    void report() {
        FaultReport.in(HOME).add(scenario, conversations, faults, notes);
    }

    @Override
    public void close() {
        if (conversations != null) {
            conversations.close();
        }
        instances.forEach(BridgeInstance::close);
        rig.close();
    }
}

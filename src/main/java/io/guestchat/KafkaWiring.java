package io.guestchat;

import io.guestchat.chat.Chats;
import io.guestchat.config.KafkaSettings;
import io.guestchat.config.Settings;
import io.guestchat.contract.RequestReader;
import io.guestchat.flow.Flows;
import io.guestchat.intake.Assignments;
import io.guestchat.intake.ChatLanes;
import io.guestchat.intake.IntakeSettings;
import io.guestchat.intake.IntakeStatus;
import io.guestchat.intake.Lease;
import io.guestchat.intake.LeasedKafkaClients;
import io.guestchat.intake.RequestIntake;
import io.guestchat.observe.BridgeMeters;
import io.guestchat.ownership.LateRecords;
import io.guestchat.ownership.PartitionTakeover;
import io.guestchat.ownership.SessionMapping;
import io.guestchat.publish.RecordHeaders;
import io.guestchat.startup.Intake;
import io.guestchat.state.SessionStore;
import io.guestchat.state.StateFollower;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import org.apache.camel.CamelContext;
import org.apache.camel.component.kafka.KafkaComponent;
import org.apache.camel.util.concurrent.SynchronousExecutorService;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** The Kafka side: who reads the requests, who owns the chats, who reads their state. */
final class KafkaWiring implements AutoCloseable {

    /** The route that reads the requests. */
    static final String REQUESTS_ROUTE = "requests";

    private final Settings settings;
    private final CamelContext context;
    private final ExecutorService workers;
    private final Assignments assignments = new Assignments(System::nanoTime);
    private final Lease lease;
    private final ExecutorService stateReader = Executors.newSingleThreadExecutor(new NamedThreads("guestchat-state-reader"));
    private final SessionMapping mapping;
    private final ChatLanes lanes;
    private final PartitionTakeover takeover;
    private Intake intake;

    KafkaWiring(Settings settings, CamelContext context, ExecutorService workers, Chats chats, Flows flows,
            BridgeMeters meters) {
        this.settings = settings;
        this.context = context;
        this.workers = workers;
        this.lease = Lease.within(settings.kafka().sessionTimeout(), System::nanoTime);
        this.mapping = new SessionMapping(settings.topics().requests(),
                new RequestReader(Integer.MAX_VALUE, settings.guest().defaultLanguage()), chats);
        this.lanes = new ChatLanes(workers, (record, whenFinished) ->
                flows.now("request", record, Map.of()).whenComplete((through, failure) -> {
                    if (failure == null) {
                        whenFinished.run();
                    } else {
                        flows.leftUnfinished(record, failure, whenFinished);
                    }
                }));
        String sessions = settings.topics().sessions();
        KafkaSettings reach = settings.kafka();
        this.takeover = new PartitionTakeover(new SessionStore(reach.clientProperties(), sessions, stateReader)::read, mapping, chats,
                flows, lanes, IntakeSettings.defaults().drainTimeout().dividedBy(2),
                lose -> new StateFollower(reach.clientProperties(), sessions, new LateRecords(chats, lose, meters),
                        new NamedThreads("guestchat-state-follower")));
    }

    /** Under which the instance acts for its chats. */
    Lease lease() {
        return lease;
    }

    SessionMapping mapping() {
        return mapping;
    }

    void bind() {
        LeasedKafkaClients clients = new LeasedKafkaClients(settings.kafka().groupId(), settings.kafka().clientProperties(),
                assignments, lanes, takeover, lease, IntakeSettings.defaults().withQueuesOf(settings.chat().queueMaxMessages()),
                System::nanoTime);
        context.getRegistry().bind("kafkaClients", clients);
        context.getRegistry().bind("requestIntake", new RequestIntake(assignments, lanes));
        context.getRegistry().bind("atOnce", new SynchronousExecutorService());
        RecordHeaders headers = new RecordHeaders();
        context.getRegistry().bind("recordHeaders", headers);
        // What the routes rely on, whatever the operator's file says of the component's other settings.
        KafkaComponent component = context.getComponent("kafka", KafkaComponent.class);
        component.setKafkaClientFactory(clients);
        component.getConfiguration().setHeaderFilterStrategy(headers);
        component.getConfiguration().setKeySerializer(ByteArraySerializer.class.getName());
        component.getConfiguration().setValueSerializer(ByteArraySerializer.class.getName());
        // Of the duration's form Camel's option knows nothing. Kafka wants three heartbeats a timeout at least; with twenty, whoever
        // takes a dead instance's chats over hears of it a twentieth of the timeout after the group has noticed, and not a third.
        int sessionTimeout = (int) settings.kafka().sessionTimeout().toMillis();
        component.getConfiguration().setSessionTimeoutMs(sessionTimeout);
        component.getConfiguration().setHeartbeatIntervalMs(sessionTimeout / 20);
        // What waits in a producer is sent without a look at the lease, so it must not wait for longer than that. The routes
        // offer again what has waited in vain.
        component.getConfiguration().setRequestTimeoutMs(sessionTimeout * 2 / 3);
        component.getConfiguration().setDeliveryTimeoutMs(sessionTimeout);
        // Each producer would have a pool of its own for going on after Kafka's answer: a hundred threads for what these do as
        // well.
        component.getConfiguration().setWorkerPool(workers);
        component.getConfiguration().setUseIterator(false);
        component.getConfiguration().setRecordMetadata(false);
        // A producer that lacks a topic's metadata, or whose memory is full, blocks whoever sends, and those are the few workers
        // that everything shares. So it refuses at once, and the routes offer the record again without holding a thread.
        component.getConfiguration().setMaxBlockMs(0);
    }

    /** @param refuse ends the process, with a reason */
    Intake intake(Consumer<String> refuse) {
        intake = new Intake(context, settings.kafka().clientProperties(), settings.topics(), REQUESTS_ROUTE, refuse);
        return intake;
    }

    /** What keeps the requests from being read; null once they are. */
    String waitingFor() {
        return intake == null ? "the bridge is starting" : intake.waitingFor();
    }

    /** Why Kafka does not let us in; null while it does. */
    String refusal() {
        return assignments.refusal();
    }

    IntakeStatus status() {
        return assignments.status();
    }

    @Override
    public void close() {
        takeover.close();
        stateReader.shutdownNow();
    }
}

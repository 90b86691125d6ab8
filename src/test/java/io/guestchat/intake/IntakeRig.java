package io.guestchat.intake;

import java.time.Duration;
import java.util.Properties;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;

/** One instance: a Camel context with the requests route as it runs in production, over a work of the test's. */
final class IntakeRig implements AutoCloseable {
    static final String ROUTE = "requests";

    final Assignments assignments = new Assignments(System::nanoTime);
    final Lease lease = new Lease(Duration.ofSeconds(3), System::nanoTime);
    final RecordingOwner owner = new RecordingOwner();
    final DefaultCamelContext camel = new DefaultCamelContext();
    final ChatLanes lanes;
    private final ExecutorService executor = Executors.newFixedThreadPool(4);

    IntakeRig(TopicOnBroker topic, String group, IntakeSettings settings, RequestWork work) {
        lanes = new ChatLanes(executor, work);
        camel.getRegistry().bind("requestConsumers",
                new LeasedKafkaClients(group, new Properties(), assignments, lanes, owner, lease, settings, System::nanoTime));
        camel.getRegistry().bind("requestIntake", new RequestIntake(assignments, lanes));
        camel.getShutdownStrategy().setTimeout(30);
        try {
            camel.addRoutes(new RouteBuilder() {
                @Override
                public void configure() {
                    from("kafka:" + topic.name() + "?brokers=" + topic.bootstrapServers() + "&groupId=" + group
                            + "&kafkaClientFactory=#requestConsumers&autoCommitEnable=false&allowManualCommit=false"
                            + "&autoOffsetReset=earliest&pollOnError=RECONNECT&breakOnFirstError=false"
                            + "&partitionAssignor=org.apache.kafka.clients.consumer.CooperativeStickyAssignor"
                            + "&keyDeserializer=org.apache.kafka.common.serialization.ByteArrayDeserializer"
                            + "&valueDeserializer=org.apache.kafka.common.serialization.ByteArrayDeserializer"
                            + "&pollTimeoutMs=100&maxPollRecords=500&consumersCount=1"
                            + "&sessionTimeoutMs=3000&heartbeatIntervalMs=500")
                            .routeId(ROUTE).bean("requestIntake", "accept");
                }
            });
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    static IntakeSettings settings(int maxUnfinished) {
        return new IntakeSettings(maxUnfinished, Long.MAX_VALUE, Duration.ofSeconds(10), Duration.ofMillis(50));
    }

    IntakeRig start() {
        camel.start();
        return this;
    }

    @Override
    public void close() {
        camel.stop();
        executor.shutdownNow();
    }
}

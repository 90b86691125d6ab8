package io.guestchat.broker;

import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.function.Function;
import java.util.stream.Collectors;

import org.apache.kafka.common.Uuid;
import org.apache.kafka.metadata.storage.Formatter;
import org.apache.kafka.server.common.MetadataVersion;

/** How the embedded broker is configured, and how its data directory is made ready. */
record BrokerSettings(int port, int controllerPort, Path data, List<ProtectedListener> more, Map<String, String> overrides) {
    private static final int NODE = 1;

    String bootstrapServers() {
        return "127.0.0.1:" + port;
    }

    Properties properties() {
        Properties p = new Properties();
        p.put("process.roles", "broker,controller");
        p.put("node.id", Integer.toString(NODE));
        p.put("controller.quorum.voters", NODE + "@127.0.0.1:" + controllerPort);
        String forClients = "CLIENTS://127.0.0.1:" + port + joined(listener -> "," + listener.address());
        p.put("listeners", forClients + ",CONTROLLER://127.0.0.1:" + controllerPort);
        p.put("advertised.listeners", forClients);
        p.put("inter.broker.listener.name", "CLIENTS");
        p.put("controller.listener.names", "CONTROLLER");
        p.put("listener.security.protocol.map", "CLIENTS:PLAINTEXT,CONTROLLER:PLAINTEXT"
                + joined(listener -> "," + listener.name() + ":" + listener.protocol()));
        more.forEach(listener -> p.putAll(listener.brokerProperties()));
        p.put("log.dirs", data.toString());
        p.put("auto.create.topics.enable", "false");
        oneBrokerCluster(p);
        smallFootprint(p);
        p.putAll(overrides);
        return p;
    }

    private String joined(Function<ProtectedListener, String> part) {
        return more.stream().map(part).collect(Collectors.joining());
    }

    private static void oneBrokerCluster(Properties p) {
        p.put("offsets.topic.replication.factor", "1");
        p.put("offsets.topic.num.partitions", "1");
        p.put("transaction.state.log.replication.factor", "1");
        p.put("transaction.state.log.min.isr", "1");
        p.put("transaction.state.log.num.partitions", "1");
        p.put("share.coordinator.state.topic.replication.factor", "1");
        p.put("share.coordinator.state.topic.min.isr", "1");
        // A group of one member need not wait for others; a dead member may be noticed faster than the usual 6 s.
        p.put("group.initial.rebalance.delay.ms", "0");
        p.put("group.min.session.timeout.ms", "1000");
        // After a kill the next process is refused until the dead broker's session is over.
        p.put("broker.session.timeout.ms", "3000");
        p.put("broker.heartbeat.interval.ms", "500");
    }

    private static void smallFootprint(Properties p) {
        p.put("num.network.threads", "2");
        p.put("num.io.threads", "4");
        p.put("background.threads", "2");
        p.put("num.recovery.threads.per.data.dir", "2");
        p.put("log.index.size.max.bytes", "1048576");
        // The cleaner would take 128 MiB at once; a broker refuses less than 1 MiB a thread. Looking each second lets tests see
        // it.
        p.put("log.cleaner.threads", "1");
        p.put("log.cleaner.dedupe.buffer.size", "4194304");
        p.put("log.cleaner.io.buffer.size", "262144");
        p.put("log.cleaner.backoff.ms", "1000");
    }

    /** Writes what a KRaft broker wants to find in its data directory; leaves a directory that has it alone. */
    void format() {
        if (Files.exists(data.resolve("meta.properties"))) {
            return;
        }
        Formatter formatter = new Formatter()
                .setPrintStream(new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8))
                .setClusterId(Uuid.randomUuid().toString())
                .setNodeId(NODE)
                .addDirectory(data.toString())
                .setMetadataLogDirectory(data.toString())
                .setReleaseVersion(MetadataVersion.LATEST_PRODUCTION)
                .setControllerListenerName("CONTROLLER");
        try {
            Files.createDirectories(data);
            formatter.run();
        } catch (Exception e) {
            throw new IllegalStateException("cannot make " + data + " a broker's data directory", e);
        }
    }
}

package io.guestchat.broker;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.utils.Time;
import org.awaitility.Awaitility;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A whole Kafka server in this process: broker and controller in one, KRaft mode, on loopback.
 *
 * <p>It is the real thing, not a double: what it stores survives {@link #stop()} and {@link #startAgain()}, which keep the port
 * and the data, so that clients that are up meanwhile see an outage and its end. Topics are not created by themselves.
 *
 * <p>{@code start}, {@code stop}, {@code startAgain} and {@code close} block until done. They are for one thread at a time.
 */
public final class EmbeddedKafka implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(EmbeddedKafka.class);

    private final BrokerSettings settings;
    private final boolean ownsData;
    private KafkaRaftServer server;

    private EmbeddedKafka(BrokerSettings settings, boolean ownsData) {
        this.settings = settings;
        this.ownsData = ownsData;
    }

    /** Starts a broker on a free port with its data in a temporary directory. */
    public static EmbeddedKafka start() {
        return start(Map.of());
    }

    /** Starts a broker on a free port, in a temporary directory; {@code brokerProperties} win over the defaults of this class. */
    public static EmbeddedKafka start(Map<String, String> brokerProperties) {
        return start(LoopbackPorts.free(), temporaryDirectory(), true, List.of(), brokerProperties);
    }

    /** Starts a broker as {@link #start()} does, with more listeners beside its open one. */
    public static EmbeddedKafka start(List<ProtectedListener> more, Map<String, String> brokerProperties) {
        return start(LoopbackPorts.free(), temporaryDirectory(), true, more, brokerProperties);
    }

    /**
     * Starts a broker on {@code port} that keeps its data in {@code data}.
     *
     * @param data made where it is missing, taken up where it holds a broker's data, and left alone by {@link #close()}
     */
    public static EmbeddedKafka start(int port, Path data, Map<String, String> brokerProperties) {
        return start(port, data, false, List.of(), brokerProperties);
    }

    static EmbeddedKafka startOnTemporaryData(int port) {
        return start(port, temporaryDirectory(), true, List.of(), Map.of());
    }

    private static EmbeddedKafka start(int port, Path data, boolean ownsData, List<ProtectedListener> more,
            Map<String, String> brokerProperties) {
        BrokerSettings settings = new BrokerSettings(port, LoopbackPorts.freeOtherThan(port), data, List.copyOf(more), Map.copyOf(brokerProperties));
        EmbeddedKafka kafka = new EmbeddedKafka(settings, ownsData);
        try {
            settings.format();
            kafka.startAgain();
            return kafka;
        } catch (RuntimeException failed) {
            kafka.close();
            throw failed;
        }
    }

    /** What clients take as {@code bootstrap.servers}; the same over a restart. */
    public String bootstrapServers() {
        return settings.bootstrapServers();
    }

    /**
     * Makes a topic and waits until each of its partitions serves.
     *
     * <p>A broker tells of a new topic a moment before it serves it. An idempotent producer that sends just then may have its
     * first batch refused and its second accepted; the first is then out of sequence and gone, after two minutes of retries.
     */
    public void createTopic(String name, int partitions, Map<String, String> configs) {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers()))) {
            NewTopic topic = new NewTopic(name, Optional.of(partitions), Optional.of((short) 1)).configs(configs);
            admin.createTopics(List.of(topic)).all().get();
            Awaitility.await().pollInterval(Duration.ofMillis(20)).ignoreExceptions().untilAsserted(() -> admin.listOffsets(
                    IntStream.range(0, partitions).boxed().collect(
                            Collectors.toMap(p -> new TopicPartition(name, p), p -> OffsetSpec.latest()))).all().get());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        } catch (ExecutionException e) {
            throw new IllegalStateException("cannot create topic " + name, e.getCause());
        }
    }

    /** Ends the broker in an orderly way; its port refuses connections until {@link #startAgain()}. No-op where it is down. */
    public void stop() {
        if (server != null) {
            server.shutdown();
            server.awaitShutdown();
            server = null;
            log.info("broker stopped at={}", bootstrapServers());
        }
    }

    /** Starts the stopped broker on the same port with the same data; returns when it serves. */
    public void startAgain() {
        if (server != null) {
            throw new IllegalStateException("the broker is up");
        }
        long began = System.nanoTime();
        server = new KafkaRaftServer(KafkaConfig.fromProps(settings.properties()), Time.SYSTEM);
        server.startup();
        log.info("broker started at={} ms={}", bootstrapServers(), (System.nanoTime() - began) / 1_000_000);
    }

    /** Stops the broker and deletes its data, unless the caller chose the directory. */
    @Override
    public void close() {
        stop();
        if (ownsData) {
            delete(settings.data());
        }
    }

    private static Path temporaryDirectory() {
        try {
            return Files.createTempDirectory("embedded-kafka-");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void delete(Path directory) {
        try (Stream<Path> files = Files.walk(directory)) {
            List<Path> deepestFirst = files.sorted(Comparator.reverseOrder()).toList();
            for (Path file : deepestFirst) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

package io.guestchat.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;

import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedKafkaIT {
    @Test
    void givenARecord_whenTheBrokerStopsAndStartsAgain_thenTheRecordIsThereOnTheSamePort() throws Exception {
        try (EmbeddedKafka kafka = EmbeddedKafka.start()) {
            String before = kafka.bootstrapServers();
            kafka.createTopic("letters", 1, Map.of());
            produce(before, "letters", "a", "one");

            kafka.stop();
            assertThatThrownBy(() -> connect(before)).isInstanceOf(IOException.class);
            kafka.startAgain();

            assertThat(kafka.bootstrapServers()).isEqualTo(before);
            produce(before, "letters", "a", "two");
            assertThat(consume(before, "letters", 2)).containsExactly("one", "two");
        }
    }

    @Test
    void givenAGroupsOffset_whenTheBrokerStopsAndStartsAgain_thenTheGroupGoesOnWhereItWas() throws Exception {
        try (EmbeddedKafka kafka = EmbeddedKafka.start()) {
            kafka.createTopic("letters", 1, Map.of());
            produce(kafka.bootstrapServers(), "letters", "a", "one");
            assertThat(consume(kafka.bootstrapServers(), "letters", 1)).containsExactly("one");

            kafka.stop();
            kafka.startAgain();

            produce(kafka.bootstrapServers(), "letters", "a", "two");
            assertThat(consume(kafka.bootstrapServers(), "letters", 1)).containsExactly("two");
        }
    }

    @Test
    void givenATopicThatWasNeverMade_whenItIsDescribed_thenTheBrokerDoesNotMakeIt() throws Exception {
        try (EmbeddedKafka kafka = EmbeddedKafka.start(); Admin admin = admin(kafka.bootstrapServers())) {
            assertThatThrownBy(() -> admin.describeTopics(List.of("nowhere")).allTopicNames().get())
                    .isInstanceOf(ExecutionException.class).hasCauseInstanceOf(UnknownTopicOrPartitionException.class);
        }
    }

    @Test
    void givenACompactedTopic_whenAKeyIsOverwritten_thenTheCleanerLeavesOnlyTheLatestOfTheClosedSegments() throws Exception {
        try (EmbeddedKafka kafka = EmbeddedKafka.start()) {
            kafka.createTopic("states", 1, Map.of(
                    "cleanup.policy", "compact", "segment.ms", "200", "min.cleanable.dirty.ratio", "0.01"));
            for (int i = 1; i <= 20; i++) {
                produce(kafka.bootstrapServers(), "states", "chat", "v" + i);
            }

            await().atMost(Duration.ofSeconds(30)).pollInterval(Duration.ofMillis(300)).untilAsserted(() -> {
                // A segment closes only when the next record comes.
                produce(kafka.bootstrapServers(), "states", "other", "roll");
                assertThat(readFromStart(kafka.bootstrapServers(), "states", "roll").stream().filter(v -> v.startsWith("v")))
                        .containsExactly("v20");
            });
        }
    }

    @Test
    void givenADataDirectoryOfTheCaller_whenClosedAndStartedOnIt_thenTheDataIsStillThere(@TempDir Path data) throws Exception {
        int port = LoopbackPorts.free();
        try (EmbeddedKafka kafka = EmbeddedKafka.start(port, data, Map.of())) {
            kafka.createTopic("letters", 1, Map.of());
            produce(kafka.bootstrapServers(), "letters", "a", "one");
        }

        try (EmbeddedKafka kafka = EmbeddedKafka.start(port, data, Map.of("message.max.bytes", "100000"))) {
            assertThat(kafka.bootstrapServers()).isEqualTo("127.0.0.1:" + port);
            assertThat(consume(kafka.bootstrapServers(), "letters", 1)).containsExactly("one");
        }
        assertThat(Files.exists(data.resolve("meta.properties"))).isTrue();
    }

    private static void connect(String address) throws IOException {
        String[] parts = address.split(":");
        new Socket(InetAddress.getByName(parts[0]), Integer.parseInt(parts[1])).close();
    }

    private static Admin admin(String bootstrapServers) {
        return Admin.create(Map.of("bootstrap.servers", bootstrapServers));
    }

    private static void produce(String bootstrapServers, String topic, String key, String value) throws Exception {
        try (KafkaProducer<String, String> producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", bootstrapServers), new StringSerializer(), new StringSerializer())) {
            producer.send(new ProducerRecord<>(topic, key, value)).get();
        }
    }

    private static List<String> consume(String bootstrapServers, String topic, int count) {
        List<String> values = new ArrayList<>();
        try (KafkaConsumer<String, String> consumer = consumer(bootstrapServers)) {
            consumer.subscribe(List.of(topic));
            await().atMost(Duration.ofSeconds(20)).until(() -> {
                consumer.poll(Duration.ofMillis(100)).forEach(r -> values.add(r.value()));
                return values.size() >= count;
            });
            consumer.commitSync();
        }
        return values;
    }

    private static List<String> readFromStart(String bootstrapServers, String topic, String last) {
        List<String> values = new ArrayList<>();
        try (KafkaConsumer<String, String> consumer = consumer(bootstrapServers)) {
            TopicPartition partition = new TopicPartition(topic, 0);
            consumer.assign(List.of(partition));
            consumer.seekToBeginning(List.of(partition));
            long end = consumer.endOffsets(List.of(partition)).get(partition);
            while (consumer.position(partition) < end) {
                consumer.poll(Duration.ofMillis(100)).forEach(r -> values.add(r.value()));
            }
        }
        assertThat(values).endsWith(last);
        return values;
    }

    private static KafkaConsumer<String, String> consumer(String bootstrapServers) {
        return new KafkaConsumer<>(Map.of("bootstrap.servers", bootstrapServers, "group.id", "readers",
                "auto.offset.reset", "earliest", "enable.auto.commit", "false"),
                new StringDeserializer(), new StringDeserializer());
    }
}

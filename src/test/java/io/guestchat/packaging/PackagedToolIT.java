package io.guestchat.packaging;

import static org.assertj.core.api.Assertions.assertThat;

import io.guestchat.harness.BridgeRig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The tools in the jar, as an operator runs them who has the properties, and neither routes nor a client of the platform. */
class PackagedToolIT {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir
    private Path home;

    @Test
    void givenTheJar_whenAToolIsRun_thenItPrintsWhatItFindsAndNothingElse() throws Exception {
        try (BridgeRig rig = BridgeRig.withoutBridge(options -> options, Map.of())) {
            // given
            String topic = rig.settings().topics().deadLetters();
            rig.kafka().createTopic(topic, 1, Map.of());
            try (KafkaProducer<String, String> producer = new KafkaProducer<>(
                    Map.of("bootstrap.servers", rig.kafka().bootstrapServers()), new StringSerializer(), new StringSerializer())) {
                ProducerRecord<String, String> letter = new ProducerRecord<>(topic, 0, 0L, "Grüße", "{\"type\":\"status\"}");
                letter.headers().add("guestchat.error.code", "unknown-chat".getBytes());
                producer.send(letter).get();
            }

            // when
            try (JavaProcess tool = tool(rig.kafka().bootstrapServers(), topic, "dead-letters", "list")) {
                // then
                assertThat(tool.status(PATIENCE)).as("%s", tool.printed()).isZero();
                assertThat(tool.printed().strip()).isEqualTo(
                        "0@0 1970-01-01T00:00:00.000Z chat=Grüße code=unknown-chat type=status origin=- message=-");
            }
        }
    }

    @Test
    void givenTheJarAndNoKafka_whenAToolIsRun_thenOneLineIsAllThatItPrints() throws Exception {
        String nobody = "127.0.0.1:" + PackagedBridge.freePort();

        try (JavaProcess tool = tool(nobody, "dead-letters", "chats", "list", "--timeout", "1s")) {
            assertThat(tool.status(PATIENCE)).isEqualTo(1);
            assertThat(tool.printed().strip()).isEqualTo("guestchat-bridge: Kafka does not answer within 1s: " + nobody);
        }
    }

    private JavaProcess tool(String brokers, String deadLetters, String... arguments) throws IOException {
        Files.copy(Checkout.ROOT.resolve("application.properties"), home.resolve("application.properties"));
        String[] java = new String[arguments.length + 2];
        java[0] = "-jar";
        java[1] = PackagedBridge.JAR.toString();
        System.arraycopy(arguments, 0, java, 2, arguments.length);
        return new JavaProcess(home, home.resolve("tool.log"),
                Map.of("KAFKA_BROKERS", brokers, "TOPICS_DEAD_LETTERS", deadLetters, "LC_ALL", "C"), java);
    }
}

package io.guestchat.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ToolSettingsTest {

    @TempDir
    private Path home;

    @Test
    void givenNoClientOfThePlatformAndFaultsInOtherKeys_whenReadForTools_thenTheyDoNotCount() throws IOException {
        ToolSettings settings = read(
                "chat.max-live=none\nchat.max-lives=5\nlog.level=LOUD\ngenesys.url=nonsense\nkafka.brokers=a:1",
                Map.of("KAFKA_BROKERS", "b:2", "GENESYS_URL", "nonsense"), "topics.events");

        assertThat(settings.kafka().brokers()).isEqualTo("b:2");
        assertThat(settings.topics().deadLetters()).isEqualTo("guestchat.requests.dlq");
        assertThat(settings.topics().events()).isEqualTo("of-the-option");
    }

    @Test
    void givenFaultsInTheKeysThatToolsUse_whenReadForTools_thenEachIsTold() {
        InvalidSettingsException refusal = catchThrowableOfType(InvalidSettingsException.class, () ->
                read("kafka.brokers=nowhere\ntopics.requests=a/b\nkafka.broker=x:1", Map.of(), "topics.evnts"));

        assertThat(refusal.faults()).extracting(Fault::key)
                .containsExactly("kafka.brokers", "topics.requests", "kafka.broker", "topics.evnts");
    }

    private ToolSettings read(String file, Map<String, String> environment, String option) throws IOException {
        Properties options = new Properties();
        options.setProperty(option, "of-the-option");
        Path path = Files.writeString(home.resolve("application.properties"), file);
        return SettingsReader.readForTools(path, environment, options);
    }
}

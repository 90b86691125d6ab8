package io.guestchat.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SpecVersion.VersionFlag;
import io.guestchat.config.SettingsReader;
import io.guestchat.config.TopicSettings;
import io.guestchat.contract.AsyncApiDocument.Message;
import io.guestchat.harness.RecordSchemas;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** {@code asyncapi.yaml}: it is what it says, and its examples are what they stand for. */
class AsyncApiTest {

    private static final AsyncApiDocument DOCUMENT = AsyncApiDocument.read();
    private static final List<String> CHANNELS = List.of("requests", "messages", "events", "history", "dead-letters");

    static Stream<Arguments> messages() {
        return CHANNELS.stream().flatMap(channel -> DOCUMENT.messages(channel).entrySet().stream()
                .map(message -> Arguments.of(channel, message.getKey(), message.getValue())));
    }

    @Test
    void givenTheSchemaOfAsyncApiDocuments_whenTheDocumentIsReadByIt_thenItIsOne() throws IOException {
        JsonSchema schema;
        try (InputStream published = AsyncApiTest.class.getResourceAsStream("/asyncapi/3.0.0.json")) {
            schema = JsonSchemaFactory.getInstance(VersionFlag.V7).getSchema(published);
        }

        assertThat(schema.validate(DOCUMENT.content())).isEmpty();
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("messages")
    void givenAMessage_whenItsExamplesAreReadByItsSchemas_thenTheyAreValid(String channel, String name, Message message) {
        assertThat(message.name()).isEqualTo(name);
        assertThat(message.examples()).isNotEmpty().allSatisfy(example -> {
            if (message.payload() != null) {
                assertThat(RecordSchemas.faults(message.payload(), example.path("payload"))).as("payload of %s", example).isEmpty();
            }
            if (message.headers() != null) {
                assertThat(RecordSchemas.faults(message.headers(), example.path("headers"))).as("headers of %s", example).isEmpty();
            }
        });
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("messages")
    void givenAMessageOfTheBridge_whenItsHeadersAreRead_thenTheyAreThoseOfItsKind(String channel, String name, Message message) {
        switch (channel) {
            case "requests" -> assertThat(message.headers()).isNull();
            case "dead-letters" -> assertThat(message.headers()).isEqualTo("dead-letter-headers.json");
            default -> {
                assertThat(message.headers()).isEqualTo("cloud-event-headers.json");
                assertThat(message.examples()).allSatisfy(example -> {
                    assertThat(example.at("/headers/ce_type").asText()).isEqualTo("io.guestchat." + name + ".v1");
                    assertThat(example.at("/headers/ce_id")).isEqualTo(example.at("/payload/id"));
                    assertThat(example.at("/headers/ce_subject")).isEqualTo(example.at("/payload/chatId"));
                    assertThat(example.at("/headers/ce_causationid")).isEqualTo(example.at("/payload/requestId"));
                });
            }
        }
        if (!channel.equals("dead-letters")) {
            assertThat(message.key()).isEqualTo("./src/main/resources/schemas/common.json#/$defs/chatId");
        }
    }

    @Test
    void givenTheDefaults_whenTheChannelsAreRead_thenTheirAddressesAreTheTopics() {
        TopicSettings topics = SettingsReader.of(Map.of("genesys.client-id", "any", "genesys.client-secret", "any"), Path.of("")
                .toAbsolutePath()).topics();

        assertThat(DOCUMENT.content().path("channels").properties()).extracting(Map.Entry::getKey)
                .containsExactlyElementsOf(CHANNELS);
        assertThat(CHANNELS).extracting(channel -> DOCUMENT.channel(channel).path("address").asText()).containsExactly(topics.requests(),
                topics.messages(), topics.events(), topics.history(), topics.deadLetters());
        assertThat(CHANNELS).extracting(channel -> DOCUMENT.channel(channel).at("/bindings/kafka")).allSatisfy(binding ->
                assertThat(binding.path("partitions").asInt()).isEqualTo(topics.partitions()));
        assertThat(CHANNELS).allSatisfy(channel -> assertThat(DOCUMENT.channel(channel).at("/bindings/kafka/topic"))
                .isEqualTo(DOCUMENT.channel(channel).path("address")));
    }

    @Test
    void givenTheChannels_whenTheOperationsAreRead_thenTheBridgeReceivesRequestsAndSendsTheRest() {
        Map<String, String> actions = new TreeMap<>();
        DOCUMENT.content().path("operations").forEach(operation -> actions.put(operation.at("/channel/$ref").asText(),
                operation.path("action").asText()));

        assertThat(actions).isEqualTo(Map.of("#/channels/requests", "receive", "#/channels/messages", "send", "#/channels/events",
                "send", "#/channels/history", "send", "#/channels/dead-letters", "send"));
    }

    @ParameterizedTest
    @MethodSource("schemas")
    void givenASchema_whenReadByTheSchemaOfSchemas_thenItIsOneAndIsNamedAfterItsFile(String file) {
        JsonNode schema = RecordSchemas.read(file);

        assertThat(JsonSchemaFactory.getInstance(VersionFlag.V202012)
                .getSchema(SchemaLocation.of(schema.path("$schema").asText())).validate(schema)).isEmpty();
        assertThat(schema.path("$schema").asText()).isEqualTo("https://json-schema.org/draft/2020-12/schema");
        assertThat(schema.path("$id").asText()).isEqualTo("https://guestchat.io/schemas/" + file);
    }

    static List<String> schemas() {
        return RecordSchemas.files();
    }

    @Test
    void givenTheRecordsOfTheReadme_whenReadByTheirSchemas_thenTheyAreValid() throws IOException {
        List<JsonNode> records = Files.readString(Path.of("README.md")).lines().filter(line -> line.startsWith("{\"id\""))
                .map(AsyncApiTest::json).toList();

        assertThat(records).hasSizeGreaterThan(8).allSatisfy(record -> assertThat(RecordSchemas.faults(schemaOf(record), record))
                .as("%s", record).isEmpty());
    }

    private static String schemaOf(JsonNode record) {
        return record.has("type") ? "events/" + record.path("type").asText() + ".json"
                : record.has("messages") ? "history-page.json" : "message.json";
    }

    private static JsonNode json(String line) {
        try {
            return JsonMapper.builder().build().readTree(line);
        } catch (IOException notJson) {
            throw new IllegalStateException(notJson);
        }
    }
}

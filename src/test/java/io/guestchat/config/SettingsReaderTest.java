package io.guestchat.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.guestchat.config.KafkaSecurity.SaslMechanism;
import io.guestchat.tls.ClientTls;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.stream.Stream;
import org.apache.kafka.common.security.auth.SecurityProtocol;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SettingsReaderTest {

    private static final String SECRET = "s3cr3t-of-the-client";

    @TempDir
    private Path home;

    private final Map<String, String> file = new HashMap<>();
    private final Map<String, String> environment = new HashMap<>();
    private final Properties options = new Properties();

    @BeforeEach
    void aFileWithWhatIsNeeded() {
        file.put("genesys.client-id", "client");
        file.put("genesys.client-secret", SECRET);
    }

    @Test
    void givenOnlyWhatIsNeeded_whenRead_thenTheRestIsAsInTheContract() {
        Settings settings = read();

        assertThat(settings.kafka()).isEqualTo(new KafkaSettings("localhost:9092", "guestchat-bridge", Duration.ofSeconds(10),
                new KafkaSecurity(SecurityProtocol.PLAINTEXT, SaslMechanism.SCRAM_SHA_512, null, null, ClientTls.ofTheJdk())));
        assertThat(settings.genesys()).isEqualTo(new GenesysSettings(URI.create("https://mycompany.mypurecloud.com"),
                URI.create("https://mycompany.mypurecloud.com/oauth/token"), URI.create("wss://mycompany.mypurecloud.com"),
                "client", new Secret(SECRET), Duration.ofSeconds(60), 1000, 300, Duration.ofSeconds(5),
                ClientTls.ofTheJdk(), Optional.empty()));
        assertThat(settings.topics()).isEqualTo(new TopicSettings("guestchat.requests", "guestchat.messages", "guestchat.events",
                "guestchat.history", "guestchat.requests.dlq", "guestchat.sessions", true, 12, (short) 1));
        assertThat(settings.requests()).isEqualTo(new RequestSettings(Duration.ofMinutes(15)));
        assertThat(settings.guest()).isEqualTo(new GuestSettings("en-US"));
        assertThat(settings.chat()).isEqualTo(new ChatSettings(4096, 5, 100, 262_144, 1000, Duration.ofHours(24), 20_000));
        assertThat(settings.log()).isEqualTo(new LogSettings(LogSettings.Level.INFO, LogSettings.Format.TEXT));
        assertThat(settings.runtime()).isEqualTo(
                new RuntimeSettings("127.0.0.1", 9876, Duration.ofSeconds(30), "file:routes/*.camel.yaml"));
    }

    @Test
    void givenAVariable_whenRead_thenItBeatsTheFile() {
        file.put("kafka.group-id", "from-the-file");
        environment.put("KAFKA_GROUP_ID", "from-the-variable");
        environment.put("GENESYS_RETRY_MAX_ELAPSED", "90s");
        environment.put("CAMEL_MANAGEMENT_PORT", "1234");
        environment.put("CAMEL_MAIN_SHUTDOWN_TIMEOUT", "7");

        Settings settings = read();

        assertThat(settings.kafka().groupId()).isEqualTo("from-the-variable");
        assertThat(settings.genesys().retryMaxElapsed()).isEqualTo(Duration.ofSeconds(90));
        assertThat(settings.runtime().managementPort()).isEqualTo(1234);
        assertThat(settings.runtime().shutdownTimeout()).isEqualTo(Duration.ofSeconds(7));
    }

    @Test
    void givenAnOptionOfTheJvm_whenRead_thenItBeatsTheVariable() {
        environment.put("KAFKA_GROUP_ID", "from-the-variable");
        options.setProperty("kafka.group-id", "from-the-option");

        assertThat(read().kafka().groupId()).isEqualTo("from-the-option");
    }

    @Test
    void givenABlankVariable_whenRead_thenItCountsAsNotGiven() {
        file.put("kafka.group-id", "from-the-file");
        environment.put("KAFKA_GROUP_ID", "");
        environment.put("TOPICS_REQUESTS", " ");

        Settings settings = read();

        assertThat(settings.kafka().groupId()).isEqualTo("from-the-file");
        assertThat(settings.topics().requests()).isEqualTo("guestchat.requests");
    }

    @Test
    void givenSpacesAroundValues_whenRead_thenTheyAreNotPartOfThem() {
        file.put("kafka.brokers", " a:1 , [::1]:2 ");
        file.put("genesys.client-secret", " " + SECRET + "\t");

        Settings settings = read();

        assertThat(settings.kafka().brokers()).isEqualTo("a:1,[::1]:2");
        assertThat(settings.genesys().clientSecret().reveal()).isEqualTo(SECRET);
    }

    @Test
    void givenCamelsOtherSpelling_whenRead_thenItIsTheSameKey() {
        file.put("camel.main.shutdownTimeout", "12");

        assertThat(read().runtime().shutdownTimeout()).isEqualTo(Duration.ofSeconds(12));
    }

    @Test
    void givenASecretFile_whenRead_thenItsTextIsTheSecretWithoutTheLineEnd() throws IOException {
        file.remove("genesys.client-secret");
        file.put("genesys.client-secret-file", "secret.txt");
        Files.writeString(home.resolve("secret.txt"), SECRET + "\r\n");

        assertThat(read().genesys().clientSecret().reveal()).isEqualTo(SECRET);
    }

    @ParameterizedTest
    @CsvSource({
        "https://a.example,         https://a.example,      https://a.example/oauth/token,      wss://a.example",
        "https://a.example/,        https://a.example,      https://a.example/oauth/token,      wss://a.example",
        "http://localhost:81//,     http://localhost:81,    http://localhost:81/oauth/token,    ws://localhost:81",
        "HTTPS://a.example:8443/p/, https://a.example:8443/p, https://a.example:8443/p/oauth/token, wss://a.example:8443/p"})
    void givenOnlyTheBaseUrl_whenRead_thenTheOthersAreDerivedFromIt(String given, URI base, URI oauth, URI websocket) {
        file.put("genesys.url", given);

        GenesysSettings genesys = read().genesys();

        assertThat(genesys.url()).isEqualTo(base);
        assertThat(genesys.oauthUrl()).isEqualTo(oauth);
        assertThat(genesys.websocketUrl()).isEqualTo(websocket);
    }

    @Test
    void givenUrlsOnOtherHosts_whenRead_thenTheyAreNotDerived() {
        file.put("genesys.oauth-url", "https://login.example/oauth/token");
        file.put("genesys.websocket-url", "wss://socket.example/");

        GenesysSettings genesys = read().genesys();

        assertThat(genesys.oauthUrl()).isEqualTo(URI.create("https://login.example/oauth/token"));
        assertThat(genesys.websocketUrl()).isEqualTo(URI.create("wss://socket.example"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "kafka.brokers               | localhost            | not host:port, or several with commas between: \"localhost\"",
        "kafka.brokers               | a:1,,b:2             | not host:port, or several with commas between: \"\"",
        "kafka.brokers               | a:99999              | not host:port, or several with commas between: \"a:99999\"",
        "kafka.session-timeout       | 5999ms               | out of range (6s to 5m): \"5999ms\"",
        "kafka.session-timeout       | 10                   | not a duration like 500ms, 5s, 2m or 24h: \"10\"",
        "kafka.session-timeout       | 10 sec               | not a duration like 500ms, 5s, 2m or 24h: \"10 sec\"",
        "genesys.url                 | ftp://a.example      | has to begin with https:// or http://",
        "genesys.url                 | a.example            | has to begin with https:// or http://",
        "genesys.url                 | https://             | not a URL",
        "genesys.url                 | https://a b          | not a URL",
        "genesys.url                 | https://a.example?q  | must hold no query and no fragment",
        "genesys.url                 | https://a.example/#f | must hold no query and no fragment",
        "genesys.oauth-url           | wss://a.example      | has to begin with https:// or http://",
        "genesys.websocket-url       | https://a.example    | has to begin with wss:// or ws://",
        "genesys.client-id           | a:b                  | must hold no colon",
        "genesys.retry.max-elapsed   | 0s                   | out of range (1s to 15m): \"0s\"",
        "genesys.connect.per-minute  | many                 | not a whole number: \"many\"",
        "genesys.requests-per-minute | 0                    | out of range (1 to 240000): \"0\"",
        "genesys.assignment.poll-after | 1h                 | out of range (100ms to 5m): \"1h\"",
        "topics.requests             | a/b                  | not a topic name (1 to 249 of a-z A-Z 0-9 . _ -): \"a/b\"",
        "topics.history              | ..                   | not a topic name (1 to 249 of a-z A-Z 0-9 . _ -): \"..\"",
        "topics.create               | yes                  | not true or false: \"yes\"",
        "topics.partitions           | 1.5                  | not a whole number: \"1.5\"",
        "topics.replication-factor   | 70000                | out of range (1 to 15): \"70000\"",
        "requests.max-age            | -5s                  | not a duration like 500ms, 5s, 2m or 24h: \"-5s\"",
        "guest.default-language      | english please       | not a language tag like en or en-US: \"english please\"",
        "chat.max-text-bytes         | 65537                | out of range (1 to 65536): \"65537\"",
        "chat.messages-per-second    | -1                   | out of range (1 to 1000): \"-1\"",
        "chat.backlog.max-messages   | 0                    | out of range (1 to 10000): \"0\"",
        "chat.backlog.max-bytes | 4095 | less than chat.max-text-bytes: the longest text could never be held",
        "chat.queue.max-messages     | 99999999999999       | out of range (1 to 100000): \"99999999999999\"",
        "chat.idle-timeout           | 721h                 | out of range (1s to 720h): \"721h\"",
        "chat.max-live               | 0                    | out of range (1 to 1000000): \"0\"",
        "log.level                   | loud                 | not one of OFF, ERROR, WARN, INFO, DEBUG, TRACE: \"loud\"",
        "log.format                  | xml                  | not one of TEXT, JSON: \"xml\"",
        "camel.management.port       | 65536                | out of range (0 to 65535): \"65536\"",
        "camel.main.shutdown-timeout | 30s                  | not a whole number: \"30s\""})
    void givenAValueThatCannotBe_whenRead_thenItsFaultSaysWhatWouldBeRight(String key, String value, String problem) {
        file.put(key, value);

        assertThat(faults()).containsExactly(new Fault(key, problem));
    }

    @ParameterizedTest
    @CsvSource({
        "kafka.session-timeout, 6s", "kafka.session-timeout, 5m", "chat.max-text-bytes, 65536", "chat.max-text-bytes, 1",
        "topics.partitions, 1", "chat.idle-timeout, 720h", "camel.management.port, 0", "log.level, debug", "log.format, JSON",
        "guest.default-language, zh-Hant-TW", "topics.create, FALSE", "genesys.assignment.poll-after, 100ms"})
    void givenAValueAtTheEdge_whenRead_thenItIsTaken(String key, String value) {
        file.put(key, value);

        assertThat(read().asProperties().getProperty(key)).isEqualToIgnoringCase(value);
    }

    @ParameterizedTest
    @CsvSource({
        "topics.events, guestchat.messages, topics.messages",
        "topics.sessions, guestchat.requests, topics.requests",
        "topics.sessions, guestchat_requests, topics.requests"})
    void givenTwoTopicsThatKafkaTakesForOne_whenRead_thenTheSecondIsAtFault(String key, String name, String first) {
        file.put(key, name);

        assertThat(faults()).containsExactly(new Fault(key, "the same topic as " + first + ": \"" + name + "\""));
    }

    @Test
    void givenATopicNameOf250Characters_whenRead_thenItIsAtFaultAndShownInShort() {
        file.put("topics.events", "x".repeat(250));

        assertThat(faults()).singleElement().satisfies(fault ->
                assertThat(fault.problem()).startsWith("not a topic name").endsWith("x...\"").hasSizeLessThan(150));
    }

    @ParameterizedTest
    @CsvSource({
        "kafka.broker, kafka.brokers", "genesys.clientId, genesys.client-id", "genesys.client_secret, genesys.client-secret",
        "topics.deadletters, topics.dead-letters", "chat.max-text-byte, chat.max-text-bytes", "log.levle, log.level"})
    void givenAMisspeltKey_whenRead_thenTheFaultNamesTheRightOne(String misspelt, String meant) {
        file.put(misspelt, "1");

        assertThat(faults()).containsExactly(new Fault(misspelt, "no such key; did you mean " + meant + "?"));
    }

    @Test
    void givenAnUnknownKeyOfManyLinesAndLetters_whenRead_thenTheFaultIsOneShortLine() {
        file.put("chat.\ngenesys.url: all is well\u2028\u202e" + "x".repeat(500), "1");

        assertThat(faults()).singleElement().satisfies(fault -> assertThat(fault.toString()).hasSizeLessThan(200)
                .startsWith("chat.?genesys.url: all is well??x").doesNotContainPattern("[\\p{C}\\p{Zl}]"));
    }

    @Test
    void givenAnUnknownOption_whenRead_thenItIsAtFaultToo() {
        options.setProperty("chat.colour", "green");

        assertThat(faults()).containsExactly(new Fault("chat.colour", "no such key"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"camel.component.kafka.linger-ms", "camel.nonsense", "my.own.key", "kafkaesque.key"})
    void givenAKeyOfAnotherPrefix_whenRead_thenItIsNotOurs(String key) {
        file.put(key, "1");

        assertThat(read()).isNotNull();
    }

    @Test
    void givenVariablesThatKubernetesSets_whenRead_thenTheyAreNoFaults() {
        environment.put("KAFKA_PORT", "tcp://10.0.0.1:9092");
        environment.put("KAFKA_SERVICE_HOST", "10.0.0.1");

        assertThat(read().kafka().brokers()).isEqualTo("localhost:9092");
    }

    @Test
    void givenNeitherClientNorSecret_whenRead_thenBothAreMissing() {
        file.clear();

        assertThat(faults()).extracting(Fault::key).containsExactly("genesys.client-id", "genesys.client-secret");
        assertThat(faults()).extracting(Fault::problem).allSatisfy(problem -> assertThat(problem).startsWith("missing"));
    }

    @Test
    void givenTheSecretTwice_whenRead_thenItIsAtFault() {
        file.put("genesys.client-secret-file", "secret.txt");

        assertThat(faults()).containsExactly(
                new Fault("genesys.client-secret", "given twice; leave out either this or genesys.client-secret-file"));
    }

    @Test
    void givenASecretFileThatCannotBeUsed_whenRead_thenTheFaultSaysWhy() throws IOException {
        file.remove("genesys.client-secret");
        Files.writeString(home.resolve("empty"), " \n");
        Files.write(home.resolve("binary"), new byte[] {(byte) 0xff, (byte) 0xfe, 0});
        Files.createDirectory(home.resolve("folder"));

        assertThat(Stream.of("absent", "empty", "binary", "folder").map(this::secretFileFault))
                .containsExactly("no such file: \"absent\"", "the file is empty: \"empty\"",
                        "the file is not text in UTF-8: \"binary\"", "the file cannot be read (IOException): \"folder\"");
    }

    @Test
    void givenManyFaults_whenRead_thenAllAreToldInTheOrderOfTheKeys() {
        file.clear();
        file.put("kafka.brokers", "nowhere");
        file.put("genesys.url", "https://user:" + SECRET + "@a.example");
        file.put("chat.max-live", "lots");
        file.put("chat.max-lives", "9");

        assertThat(faults()).extracting(Fault::key).containsExactly(
                "kafka.brokers", "genesys.url", "genesys.client-id", "genesys.client-secret", "chat.max-live", "chat.max-lives");
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://user:" + SECRET + "@a.example", SECRET, "https://a.example?token=" + SECRET,
        "https://a.example:1x/" + SECRET, "https://" + SECRET + " /"})
    void givenASecretInTheWrongPlace_whenRead_thenNoFaultShowsIt(String url) {
        file.put("genesys.url", url);
        file.put("genesys.client-secret-file", "absent");
        file.put("genesys.client-id", SECRET + ":" + SECRET);

        InvalidSettingsException refusal = refusal();

        assertThat(refusal.faults()).hasSize(3);
        assertThat(refusal).hasMessageNotContaining(SECRET);
        assertThat(refusal.faults().toString()).doesNotContain(SECRET);
    }

    @Test
    void givenAValueWithALineEnd_whenRead_thenTheFaultIsOneLine() {
        file.put("kafka.brokers", "a\nb\u001b[31m");

        assertThat(faults()).extracting(Fault::toString).containsExactly(
                "kafka.brokers: not host:port, or several with commas between: \"a?b?[31m\"");
    }

    @Test
    void givenAFile_whenRead_thenItIsReadInUtf8() throws IOException {
        Path path = home.resolve("application.properties");
        Files.writeString(path, "genesys.client-id=zoë\ngenesys.client-secret: geheim-ß \n");

        Settings settings = SettingsReader.read(path, environment, options);

        assertThat(settings.genesys().clientId()).isEqualTo("zoë");
        assertThat(settings.genesys().clientSecret().reveal()).isEqualTo("geheim-ß");
    }

    @Test
    void givenNoFile_whenRead_thenTheFaultSaysWhereItWasSought() {
        Path path = home.resolve("application.properties");

        InvalidSettingsException refusal = catchThrowableOfType(InvalidSettingsException.class,
                () -> SettingsReader.read(path, environment, options));

        assertThat(refusal.faults()).containsExactly(
                new Fault("application.properties", "not in " + home + "; the bridge is started where it lies"));
    }

    @Test
    void givenAFileThatIsNoProperties_whenRead_thenTheFaultDoesNotQuoteIt() throws IOException {
        Path path = home.resolve("application.properties");
        Files.writeString(path, "genesys.client-secret=\\u12" + SECRET);

        InvalidSettingsException refusal = catchThrowableOfType(InvalidSettingsException.class,
                () -> SettingsReader.read(path, environment, options));

        assertThat(refusal.faults()).singleElement().satisfies(fault ->
                assertThat(fault.problem()).startsWith("cannot be read as properties").doesNotContain(SECRET));
    }

    @Test
    void givenSettings_whenAsProperties_thenReadingThemAgainGivesTheSame() {
        file.put("genesys.url", "http://localhost:8080");
        file.put("kafka.session-timeout", "6500ms");
        file.put("chat.idle-timeout", "90m");
        Settings settings = read();

        Properties properties = settings.asProperties();

        assertThat(properties.stringPropertyNames()).doesNotContain("genesys.client-secret", "genesys.client-secret-file");
        assertThat(properties.toString()).doesNotContain(SECRET);
        Map<String, String> again = new HashMap<>(Map.of("genesys.client-secret", SECRET));
        properties.stringPropertyNames().forEach(name -> again.put(name, properties.getProperty(name)));
        assertThat(SettingsReader.of(again, home)).isEqualTo(settings);
    }

    @Test
    void givenSettings_whenPrinted_thenTheSecretIsNotSeen() {
        assertThat(read().toString()).contains("clientSecret=***").doesNotContain(SECRET);
    }

    private String secretFileFault(String name) {
        file.put("genesys.client-secret-file", name);
        assertThat(faults()).singleElement().extracting(Fault::key).isEqualTo("genesys.client-secret-file");
        return faults().get(0).problem();
    }

    private Settings read() {
        Path path = home.resolve("application.properties");
        Properties properties = new Properties();
        properties.putAll(file);
        try (var writer = Files.newBufferedWriter(path)) {
            properties.store(writer, null);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        return SettingsReader.read(path, environment, options);
    }

    private List<Fault> faults() {
        return refusal().faults();
    }

    private InvalidSettingsException refusal() {
        InvalidSettingsException refusal = catchThrowableOfType(InvalidSettingsException.class, this::read);
        assertThat(refusal).as("read without a fault").isNotNull();
        return refusal;
    }
}

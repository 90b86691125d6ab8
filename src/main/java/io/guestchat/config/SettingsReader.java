package io.guestchat.config;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.IllformedLocaleException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Reads {@link Settings} from a properties file, over that environment variables ({@code kafka.brokers} is
 * {@code KAFKA_BROKERS}), over that JVM options ({@code -Dkafka.brokers}), and checks all of it. Each range stands with its
 * reason where it is not plain. Every fault is found in one reading.
 */
public final class SettingsReader {

    private static final int HIGHEST_PORT = 65535;
    /** What {@link ToolSettings} are read from. */
    private static final Pattern OF_TOOLS = Pattern.compile("(kafka|topics|tls)\\..*");

    private final Values values;
    private final SecretReader secrets;
    private final TlsReader tls;

    private SettingsReader(Values values, Path home) {
        this.values = values;
        this.secrets = new SecretReader(values, home);
        this.tls = new TlsReader(values, home);
    }

    /**
     * Reads a file with the environment and the options of this JVM.
     *
     * @throws InvalidSettingsException with every fault
     */
    public static Settings read(Path file) {
        return read(file, System.getenv(), System.getProperties());
    }

    /**
     * Reads a file, in UTF-8. Relative names of files in it start where it lies.
     *
     * @throws InvalidSettingsException with every fault
     */
    public static Settings read(Path file, Map<String, String> environment, Properties system) {
        Path home = file.toAbsolutePath().getParent();
        return read(load(file), environment, system, home);
    }

    /**
     * Reads keys and values as if they stood in a file, without environment and options: for embedding and for tests.
     *
     * @param home where relative names of files start
     * @throws InvalidSettingsException with every fault
     */
    public static Settings of(Map<String, String> keysAndValues, Path home) {
        return read(keysAndValues, Map.of(), new Properties(), home);
    }

    /**
     * Reads of a file, the environment and the options of this JVM only what the operators' tools need. They run where there is
     * no client of the platform, so a fault in a key that they do not use is none to them.
     *
     * @throws InvalidSettingsException with every fault of the keys that they use
     */
    public static ToolSettings readForTools(Path file) {
        return readForTools(file, System.getenv(), System.getProperties());
    }

    static ToolSettings readForTools(Path file, Map<String, String> environment, Properties system) {
        Map<String, String> given = load(file);
        Values values = new Values(given, environment, system);
        SettingsReader reader = new SettingsReader(values, file.toAbsolutePath().getParent());
        ToolSettings settings = new ToolSettings(reader.kafka(), reader.topics());
        values.refuseUnknown(ofTools(given.keySet()));
        values.refuseUnknown(ofTools(system.stringPropertyNames()));
        return faultless(values, settings);
    }

    private static Set<String> ofTools(Set<String> names) {
        return names.stream().filter(OF_TOOLS.asMatchPredicate()).collect(Collectors.toCollection(TreeSet::new));
    }

    private static Settings read(Map<String, String> file, Map<String, String> environment, Properties system, Path home) {
        Values values = new Values(file, environment, system);
        Settings settings = new SettingsReader(values, home).settings();
        values.refuseUnknown(new TreeSet<>(file.keySet()));
        values.refuseUnknown(new TreeSet<>(system.stringPropertyNames()));
        return faultless(values, settings);
    }

    private static <T> T faultless(Values values, T read) {
        if (!values.faults().isEmpty()) {
            throw new InvalidSettingsException(values.faults());
        }
        return read;
    }

    private static Map<String, String> load(Path file) {
        Properties properties = new Properties();
        String problem = null;
        try (Reader reader = Files.newBufferedReader(file)) {
            properties.load(reader);
        } catch (NoSuchFileException e) {
            problem = "not in " + file.toAbsolutePath().getParent() + "; the bridge is started where it lies";
        } catch (IOException | IllegalArgumentException e) {
            // A bad character or a bad unicode escape; the text of the exception may quote the file.
            problem = "cannot be read as properties in UTF-8 (" + e.getClass().getSimpleName() + ")";
        }
        if (problem != null) {
            throw new InvalidSettingsException(List.of(new Fault(file.getFileName().toString(), problem)));
        }
        Map<String, String> keysAndValues = new TreeMap<>();
        properties.stringPropertyNames().forEach(name -> keysAndValues.put(name, properties.getProperty(name)));
        return keysAndValues;
    }

    private Settings settings() {
        return new Settings(kafka(), genesys(),
                topics(), requests(), guest(), chat(), log(), runtime());
    }

    private KafkaSettings kafka() {
        return new KafkaReader(values, secrets, tls).read();
    }

    private GenesysSettings genesys() {
        PlatformUrls urls = PlatformUrls.read(values);
        String clientId = values.needed(Key.GENESYS_CLIENT_ID);
        if (clientId != null && clientId.contains(":")) {
            // RFC 7617, section 2: the colon ends the user-id of Basic credentials.
            values.fault(Key.GENESYS_CLIENT_ID, "must hold no colon");
        }
        return new GenesysSettings(urls.base(), urls.oauth(), urls.websocket(), clientId,
                secrets.needed(Key.GENESYS_CLIENT_SECRET, Key.GENESYS_CLIENT_SECRET_FILE),
                values.duration(Key.GENESYS_RETRY_MAX_ELAPSED, Duration.ofSeconds(1), Duration.ofMinutes(15)),
                values.integer(Key.GENESYS_CONNECT_PER_MINUTE, 1, 240_000),
                values.integer(Key.GENESYS_REQUESTS_PER_MINUTE, 1, 240_000),
                values.duration(Key.GENESYS_ASSIGNMENT_POLL_AFTER, Duration.ofMillis(100), Duration.ofMinutes(5)),
                tls.with(Key.GENESYS_TLS_CERTIFICATE_FILE, Key.GENESYS_TLS_KEY_FILE), new ProxyReader(values, secrets).read());
    }

    private TopicSettings topics() {
        TopicNames names = new TopicNames(values);
        return new TopicSettings(names.read(Key.TOPICS_REQUESTS), names.read(Key.TOPICS_MESSAGES), names.read(Key.TOPICS_EVENTS),
                names.read(Key.TOPICS_HISTORY), names.read(Key.TOPICS_DEAD_LETTERS), names.read(Key.TOPICS_SESSIONS),
                values.flag(Key.TOPICS_CREATE),
                values.integer(Key.TOPICS_PARTITIONS, 1, 10_000),
                (short) values.integer(Key.TOPICS_REPLICATION_FACTOR, 1, 15));
    }

    private RequestSettings requests() {
        return new RequestSettings(values.duration(Key.REQUESTS_MAX_AGE, Duration.ofSeconds(1), Duration.ofDays(30)));
    }

    private GuestSettings guest() {
        String language = values.text(Key.GUEST_DEFAULT_LANGUAGE);
        try {
            new Locale.Builder().setLanguageTag(language);
        } catch (IllformedLocaleException e) {
            values.fault(Key.GUEST_DEFAULT_LANGUAGE, "not a language tag like en or en-US: " + Values.shown(language));
        }
        return new GuestSettings(language);
    }

    private ChatSettings chat() {
        ChatSettings chat = new ChatSettings(
                values.integer(Key.CHAT_MAX_TEXT_BYTES, 1, 65_536),
                values.integer(Key.CHAT_MESSAGES_PER_SECOND, 1, 1_000),
                values.integer(Key.CHAT_BACKLOG_MAX_MESSAGES, 1, 10_000),
                // The texts stand in one record of the sessions topic, and a broker takes records of up to 1 MiB.
                values.integer(Key.CHAT_BACKLOG_MAX_BYTES, 1, 524_288),
                values.integer(Key.CHAT_QUEUE_MAX_MESSAGES, 1, 100_000),
                values.duration(Key.CHAT_IDLE_TIMEOUT, Duration.ofSeconds(1), Duration.ofDays(30)),
                values.integer(Key.CHAT_MAX_LIVE, 1, 1_000_000));
        if (chat.backlogMaxBytes() < chat.maxTextBytes()) {
            values.fault(Key.CHAT_BACKLOG_MAX_BYTES, "less than chat.max-text-bytes: the longest text could never be held");
        }
        return chat;
    }

    private LogSettings log() {
        return new LogSettings(values.oneOf(Key.LOG_LEVEL, LogSettings.Level.class),
                values.oneOf(Key.LOG_FORMAT, LogSettings.Format.class));
    }

    private RuntimeSettings runtime() {
        return new RuntimeSettings(values.text(Key.MANAGEMENT_HOST),
                values.integer(Key.MANAGEMENT_PORT, 0, HIGHEST_PORT),
                Duration.ofSeconds(values.integer(Key.SHUTDOWN_TIMEOUT, 1, 3_600)),
                values.text(Key.ROUTES));
    }

    static boolean isPort(int number) {
        return 1 <= number && number <= HIGHEST_PORT;
    }
}

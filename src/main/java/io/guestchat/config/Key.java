package io.guestchat.config;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * Every key that the bridge reads, with its default as the contract writes it and the way back from {@link Settings} to text:
 * the one place of both. The order is that of {@code application.properties}, and the order in which faults are told.
 */
enum Key {

    KAFKA_BROKERS("kafka.brokers", "localhost:9092", s -> s.kafka().brokers()),
    KAFKA_GROUP_ID("kafka.group-id", "guestchat-bridge", s -> s.kafka().groupId()),
    KAFKA_SESSION_TIMEOUT("kafka.session-timeout", "10s", s -> s.kafka().sessionTimeout()),
    KAFKA_SECURITY_PROTOCOL("kafka.security-protocol", "PLAINTEXT", s -> s.kafka().security().protocol()),
    KAFKA_SASL_MECHANISM("kafka.sasl-mechanism", "SCRAM-SHA-512", s -> s.kafka().security().mechanism().word()),
    KAFKA_USERNAME("kafka.username", null, s -> s.kafka().security().username()),
    KAFKA_PASSWORD("kafka.password", null, s -> null),
    KAFKA_PASSWORD_FILE("kafka.password-file", null, s -> null),
    KAFKA_TLS_CERTIFICATE_FILE("kafka.tls.certificate-file", null, s -> null),
    KAFKA_TLS_KEY_FILE("kafka.tls.key-file", null, s -> null),

    GENESYS_URL("genesys.url", "https://mycompany.mypurecloud.com", s -> s.genesys().url()),
    GENESYS_OAUTH_URL("genesys.oauth-url", null, s -> s.genesys().oauthUrl()),
    GENESYS_WEBSOCKET_URL("genesys.websocket-url", null, s -> s.genesys().websocketUrl()),
    GENESYS_CLIENT_ID("genesys.client-id", null, s -> s.genesys().clientId()),
    GENESYS_CLIENT_SECRET("genesys.client-secret", null, s -> null),
    GENESYS_CLIENT_SECRET_FILE("genesys.client-secret-file", null, s -> null),
    GENESYS_RETRY_MAX_ELAPSED("genesys.retry.max-elapsed", "60s", s -> s.genesys().retryMaxElapsed()),
    GENESYS_CONNECT_PER_MINUTE("genesys.connect.per-minute", "1000", s -> s.genesys().connectPerMinute()),
    GENESYS_REQUESTS_PER_MINUTE("genesys.requests-per-minute", "300", s -> s.genesys().requestsPerMinute()),
    GENESYS_ASSIGNMENT_POLL_AFTER("genesys.assignment.poll-after", "5s", s -> s.genesys().assignmentPollAfter()),
    GENESYS_TLS_CERTIFICATE_FILE("genesys.tls.certificate-file", null, s -> null),
    GENESYS_TLS_KEY_FILE("genesys.tls.key-file", null, s -> null),
    GENESYS_PROXY_URL("genesys.proxy-url", null, s -> s.genesys().proxy().map(ProxySettings::url).orElse(null)),
    GENESYS_PROXY_USERNAME("genesys.proxy-username", null, s -> s.genesys().proxy().map(ProxySettings::username).orElse(null)),
    GENESYS_PROXY_PASSWORD("genesys.proxy-password", null, s -> null),
    GENESYS_PROXY_PASSWORD_FILE("genesys.proxy-password-file", null, s -> null),

    TLS_CA_FILE("tls.ca-file", null, s -> null),

    TOPICS_REQUESTS("topics.requests", "guestchat.requests", s -> s.topics().requests()),
    TOPICS_MESSAGES("topics.messages", "guestchat.messages", s -> s.topics().messages()),
    TOPICS_EVENTS("topics.events", "guestchat.events", s -> s.topics().events()),
    TOPICS_HISTORY("topics.history", "guestchat.history", s -> s.topics().history()),
    TOPICS_DEAD_LETTERS("topics.dead-letters", "guestchat.requests.dlq", s -> s.topics().deadLetters()),
    TOPICS_SESSIONS("topics.sessions", "guestchat.sessions", s -> s.topics().sessions()),
    TOPICS_CREATE("topics.create", "true", s -> s.topics().create()),
    TOPICS_PARTITIONS("topics.partitions", "12", s -> s.topics().partitions()),
    TOPICS_REPLICATION_FACTOR("topics.replication-factor", "1", s -> s.topics().replicationFactor()),

    REQUESTS_MAX_AGE("requests.max-age", "15m", s -> s.requests().maxAge()),
    GUEST_DEFAULT_LANGUAGE("guest.default-language", "en-US", s -> s.guest().defaultLanguage()),

    CHAT_MAX_TEXT_BYTES("chat.max-text-bytes", "4096", s -> s.chat().maxTextBytes()),
    CHAT_MESSAGES_PER_SECOND("chat.messages-per-second", "5", s -> s.chat().messagesPerSecond()),
    CHAT_BACKLOG_MAX_MESSAGES("chat.backlog.max-messages", "100", s -> s.chat().backlogMaxMessages()),
    CHAT_BACKLOG_MAX_BYTES("chat.backlog.max-bytes", "262144", s -> s.chat().backlogMaxBytes()),
    CHAT_QUEUE_MAX_MESSAGES("chat.queue.max-messages", "1000", s -> s.chat().queueMaxMessages()),
    CHAT_IDLE_TIMEOUT("chat.idle-timeout", "24h", s -> s.chat().idleTimeout()),
    CHAT_MAX_LIVE("chat.max-live", "20000", s -> s.chat().maxLive()),

    LOG_LEVEL("log.level", "INFO", s -> s.log().level()),
    LOG_FORMAT("log.format", "text", s -> s.log().format().name().toLowerCase(Locale.ROOT)),

    MANAGEMENT_HOST("camel.management.host", "127.0.0.1", s -> s.runtime().managementHost()),
    MANAGEMENT_PORT("camel.management.port", "9876", s -> s.runtime().managementPort()),
    SHUTDOWN_TIMEOUT("camel.main.shutdown-timeout", "30", s -> s.runtime().shutdownTimeout().toSeconds()),
    ROUTES("camel.main.routes-include-pattern", "file:routes/*.camel.yaml", s -> s.runtime().routes());

    /** Where a key that nothing reads is a mistake of the operator. Other prefixes are Camel's, or the operator's own routes'. */
    private static final Pattern OURS = Pattern.compile("(kafka|genesys|tls|topics|requests|guest|chat|log)\\..*", Pattern.DOTALL);
    private static final Pattern DASHED = Pattern.compile("-([a-z])");

    private final String key;
    private final String byDefault;
    private final Function<Settings, Object> value;

    Key(String key, String byDefault, Function<Settings, Object> value) {
        this.key = key;
        this.byDefault = byDefault;
        this.value = value;
    }

    String key() {
        return key;
    }

    /** As it stands in {@code application.properties}; empty where there is none or it is derived from another key. */
    Optional<String> byDefault() {
        return Optional.ofNullable(byDefault);
    }

    /** The value of these settings as it would be written; empty for what must not be shown. */
    Optional<String> textIn(Settings settings) {
        Object is = value.apply(settings);
        if (is instanceof Duration duration) {
            return Optional.of(DurationText.format(duration));
        }
        return Optional.ofNullable(is).map(Object::toString);
    }

    /** The key itself and, as Camel takes both for its own options, {@code shutdownTimeout} for {@code shutdown-timeout}. */
    List<String> spellings() {
        if (!key.startsWith("camel.")) {
            return List.of(key);
        }
        String camelCase = DASHED.matcher(key).replaceAll(match -> match.group(1).toUpperCase(Locale.ROOT));
        return camelCase.equals(key) ? List.of(key) : List.of(key, camelCase);
    }

    /** {@code kafka.group-id} is {@code KAFKA_GROUP_ID}. */
    List<String> variables() {
        return spellings().stream().map(s -> s.toUpperCase(Locale.ROOT).replace('.', '_').replace('-', '_')).toList();
    }

    /** Whether its value must never be seen. */
    boolean isSecret() {
        return key.endsWith("-secret") || key.endsWith("password");
    }

    /** Where a key stands in the order; behind all of them for an unknown one. */
    static int place(String name) {
        return Arrays.stream(values()).filter(key -> key.key.equals(name)).findFirst().map(Enum::ordinal).orElse(values().length);
    }

    /** Whether a key of this name has to be one of these. */
    static boolean claims(String name) {
        return OURS.matcher(name).matches();
    }

    static boolean isKnown(String name) {
        return Arrays.stream(values()).anyMatch(k -> k.spellings().contains(name));
    }
}

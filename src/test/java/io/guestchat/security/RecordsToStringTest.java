package io.guestchat.security;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.guestchat.Bridge;
import io.guestchat.config.Secret;
import java.io.IOException;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Proxy;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * No record of the bridge shows in its {@code toString} what somebody said, is called or keeps secret: a log line, an exception or
 * a debugger's picture may hold any of them. The records are found by themselves, so a new one is looked at, too.
 */
class RecordsToStringTest {

    private static final String MARK = "quokka";
    /** Components of these names, and all that is called like them, may hold words of a person, or a secret. */
    private static final Set<String> TELLING = Set.of("text", "texts", "displayname", "name", "sendername", "from", "email", "tags",
            "metadata", "body", "value", "externalid", "unknown", "secret", "clientsecret", "token", "password", "frame", "message", "reason");
    /** Names and words that are none of a person's: of a metric, a topic, a header, an error of ours. */
    private static final Set<String> HARMLESS = Set.of("Fault.message", "SessionLost.reason", "ChatEnded.reason", "End.reason",
            "Abandoned.reason", "StoredChat.endReason", "Obtainable.reason", "Created.name", "ProxySettings.username",
            "KafkaSecurity.username");

    static List<Class<?>> records() throws IOException, URISyntaxException {
        Path classes = Path.of(Bridge.class.getProtectionDomain().getCodeSource().getLocation().toURI());
        List<Class<?>> records = new ArrayList<>();
        try (Stream<Path> files = Files.walk(classes)) {
            for (Path file : files.filter(path -> path.toString().endsWith(".class")).sorted().toList()) {
                String name = classes.relativize(file).toString().replace('/', '.').replace('\\', '.').replaceAll("\\.class$", "");
                if (name.startsWith("io.guestchat.")) {
                    Class<?> type = load(name);
                    if (type.isRecord() && Stream.of(type.getRecordComponents()).anyMatch(RecordsToStringTest::canTell)) {
                        records.add(type);
                    }
                }
            }
        }
        return records;
    }

    @ParameterizedTest
    @MethodSource("records")
    void givenARecordFullOfWords_whenShown_thenNoneOfThemIsSeen(Class<?> record) throws Exception {
        assertThat(make(record).toString()).doesNotContain(MARK);
    }

    @Test
    void givenTheRecords_whenTheyAreFound_thenTheyAreThoseThatHoldWords() throws Exception {
        assertThat(records()).extracting(Class::getSimpleName).hasSizeGreaterThan(60)
                .contains("Guest", "Message", "PlatformCall", "AgentMessage", "Entry", "StoredText", "GuestText", "Request", "Settings");
    }

    /** Numbers and times tell nothing, and records of them alone are particular about which they take. */
    private static boolean canTell(RecordComponent component) {
        return !component.getType().isPrimitive() && component.getType() != Duration.class;
    }

    private static Class<?> load(String name) {
        try {
            return Class.forName(name, false, Bridge.class.getClassLoader());
        } catch (ClassNotFoundException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static Object make(Class<?> record) throws Exception {
        RecordComponent[] components = record.getRecordComponents();
        Object[] values = new Object[components.length];
        for (int index = 0; index < components.length; index++) {
            RecordComponent component = components[index];
            String name = record.getSimpleName() + "." + component.getName();
            boolean telling = !HARMLESS.contains(name)
                    && TELLING.stream().anyMatch(word -> component.getName().toLowerCase(Locale.ROOT).endsWith(word));
            values[index] = value(component.getGenericType(), telling);
        }
        Constructor<?> canonical = record.getDeclaredConstructor(
                Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new));
        canonical.setAccessible(true);
        try {
            return canonical.newInstance(values);
        } catch (IllegalArgumentException | InvocationTargetException refused) {
            // Bounds: each a little less than the one before, as the upper one stands first.
            for (int index = 0; index < values.length; index++) {
                values[index] = values[index] instanceof Integer ? Integer.valueOf(1_000 - index) : values[index];
            }
            return canonical.newInstance(values);
        }
    }

    private static Object value(Type type, boolean telling) throws Exception {
        String word = telling ? MARK : "x";
        if (type instanceof ParameterizedType generic) {
            Type last = generic.getActualTypeArguments()[generic.getActualTypeArguments().length - 1];
            Class<?> raw = (Class<?>) generic.getRawType();
            if (raw == Map.class) {
                return Collections.singletonMap(value(generic.getActualTypeArguments()[0], telling), value(last, telling));
            }
            if (raw == Optional.class) {
                return Optional.of(value(last, telling));
            }
            Object element = raw == List.class || raw == Set.class ? value(last, telling) : null;
            return raw == List.class ? element == null ? List.of() : List.of(element)
                    : raw == Set.class ? element == null ? Set.of() : Set.of(element) : stub(raw);
        }
        Class<?> raw = (Class<?>) type;
        if (raw == String.class || raw == Object.class || raw == CharSequence.class) {
            return word;
        }
        if (raw == JsonNode.class) {
            return TextNode.valueOf(word);
        }
        if (raw == byte[].class) {
            return word.getBytes(StandardCharsets.UTF_8);
        }
        if (raw == Secret.class) {
            return new Secret(MARK);
        }
        if (raw == int.class || raw == Integer.class) {
            return 1;
        }
        if (raw == long.class || raw == Long.class) {
            return 1L;
        }
        if (raw == short.class) {
            return (short) 1;
        }
        if (raw == double.class) {
            return 1.0;
        }
        if (raw == boolean.class) {
            return true;
        }
        if (raw == Duration.class) {
            return Duration.ofSeconds(1);
        }
        if (raw == Instant.class) {
            return Instant.EPOCH;
        }
        if (raw == URI.class) {
            return URI.create("http://x");
        }
        if (raw == X509Certificate.class) {
            return ofTheJdk();
        }
        if (raw.isEnum()) {
            return raw.getEnumConstants()[0];
        }
        if (raw.isRecord()) {
            return make(raw);
        }
        if (raw.isSealed()) {
            return value(raw.getPermittedSubclasses()[0], telling);
        }
        return stub(raw);
    }

    private static X509Certificate ofTheJdk() throws GeneralSecurityException {
        TrustManagerFactory authorities = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        authorities.init((KeyStore) null);
        return ((X509TrustManager) authorities.getTrustManagers()[0]).getAcceptedIssuers()[0];
    }

    /** What has no words of its own. */
    private static Object stub(Class<?> type) {
        return type.isInterface() ? Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type},
                (proxy, method, arguments) -> method.getName().equals("toString") ? "stub" : null) : null;
    }
}

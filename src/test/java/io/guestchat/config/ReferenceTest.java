package io.guestchat.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The reference of the configuration, application.properties at the root, against what the bridge reads. */
class ReferenceTest {

    private static final Path REFERENCE = Path.of("application.properties");
    private static final Pattern COMMENTED_OUT = Pattern.compile("#([a-z][\\w.-]*)=(.*)");

    private final Properties active = load();
    private final List<String> lines = lines();

    @ParameterizedTest
    @EnumSource(Key.class)
    void givenAKey_whenLookedUp_thenItStandsThereWithItsDefault(Key key) {
        if (key.byDefault().isPresent()) {
            assertThat(active.getProperty(key.key())).isEqualTo(key.byDefault().get());
        } else {
            assertThat(active).doesNotContainKey(key.key());
            assertThat(commentedOut()).contains(key.key());
        }
    }

    @ParameterizedTest
    @EnumSource(Key.class)
    void givenAKey_whenLookedUp_thenACommentStandsAboveItsParagraph(Key key) {
        int line = lines.indexOf(lines.stream().filter(l -> l.matches("#?" + Pattern.quote(key.key()) + "=.*")).findFirst()
                .orElseThrow());
        while (lines.get(line).matches("#?[a-z][\\w.-]*=.*")) {
            line--;
        }

        assertThat(lines.get(line)).startsWith("# ");
    }

    @Test
    void givenTheReference_whenItsKeysAreTaken_thenEachOfOurPrefixesIsRead() {
        TreeSet<String> there = new TreeSet<>(active.stringPropertyNames());
        there.addAll(commentedOut());

        assertThat(there).filteredOn(Key::claims).allMatch(Key::isKnown);
        assertThat(there).filteredOn(Key::claims)
                .hasSize((int) Arrays.stream(Key.values()).filter(key -> Key.claims(key.key())).count());
    }

    @Test
    void givenTheReference_whenReadWithAClient_thenItGivesTheDefaults() {
        Map<String, String> client = Map.of("GENESYS_CLIENT_ID", "client", "GENESYS_CLIENT_SECRET", "secret");

        Settings settings = SettingsReader.read(REFERENCE, client, new Properties());

        assertThat(settings).isEqualTo(SettingsReader.of(
                Map.of("genesys.client-id", "client", "genesys.client-secret", "secret"), Path.of("")));
    }

    @Test
    void givenTheReference_whenReadAlone_thenOnlyTheClientIsMissing() {
        try {
            SettingsReader.read(REFERENCE, Map.of(), new Properties());
        } catch (InvalidSettingsException e) {
            assertThat(e.faults()).extracting(Fault::key).containsExactly("genesys.client-id", "genesys.client-secret");
            return;
        }
        throw new AssertionError("read without a client");
    }

    private List<String> commentedOut() {
        return lines.stream().map(COMMENTED_OUT::matcher).filter(m -> m.matches()).map(m -> m.group(1)).toList();
    }

    private static Properties load() {
        Properties properties = new Properties();
        try (Reader reader = Files.newBufferedReader(REFERENCE)) {
            properties.load(reader);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        return properties;
    }

    private static List<String> lines() {
        try {
            return Files.readAllLines(REFERENCE);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}

package io.guestchat.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.guestchat.fuzz.Texts;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.LongRange;

/** Whatever an operator writes: settings, or faults that a terminal can show. */
class AnySettingsTest {

    private static final String SECRET = "hush-hush";

    @Property
    void givenAnyKeysAndValues_whenRead_thenSettingsOrFaultsWithoutASecret(@ForAll("files") Map<String, String> file,
            @ForAll("addresses") String address) {
        Map<String, String> given = new HashMap<>(file);
        given.put("genesys.url", address);
        given.put("genesys.client-id", "client");
        given.put("genesys.client-secret", SECRET);
        try {
            assertThat(SettingsReader.of(given, Path.of("").toAbsolutePath()).genesys().clientSecret().toString()).doesNotContain(SECRET);
        } catch (InvalidSettingsException invalid) {
            assertThat(invalid.faults()).isNotEmpty().allSatisfy(fault -> {
                assertThat(fault.problem()).isNotBlank();
                assertThat(fault.toString()).as("one line for a terminal, without a secret").doesNotContain(SECRET)
                        .doesNotContainPattern("[\\p{C}\\p{Zl}\\p{Zp}]").hasSizeLessThan(400);
            });
        }
    }

    @Property
    void givenAnyText_whenReadAsADuration_thenOneOrNone(@ForAll("durations") String text) {
        Optional<Duration> duration = DurationText.parse(text);

        duration.ifPresent(told -> assertThat(told).isGreaterThanOrEqualTo(Duration.ZERO));
    }

    @Property
    void givenADuration_whenWrittenAndRead_thenItIsTheSame(@ForAll @LongRange(max = 999_999_999L) long millis) {
        Duration duration = Duration.ofMillis(millis);

        assertThat(DurationText.parse(DurationText.format(duration))).contains(duration);
    }

    @Provide
    Arbitrary<Map<String, String>> files() {
        Arbitrary<String> ours = Arbitraries.of(Arrays.stream(Key.values()).map(Key::key).toList());
        Arbitrary<String> unknown = Combinators.combine(Arbitraries.of("kafka.", "chat.", "genesys.", "log.", "other.", ""), Texts.utf16())
                .as(String::concat);
        Arbitrary<String> odd = Arbitraries.of("0", "1", "-1", "7", "99999999999", "5s", "2m", "24h", "500ms", "999999999h", "true", "FALSE",
                "http://host:0", "ws://[::1]:8090", "https://ho st", "://", "https://host/" + "x".repeat(300),
                "localhost:9092,,x:1", "[::1]:9092", "a.b", "..", "de-CH", "not one", "info", "json",
                "/dev/null/no", "\u0000");
        return Arbitraries.maps(Arbitraries.oneOf(ours, ours, ours, unknown), Arbitraries.oneOf(odd, Texts.utf16(), durations()))
                .ofMaxSize(12);
    }

    /** What may hold a password. */
    @Provide
    Arbitrary<String> addresses() {
        return Arbitraries.oneOf(Texts.unicode().map(path -> "https://host/" + path + SECRET), Arbitraries.of("https://host",
                "https://u:" + SECRET + "@host", "https://host:99999/x?y=" + SECRET, "https://host#" + SECRET, SECRET, "ftp://" + SECRET));
    }

    @Provide
    Arbitrary<String> durations() {
        return Arbitraries.oneOf(Texts.utf16(), Arbitraries.strings().withChars("0123456789mshd -.٣").ofMaxLength(14));
    }
}

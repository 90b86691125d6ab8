package io.guestchat.platform;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.guestchat.contract.RequestFailedException;
import io.guestchat.fuzz.JsonTexts;
import io.guestchat.fuzz.Texts;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Headers, errors and tokens as a platform may send them, or whoever answers in its place. */
class AnyPlatformWordsTest {

    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
    private static final Duration LONGEST = Duration.ofDays(366);

    @Property
    void givenAnyRetryAfter_whenParsed_thenAWaitThatAnybodyCanReckonWithOrNone(@ForAll("retryAfters") String value) {
        Optional<Duration> wait = RetryAfter.parse(value, NOW);

        wait.ifPresent(duration -> assertThat(duration).isBetween(Duration.ZERO, LONGEST));
    }

    @Property
    void givenSeconds_whenParsed_thenTheyAreToldUpToTheLongest(@ForAll long seconds) {
        long asked = seconds & Long.MAX_VALUE;

        assertThat(RetryAfter.parse(Long.toString(asked), NOW)).contains(Duration.ofSeconds(Math.min(asked, LONGEST.toSeconds())));
    }

    @Property
    void givenAnyBodyAndRequest_whenTold_thenShortAndOnOneLine(@ForAll("bodies") String body, @ForAll("bodies") String request) {
        String told = ErrorBody.tell(body, request, null);

        assertThat(told.codePointCount(0, told.length())).isLessThanOrEqualTo(301);
        assertThat(told).doesNotContainPattern("[\\p{C}\\p{Zl}\\p{Zp}]");
    }

    @Property
    void givenAnErrorThatRepeatsTheGuest_whenTold_thenNoValueOfOursIsLeft(@ForAll("values") String name, @ForAll("values") String tag,
            @ForAll("disguises") int disguise, @ForAll("values") String around) {
        String request = JsonNodeFactory.instance.objectNode().put("displayName", name).set("tags",
                JsonNodeFactory.instance.arrayNode().add(tag)).toString();
        String body = JsonNodeFactory.instance.objectNode()
                .put("message", around.replaceAll("[a-c]", "-") + disguised(name, disguise) + " / " + disguised(tag, disguise)).toString();

        String told = ErrorBody.tell(body, request, null).toLowerCase(Locale.ROOT);

        for (String value : List.of(name, tag)) {
            if (value.strip().length() >= 3) {
                assertThat(told).doesNotContain(value.strip().toLowerCase(Locale.ROOT));
            }
        }
    }

    private static String disguised(String value, int disguise) {
        return switch (disguise) {
            case 0 -> value;
            case 1 -> value.toUpperCase(Locale.ROOT);
            case 2 -> value.replace(" ", "\u00a0");
            case 3 -> value.replace(" ", " \n ");
            case 4 -> value.replace(" ", "\u0000");
            default -> "<" + value + ">";
        };
    }

    @Property
    void givenAnyTokenAnswer_whenRead_thenATokenForAHeaderOrARefusalThatQuotesNothing(@ForAll("tokens") byte[] body) {
        try {
            AccessToken token = TokenAnswer.read(body);
            assertThat(token.lifetime()).isBetween(Duration.ofSeconds(1), Duration.ofDays(30));
            assertThat(token.toString()).doesNotContain(JsonTexts.HUSH);
        } catch (RequestFailedException unusable) {
            assertThat(unusable.getMessage()).doesNotContain(JsonTexts.HUSH).doesNotContain(JsonTexts.HUSH_NUMBER);
        }
    }

    @Provide
    Arbitrary<String> retryAfters() {
        Arbitrary<String> dates = Combinators.combine(Arbitraries.of("Sun", "Mon", "Foo", ""), Arbitraries.integers().between(0, 40),
                Arbitraries.of("Jan", "Feb", "Mar", "Dec", "Bar"), Arbitraries.of("0000", "1969", "2026", "2027", "9999", "99999", "26"),
                Arbitraries.of("00:00:00", "12:00:01", "23:59:60", "24:00:00", "25:61:61"), Arbitraries.of("GMT", "+0000", "-1800", "Z", ""))
                .as((day, date, month, year, time, zone) -> day + ", " + date + " " + month + " " + year + " " + time + " " + zone);
        return Arbitraries.oneOf(dates, Texts.utf16(), Arbitraries.strings().withChars("0123456789-+.e ٣").ofMaxLength(40));
    }

    @Provide
    Arbitrary<String> bodies() {
        return Arbitraries.oneOf(JsonTexts.documents(), Texts.utf16(),
                Texts.utf16().map(text -> JsonNodeFactory.instance.objectNode().put("message", text.repeat(40)).put("code", text).toString()))
                .injectNull(0.05);
    }

    /** Names and tags as they may be, with what is also in other people's words left out. */
    @Provide
    Arbitrary<String> values() {
        return Combinators.combine(Arbitraries.strings().withChars("abc").ofMinLength(2).ofMaxLength(4),
                Arbitraries.of(" ", "-", "", "'", "$", "\\E", "é"), Arbitraries.strings().withChars("abc").ofMaxLength(3))
                .as((first, between, last) -> first + between + last);
    }

    @Provide
    Arbitrary<Integer> disguises() {
        return Arbitraries.integers().between(0, 5);
    }

    @Provide
    Arbitrary<byte[]> tokens() {
        Arbitrary<String> nearly = Combinators.combine(Texts.unicode().injectNull(0.1), Arbitraries.of("Bearer", "bearer", "mac", null),
                Arbitraries.of("\"3600\"", "-1", "0", "1e400", "99999999999999999999999", "null", "\"x\"", "86400.9", "[]"))
                .as((token, type, expires) -> JsonNodeFactory.instance.objectNode().put("access_token", token == null ? null : JsonTexts.HUSH + token)
                        .put("token_type", type).toString().replaceFirst("}$", Matcher.quoteReplacement(",\"expires_in\":" + expires + "}")));
        return Arbitraries.oneOf(Texts.bytes(), JsonTexts.documents().map(json -> json.getBytes(StandardCharsets.UTF_8)),
                nearly.map(json -> json.getBytes(StandardCharsets.UTF_8)));
    }
}

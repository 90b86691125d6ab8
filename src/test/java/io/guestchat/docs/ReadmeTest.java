package io.guestchat.docs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.guestchat.contract.ErrorCode;
import io.guestchat.contract.EventDetail;
import io.guestchat.dialect.webchat.WebchatDialect;
import java.io.IOException;
import java.io.StringReader;
import java.lang.reflect.Constructor;
import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What the pages say, against the properties, the contract's types and the files that they speak of. */
class ReadmeTest {

    /** Keys that the bridge itself reads; the others are Camel's, and application.properties alone speaks of them. */
    private static final Pattern OURS = Pattern.compile("(kafka|genesys|tls|topics|requests|guest|chat|log)\\..*"
            + "|camel\\.management\\..*|camel\\.main\\.shutdown-timeout");
    private static final Pattern COMMENTED_OUT = Pattern.compile("(?m)^#([a-z][a-z0-9.-]*)=");

    private final Page readme = Page.read("README.md");

    @Test
    void givenTheReference_whenTheTableOfPropertiesIsRead_thenItHasTheSameKeysAndDefaults() {
        Map<String, String> table = new TreeMap<>();
        readme.table("key", "default", "why").forEach(row ->
                table.put(Page.unquoted(row.get(0)), row.get(1).startsWith("none") ? "" : Page.unquoted(row.get(1))));

        assertThat(table).isEqualTo(reference());
    }

    @ParameterizedTest
    @EnumSource(ErrorCode.class)
    void givenAnErrorCode_whenTheTableOfCodesIsRead_thenItSaysWhenAndWhatToDo(ErrorCode code) {
        List<List<String>> rows = readme.table("`code`", "when", "what to do").stream()
                .filter(row -> Page.unquoted(row.get(0)).equals(code.code())).toList();

        assertThat(rows).singleElement().satisfies(row -> assertThat(row).hasSize(3).noneMatch(String::isEmpty));
    }

    @Test
    void givenTheTypesOfEvents_whenTheTableOfEventsIsRead_thenItHasThoseAndTheirFields() {
        Map<String, Set<String>> table = new TreeMap<>();
        readme.table("`type`", "when", "further fields").forEach(row -> table.put(Page.unquoted(row.get(0)), fieldsIn(row.get(2))));

        Map<String, Set<String>> types = new TreeMap<>();
        Stream.of(EventDetail.class.getPermittedSubclasses()).forEach(type -> types.put(typeOf(type), componentsOf(type)));
        assertThat(table).isEqualTo(types);
    }

    @Test
    void givenTheRequestsOfTheExamples_whenTheTableOfRequestsIsRead_thenEachTypeIsThere() {
        assertThat(readme.table("`type`", "fields", "answer on `guestchat.events`")).extracting(row -> Page.unquoted(row.get(0)))
                .containsExactly("start", "message", "typing", "history", "status", "end");
    }

    @Test
    void givenTheScopesThatTheCallsNeed_whenReadOfTheClient_thenEachIsThere() {
        assertThat(readme.code()).containsAll(WebchatDialect.SCOPES);
    }

    @Test
    void givenTheJsonExamples_whenRead_thenEachLineIsARecordOfAKnownType() throws IOException {
        Set<String> types = Stream.of(EventDetail.class.getPermittedSubclasses()).map(ReadmeTest::typeOf).collect(Collectors.toSet());
        List<String> lines = readme.blocks("json").stream().flatMap(String::lines).toList();

        assertThat(lines).hasSizeGreaterThan(8);
        for (String line : lines) {
            JsonNode record = JsonMapper.builder().build().readTree(line);
            assertThat(record.path("id").asText()).isNotEmpty();
            assertThat(record.path("chatId").asText()).isNotEmpty();
            if (record.has("type")) {
                assertThat(types).contains(record.path("type").asText());
            }
        }
    }

    @ParameterizedTest
    @MethodSource("pages")
    void givenAPage_whenItsLinksAreFollowed_thenEachLeadsToAFileAndAHeading(Page page) {
        for (String link : page.localLinks()) {
            String[] parts = link.split("#", 2);
            Path target = parts[0].isEmpty() ? page.path() : page.path().getParent().resolve(parts[0]).normalize();
            assertThat(target).as(link).exists();
            if (parts.length == 2) {
                assertThat(Page.read(target.toString()).anchors()).as(link).contains(parts[1]);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("pages")
    void givenAPage_whenItNamesAClassARouteFileOrAPathOfTheProject_thenThatExists(Page page) throws IOException {
        Set<String> files;
        try (Stream<Path> all = Stream.of("src", "routes", "docs").map(Page.ROOT::resolve).flatMap(ReadmeTest::walk)) {
            files = all.map(path -> path.getFileName().toString()).collect(Collectors.toCollection(TreeSet::new));
        }
        for (String code : page.code()) {
            if (code.matches("(src|routes|docs)/[\\w./-]+")) {
                assertThat(Page.ROOT.resolve(code)).as(page + " names " + code).exists();
            } else if (code.matches("[\\w-]+\\.camel\\.yaml")) {
                assertThat(files).as(page + " names " + code).contains(code);
            } else if (code.matches("([A-Z][a-z0-9]+){1,5}(Test|IT|Rig|Main|Steps|Words|Dialect|Reader|Wiring|Detail)")) {
                assertThat(files).as(page + " names " + code).contains(code + ".java");
            }
        }
    }

    @ParameterizedTest
    @MethodSource("pages")
    void givenAPage_whenACommandNamesATestOrAMainClass_thenThatExists(Page page) {
        Pattern tests = Pattern.compile("-Dtest=(\\w+)");
        Pattern mains = Pattern.compile(" io\\.guestchat\\.([\\w.]+)");
        for (String commands : page.blocks("sh")) {
            List<String> named = Stream.of(tests, mains).flatMap(pattern -> pattern.matcher(commands).results())
                    .map(match -> match.group(1).replaceAll(".*\\.", "") + ".java").toList();
            assertThat(walk(Page.ROOT.resolve("src")).map(path -> path.getFileName().toString())).containsAll(named);
        }
    }

    @Test
    void givenThePomAndTheCheckOfTheProject_whenTheTwoCommandsAreRead_thenTheyAreThose() throws IOException {
        List<String> commands = readme.table("command", "what it does").stream().map(row -> Page.unquoted(row.get(0))).toList();
        Matcher checked = Pattern.compile("\\./mvnw (?:-\\S+ )*(\\w+)").matcher(Files.readString(Page.ROOT.resolve(".ci/run")));
        String pom = Files.readString(Page.ROOT.resolve("pom.xml"));

        assertThat(checked.find()).isTrue();
        assertThat(commands).containsExactly("./mvnw -Pdemo", "./mvnw " + checked.group(1));
        assertThat(pom).containsPattern("<profile>\\s*(<!--[^>]*-->\\s*)?<id>demo</id>");
        assertThat(readme.text()).contains("target/" + finalName(pom) + ".jar");
    }

    @Test
    void givenThePictureOfTheFlow_whenItsTopicsAreRead_thenTheyAreThoseOfTheReference() {
        String picture = readme.blocks("mermaid").get(0);

        assertThat(reference().entrySet().stream().filter(entry -> entry.getKey().startsWith("topics."))
                .map(Map.Entry::getValue).filter(name -> name.startsWith("guestchat."))).hasSize(6).allMatch(picture::contains);
    }

    static Stream<Page> pages() {
        return Page.all();
    }

    private static Map<String, String> reference() {
        String text = Page.read("application.properties").text();
        Properties properties = new Properties();
        try {
            properties.load(new StringReader(text));
        } catch (IOException neverInMemory) {
            throw new IllegalStateException(neverInMemory);
        }
        Map<String, String> reference = new TreeMap<>();
        properties.stringPropertyNames().forEach(key -> reference.put(key, properties.getProperty(key)));
        COMMENTED_OUT.matcher(text).results().forEach(match -> reference.put(match.group(1), ""));
        reference.keySet().removeIf(key -> !OURS.matcher(key).matches());
        return reference;
    }

    private static Set<String> fieldsIn(String cell) {
        // What stands in brackets are a field's words.
        Matcher code = Pattern.compile("`(\\w+)`").matcher(cell.replaceAll("\\(.*?\\)", "").replaceAll("where the reason is .*", ""));
        return code.results().map(match -> match.group(1)).collect(Collectors.toCollection(TreeSet::new));
    }

    private static Set<String> componentsOf(Class<?> type) {
        return Arrays.stream(type.getRecordComponents()).map(RecordComponent::getName).collect(Collectors.toCollection(TreeSet::new));
    }

    private static String typeOf(Class<?> type) {
        try {
            Constructor<?> constructor = type.getDeclaredConstructors()[0];
            Object[] nothing = Arrays.stream(constructor.getParameterTypes())
                    .map(parameter -> parameter == int.class ? (Object) 0 : parameter == boolean.class ? (Object) false : null).toArray();
            return ((EventDetail) constructor.newInstance(nothing)).type();
        } catch (ReflectiveOperationException notARecord) {
            throw new IllegalStateException(notARecord);
        }
    }

    private static String finalName(String pom) {
        Matcher matcher = Pattern.compile("<finalName>(.+?)</finalName>").matcher(pom);
        assertThat(matcher.find()).isTrue();
        return matcher.group(1);
    }

    private static Stream<Path> walk(Path directory) {
        try {
            return Files.walk(directory).filter(Files::isRegularFile);
        } catch (IOException unreadable) {
            throw new IllegalStateException(unreadable);
        }
    }
}

package io.guestchat.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** {@code SECURITY.md}: what it says is shown by tests that exist, and the routes are as it says. */
class SecurityPageTest {

    private static final Pattern TEST_CLASS = Pattern.compile("`(\\w+(?:Test|IT))`");
    private static final Pattern CVE = Pattern.compile("CVE-\\d{4}-\\d{4,}");

    private final Page page = Page.read("SECURITY.md");

    @Test
    void givenTheTests_whenThePageNamesOne_thenItExistsAndHasATest() throws IOException {
        Set<String> named = TEST_CLASS.matcher(page.text()).results().map(name -> name.group(1)).collect(Collectors.toSet());

        assertThat(named).hasSizeGreaterThan(15);
        for (String name : named) {
            assertThat(source(name)).as(name).containsPattern("@(Parameterized)?Test\\b");
        }
    }

    @Test
    void givenTheHolesOfCamel_whenTheTableIsRead_thenEachSaysWhyAndIsShownByATest() {
        List<List<String>> rows = page.table("CVE", "what it is", "why it does not reach the bridge", "shown by");

        assertThat(rows).hasSizeGreaterThanOrEqualTo(8).allSatisfy(row -> {
            assertThat(row).hasSize(4).noneMatch(String::isEmpty);
            assertThat(CVE.matcher(row.get(0)).find()).as(row.get(0)).isTrue();
            assertThat(TEST_CLASS.matcher(row.get(3)).find()).as(row.get(3)).isTrue();
        });
    }

    @Test
    void givenTheTopics_whenThePageSaysWhatTheyHold_thenItSpeaksOfAllOfThem() throws IOException {
        Set<String> topics = Files.readAllLines(Page.ROOT.resolve("application.properties")).stream()
                .filter(line -> line.matches("topics\\.[a-z-]+=guestchat\\..*")).map(line -> line.substring(line.indexOf('=') + 1))
                .collect(Collectors.toCollection(TreeSet::new));

        assertThat(topics).hasSize(6);
        assertThat(page.table("topic", "holds", "how long, and how to set it")).extracting(row -> Page.unquoted(row.get(0)))
                .containsExactlyInAnyOrderElementsOf(topics);
    }

    @Test
    void givenTheVersionOfCamel_whenThePageNamesIt_thenItIsTheBuilds() throws IOException {
        String version = Files.readString(Page.ROOT.resolve("pom.xml")).replaceAll("(?s).*<camel.version>(.*?)</camel.version>.*", "$1");

        assertThat(page.text()).contains("The bridge runs on Camel " + version + ",");
    }

    @Test
    void givenTheRoutes_whenTheyAreRead_thenNoMessageCanChooseAnEndpointOrAMethod() throws IOException {
        try (Stream<Path> files = Files.list(Page.ROOT.resolve("routes"))) {
            for (Path file : files.toList()) {
                String route = Files.readString(file);

                assertThat(route).as(file.toString()).doesNotContain("toD:", "recipientList", "routingSlip", "dynamicRouter", "wireTap",
                        "pollEnrich", "platform-http", "rest:", "header.", "headers.", "kafka.KEY");
                assertThat(count("- bean:", route)).as("each bean with its method in " + file)
                        .isEqualTo(count("- bean:\\n\\s+id: \\S+\\n(\\s+description: .*\\n)?\\s+ref: \\S+\\n\\s+method: \\S+", route));
                assertThat(uris(route)).as(file.toString()).allMatch(uri -> !uri.contains("${"));
            }
        }
    }

    private static List<String> uris(String route) {
        return Pattern.compile("(?:uri|to): (.*)").matcher(route).results().map(uri -> uri.group(1)).toList();
    }

    private static long count(String pattern, String text) {
        return Pattern.compile(pattern).matcher(text).results().map(MatchResult::group).count();
    }

    private static String source(String name) throws IOException {
        try (Stream<Path> all = Files.walk(Page.ROOT.resolve("src/test/java"))) {
            List<Path> found = all.filter(path -> path.getFileName().toString().equals(name + ".java")).toList();
            assertThat(found).as(name).hasSize(1);
            return Files.readString(found.get(0));
        }
    }
}

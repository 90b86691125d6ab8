package io.guestchat.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The page on delivery, whose rows can be checked against the tests that they name. */
class DeliveryPageTest {

    private static final Pattern TEST_CLASS = Pattern.compile("`(\\w+(?:Test|IT))`");
    private static final List<String> MEASURED =
            List.of("fault", "chats", "direction", "sent", "arrived", "lost", "doubled", "out of order", "all chats flow again after");

    private final Page page = Page.read("docs/delivery.md");

    @Test
    void givenTheTests_whenThePageNamesOne_thenItExistsAndHasATest() throws IOException {
        Set<String> named = TEST_CLASS.matcher(page.text()).results().map(name -> name.group(1)).collect(Collectors.toSet());

        assertThat(named).hasSizeGreaterThan(30);
        for (String name : named) {
            assertThat(source(name)).as(name).containsPattern("@(Parameterized)?Test\\b");
        }
    }

    @Test
    void givenATableWithProof_whenItsRowsAreRead_thenEachNamesATestAndHasACellForEachHead() {
        List<String> tables = Stream.of(page.text().split("\n\n"))
                .filter(block -> block.lines().findFirst().orElse("").endsWith("| proof |")).toList();

        assertThat(tables).hasSize(5);
        for (String table : tables) {
            int cells = cells(table.lines().findFirst().orElseThrow());
            assertThat(table.lines().skip(2)).hasSizeGreaterThan(4).allSatisfy(row -> {
                assertThat(TEST_CLASS.matcher(row.substring(row.lastIndexOf('|', row.length() - 2))).find()).as(row).isTrue();
                assertThat(cells(row)).as(row).isEqualTo(cells);
            });
        }
    }

    @Test
    void givenTheMeasuredTable_whenItIsRead_thenEachRowHasAFigureInEachColumn() {
        List<List<String>> rows = page.table(MEASURED.toArray(String[]::new));

        assertThat(page.text()).contains("| " + String.join(" | ", MEASURED) + " |");
        assertThat(rows).hasSizeGreaterThan(40).allSatisfy(row -> assertThat(row).hasSize(MEASURED.size()).noneMatch(String::isEmpty));
    }

    private static int cells(String row) {
        return (int) row.chars().filter(character -> character == '|').count();
    }

    private static String source(String name) throws IOException {
        Predicate<Path> is = path -> path.getFileName().toString().equals(name + ".java");
        try (Stream<Path> all = Files.walk(Page.ROOT.resolve("src/test/java"))) {
            List<Path> found = all.filter(is).toList();
            assertThat(found).as(name).hasSize(1);
            return Files.readString(found.get(0));
        }
    }
}

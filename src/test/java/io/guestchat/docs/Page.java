package io.guestchat.docs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A page in Markdown, as far as the checks need it. The root is the working directory: Maven runs tests in the directory of the
 * pom.
 */
record Page(Path path, String text) {

    static final Path ROOT = Path.of("").toAbsolutePath();

    private static final Pattern LINK = Pattern.compile("]\\(([^)\\s]+)\\)");
    private static final Pattern HEADING = Pattern.compile("(?m)^#{1,6} (.+)$");
    private static final Pattern FENCE = Pattern.compile("(?ms)^ *```(\\w*)\\n(.*?)^ *```$");
    private static final Pattern CODE = Pattern.compile("`([^`\\n]+)`");

    static Page read(String path) {
        try {
            Path file = ROOT.resolve(path);
            return new Page(file, Files.readString(file));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /** Targets of links that stay in the project. */
    List<String> localLinks() {
        return LINK.matcher(prose()).results().map(link -> link.group(1)).filter(target -> !target.startsWith("http")).toList();
    }

    /** The page without its code blocks. */
    String prose() {
        return FENCE.matcher(text).replaceAll("");
    }

    /** The contents of the code blocks of a language. */
    List<String> blocks(String language) {
        return FENCE.matcher(text).results().filter(block -> block.group(1).equals(language)).map(block -> block.group(2)).toList();
    }

    /** What stands in code type, within lines. */
    Set<String> code() {
        return CODE.matcher(prose()).results().map(MatchResult::group).map(code -> code.replace("`", ""))
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    /** The anchors of the headings, as GitHub makes them. */
    Set<String> anchors() {
        return HEADING.matcher(prose()).results()
                .map(heading -> heading.group(1).toLowerCase(Locale.ROOT).replaceAll("[^\\p{L}\\p{N} _-]", "").replace(' ', '-'))
                .collect(Collectors.toSet());
    }

    /** The rows of the table that begins with these heads, each a list of cells. */
    List<List<String>> table(String... heads) {
        String head = "| " + String.join(" | ", heads) + " |";
        return text.lines().dropWhile(line -> !line.equals(head)).skip(2).takeWhile(line -> line.startsWith("|"))
                .map(Page::cells).toList();
    }

    private static List<String> cells(String row) {
        return Stream.of(row.substring(1, row.length() - 1).split("\\|")).map(String::strip).toList();
    }

    /** The text of a cell that is nothing but code, else the cell. */
    static String unquoted(String cell) {
        boolean code = cell.length() > 2 && cell.startsWith("`") && cell.indexOf('`', 1) == cell.length() - 1;
        return code ? cell.substring(1, cell.length() - 1) : cell;
    }

    static Stream<Page> all() {
        return Stream.of("README.md", "CHANGELOG.md", "SECURITY.md", "docs/delivery.md", "docs/operations.md",
                "docs/development.md", "docs/performance.md", "docs/scaling.md").map(Page::read);
    }

    @Override
    public String toString() {
        return ROOT.relativize(path).toString();
    }
}

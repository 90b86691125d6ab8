package io.guestchat.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The log lines of {@code docs/operations.md} are those that the bridge writes. */
class LogLinesTest {

    private static final Pattern ROW = Pattern.compile("(?m)^\\| (INFO|WARN|ERROR) \\| (.*?) \\|");
    private static final Pattern LINE = Pattern.compile("`([^`]+)`");
    private static final Pattern ERROR = Pattern.compile("(?i)log\\.error\\(\\s*\"([^\"]+)\"");
    /** Where the words end and the keys begin. */
    private static final Pattern KEYS = Pattern.compile(" ?(…|[A-Za-z-]+=).*| \\{}.*");

    private final String page = read(Path.of("docs", "operations.md"));
    private final String code = sources();

    @Test
    void givenThePage_whenItNamesALine_thenTheBridgeWritesIt() {
        List<String> told = ROW.matcher(page).results().flatMap(row -> LINE.matcher(row.group(2)).results())
                .map(line -> words(line.group(1))).filter(words -> words.contains(" ")).toList();

        assertThat(told).hasSizeGreaterThan(20).allSatisfy(words -> assertThat(code).contains(words));
    }

    @Test
    void givenTheBridge_whenItWritesAnError_thenThePageSaysWhatItMeans() {
        List<String> errors = ERROR.matcher(code).results().map(error -> words(error.group(1))).distinct().toList();

        assertThat(errors).isNotEmpty().allSatisfy(words -> assertThat(page).contains("`" + words));
    }

    private static String words(String line) {
        return KEYS.matcher(line).replaceFirst("");
    }

    private static String sources() {
        try (Stream<Path> files = Files.walk(Path.of("src", "main", "java"))) {
            return files.filter(file -> file.toString().endsWith(".java")).map(LogLinesTest::read).collect(Collectors.joining());
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}

package io.guestchat.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.guestchat.harness.OperatorTool;
import io.guestchat.harness.OperatorTool.Run;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The pages' commands for the tools in the jar are ones that the tools take. */
class ToolCommandsTest {

    private static final Pattern COMMAND = Pattern.compile("(?m)^java -jar \\S*guestchat-bridge\\.jar (\\S.*)$");
    private static final Pattern IN_A_LINE = Pattern.compile("(dead-letters|chats) (list|redrive|end)( .*)?");

    @TempDir
    private Path home;

    @ParameterizedTest
    @MethodSource("commands")
    void givenThePages_whenACommandOfTheirsIsRun_thenItsArgumentsAreRight(String command) {
        // It goes no further than the configuration.
        Run run = new OperatorTool(home, Map.of("kafka.brokers", "nowhere")).run(command.split(" "));

        assertThat(run.status()).as("%s", run.err()).isEqualTo(1);
        assertThat(run.err()).singleElement().asString().startsWith("guestchat-bridge: kafka.brokers: ");
    }

    static List<String> commands() {
        List<String> commands = Page.all().flatMap(page -> Stream.concat(
                page.blocks("sh").stream().flatMap(block -> COMMAND.matcher(block).results()).map(match -> match.group(1)),
                page.code().stream().filter(IN_A_LINE.asMatchPredicate())
                        .map(code -> code.endsWith("redrive") || code.endsWith("chats end") ? code + " --all" : code)))
                .distinct().toList();
        assertThat(commands).hasSizeGreaterThan(10);
        return commands;
    }
}

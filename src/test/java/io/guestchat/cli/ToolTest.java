package io.guestchat.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.guestchat.harness.BridgeRig;
import io.guestchat.harness.OperatorTool;
import io.guestchat.harness.OperatorTool.Run;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The tools' arguments, without a broker. */
class ToolTest {

    @TempDir
    private Path home;

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "--help | Without arguments: runs the bridge",
        "dead-letters --help | redrive",
        "dead-letters list --help | --values",
        "dead-letters redrive --help | what is redriven twice is carried out twice",
        "chats list --help | starting, connecting, connected, lost, ended, unreadable",
        "chats end --help | --idle-for"})
    void givenHelp_whenAskedFor_thenItIsOnTheStandardOutputAndNothingIsConfigured(String arguments, String told) {
        Run run = run(Map.of("kafka.brokers", "nowhere"), arguments.split(" "));

        assertThat(run.status()).isZero();
        // Lines are wrapped anywhere.
        assertThat(String.join(" ", run.out()).replaceAll("\\s+", " ")).contains(told);
        assertThat(run.err()).isEmpty();
    }

    @Test
    void givenTheVersion_whenAskedFor_thenItIsOneLine() {
        assertThat(run(Map.of(), "--version").out()).singleElement().asString().startsWith("guestchat-bridge ");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "run | Unmatched argument at index 0: 'run'",
        "dead-letters | Missing required subcommand",
        "dead-letters lst | Unmatched argument at index 1: 'lst'",
        "dead-letters list --chats a | Unknown options: '--chats', 'a'",
        "dead-letters list --code unknown | Invalid value for option '--code' (CODE): 'unknown' is not one of invalid-request, ",
        "dead-letters list --since yesterday | Invalid value for option '--since': 'yesterday' is neither a time like ",
        "dead-letters list --offset 5 | --offset needs --partition",
        "dead-letters list --limit 0 | Invalid value for option '--limit': not 1 or more",
        "dead-letters list --limit many | Invalid value for option '--limit': 'many' is not a long",
        "dead-letters redrive | Which ones? Give a filter, or --all",
        "dead-letters redrive --limit 3 | Which ones? Give a filter, or --all",
        "dead-letters redrive --all --chat a | --all goes with no filter",
        "dead-letters list --timeout 1 | Invalid value for option '--timeout': '1' is not a duration like ",
        "dead-letters list --timeout 10ms | Invalid value for option '--timeout': not 1s to 1h",
        "--timeout 2h chats list | Invalid value for option '--timeout': not 1s to 1h",
        "chats list --state dead | Invalid value for option '--state' (STATE): 'dead' is not one of starting, ",
        "chats end | Which ones? Give chats, or --all, or --state and --idle-for",
        "chats end a --all | Give only one of chats, --all, and --state with --idle-for",
        "chats end --all --idle-for 2h | Give only one of ",
        "chats end --state ended | Invalid value for option '--state': no chat that is ended can be ended"})
    void givenWrongArguments_whenRun_thenTheStandardErrorSaysWhatAndShowsTheUsageAndTheStatusIs2(String arguments, String told) {
        Run run = run(Map.of("kafka.brokers", "nowhere"), arguments.split(" "));

        assertThat(run.status()).isEqualTo(2);
        assertThat(run.err().get(0)).startsWith("guestchat-bridge: " + told);
        assertThat(run.err()).anyMatch(line -> line.startsWith("Usage: guestchat-bridge "));
        assertThat(run.out()).isEmpty();
    }

    @Test
    void givenFaultsInTheKeysOfKafkaAndTheTopics_whenRun_thenEachIsALineAndNoOtherKeyCounts() {
        Run run = run(Map.of("kafka.brokers", "nowhere", "topics.evnts", "x", "chat.max-live", "none", "genesys.url", "nonsense"),
                "chats", "list");

        assertThat(run.status()).isEqualTo(1);
        assertThat(run.err()).containsExactly(
                "guestchat-bridge: kafka.brokers: not host:port, or several with commas between: \"nowhere\"",
                "guestchat-bridge: topics.evnts: no such key; did you mean topics.events?");
    }

    @Test
    @Timeout(20)
    void givenNoKafka_whenRun_thenOneLineSaysSoInTimeAndTheStatusIs1() {
        String nobody = "127.0.0.1:" + BridgeRig.freePort();

        Run run = run(Map.of("kafka.brokers", nobody), "--timeout=1s", "dead-letters", "redrive", "--all");

        assertThat(run.status()).isEqualTo(1);
        assertThat(run.err()).containsExactly("guestchat-bridge: Kafka does not answer within 1s: " + nobody);
        assertThat(run.out()).isEmpty();
    }

    private Run run(Map<String, String> keysAndValues, String... arguments) {
        return new OperatorTool(home, keysAndValues).run(arguments);
    }
}

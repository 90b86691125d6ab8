package io.guestchat.cli;

import io.guestchat.contract.ErrorCode;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;
import org.apache.kafka.common.TopicPartition;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Which dead letters are meant: those for which all that is given is true. */
final class LetterFilter implements Predicate<DeadLetter> {

    @Spec(Spec.Target.MIXEE)
    private CommandSpec command;
    @Option(names = "--code", paramLabel = "CODE", description = "Only with this error code. May be given several times.")
    private List<ErrorCode> codes = List.of();
    @Option(names = "--chat", paramLabel = "ID", description = "Only of this chat. May be given several times.")
    private List<String> chats = List.of();
    @Option(names = "--since", paramLabel = "TIME",
            description = "Only from then on: a time like 2026-11-22T15:00:00Z, or how long ago, like 2h.")
    private Instant since;
    @Option(names = "--until", paramLabel = "TIME", description = "Only before then.")
    private Instant until;
    @Option(names = "--partition", paramLabel = "NUMBER", description = "Only of this partition of the dead letters.")
    private Integer partition;
    @Option(names = "--offset", paramLabel = "NUMBER", description = "Only the one at this offset of --partition.")
    private Long offset;
    @Option(names = "--limit", paramLabel = "NUMBER", description = "At most so many.")
    private long limit = Long.MAX_VALUE;

    /** @throws ParameterException where the options contradict each other */
    void check() {
        if (offset != null && partition == null) {
            throw new ParameterException(command.commandLine(), "--offset needs --partition");
        }
        if (limit < 1) {
            throw new ParameterException(command.commandLine(), "Invalid value for option '--limit': not 1 or more");
        }
    }

    /** Whether every dead letter passes; a limit alone says nothing of which. */
    boolean isOpen() {
        return codes.isEmpty() && chats.isEmpty() && since == null && until == null && partition == null;
    }

    /** Tells of each dead letter that passes, as many as are wanted, in the order of the partitions and their offsets. */
    void letters(Cluster cluster, Predicate<DeadLetter> each) {
        String topic = cluster.topics().deadLetters();
        List<TopicPartition> all = cluster.partitions(topic);
        if (partition != null && (partition < 0 || partition >= all.size())) {
            throw new ToolFailure("no partition " + partition + " in " + topic + ": it has " + all.size());
        }
        long[] left = {limit};
        cluster.read(partition == null ? all : List.of(all.get(partition)), found -> {
            DeadLetter letter = DeadLetter.of(found);
            return !test(letter) || each.test(letter) && --left[0] > 0;
        });
    }

    @Override
    public boolean test(DeadLetter letter) {
        return (codes.isEmpty() || codes.stream().anyMatch(code -> code.code().equals(letter.code())))
                && (chats.isEmpty() || chats.stream().anyMatch(chat -> isKey(chat, letter.key())))
                && (since == null || !letter.at().isBefore(since))
                && (until == null || letter.at().isBefore(until))
                && (partition == null || partition == letter.partition())
                && (offset == null || offset == letter.offset());
    }

    /** By the bytes, so that one whose key is no chat id can be named, too. */
    private static boolean isKey(String chat, byte[] key) {
        return Arrays.equals(chat.getBytes(StandardCharsets.UTF_8), key);
    }
}

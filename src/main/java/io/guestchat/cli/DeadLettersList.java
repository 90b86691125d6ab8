package io.guestchat.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code dead-letters list}. */
@Command(name = "list", mixinStandardHelpOptions = true, sortOptions = false,
        description = "Tells the dead letters, a line each: where it stands, when, chat, code, type, where it came from, what was "
                + "wrong.")
final class DeadLettersList implements Callable<Integer> {

    private final Tool tool;
    @Mixin
    private final LetterFilter filter = new LetterFilter();
    @Option(names = "--count", description = "Only how many, by code and in total.")
    private boolean count;
    @Option(names = "--values", description = "With the requests themselves. They hold what guests said.")
    private boolean values;
    @Option(names = "--json", description = "One JSON object a line.")
    private boolean json;

    DeadLettersList(Tool tool) {
        this.tool = tool;
    }

    @Override
    public Integer call() throws Exception {
        filter.check();
        return tool.withKafka(cluster -> {
            Counts counts = new Counts();
            filter.letters(cluster, letter -> {
                if (count) {
                    counts.add(letter.code());
                } else {
                    tool.out().println(json ? LetterLines.json(letter, values) : LetterLines.text(letter, values));
                }
                // Whoever reads along may have seen enough.
                return !tool.out().checkError();
            });
            if (count) {
                counts.print(tool.out(), json, "codes");
            }
            return 0;
        });
    }
}

package io.guestchat.cli;

import java.util.concurrent.Callable;
import org.apache.kafka.clients.producer.KafkaProducer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code dead-letters redrive}. */
@Command(name = "redrive", mixinStandardHelpOptions = true, sortOptions = false,
        description = {"Sends dead letters as new requests, to the partition that each came from, with key, value and own headers "
                + "as they were. The dead letters stay: what is redriven twice is carried out twice.",
                "Needs --all, or a filter: --code, --chat, --since, --until, --partition."})
final class DeadLettersRedrive implements Callable<Integer> {

    private final Tool tool;
    @Spec
    private CommandSpec spec;
    @Mixin
    private final LetterFilter filter = new LetterFilter();
    @Option(names = "--all", description = "All dead letters.")
    private boolean all;
    @Option(names = "--dry-run", description = "Only tells what would be sent.")
    private boolean dryRun;

    DeadLettersRedrive(Tool tool) {
        this.tool = tool;
    }

    @Override
    public Integer call() throws Exception {
        filter.check();
        if (all != filter.isOpen()) {
            throw new ParameterException(spec.commandLine(),
                    all ? "--all goes with no filter" : "Which ones? Give a filter, or --all");
        }
        return tool.withKafka(cluster -> {
            String topic = cluster.topics().requests();
            NewRequests requests = new NewRequests(topic, cluster.partitions(topic).size());
            if (dryRun) {
                return through(cluster, new Redrive(tool, requests, null));
            }
            try (KafkaProducer<byte[], byte[]> producer = cluster.producer()) {
                return through(cluster, new Redrive(tool, requests, producer));
            }
        });
    }

    private int through(Cluster cluster, Redrive redrive) {
        filter.letters(cluster, redrive::take);
        return redrive.finish();
    }
}

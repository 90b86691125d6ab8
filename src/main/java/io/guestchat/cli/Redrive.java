package io.guestchat.cli;

import io.guestchat.cli.NewRequests.Fate;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.RecordTooLargeException;

/**
 * One run of sending dead letters. It sends one only when Kafka has taken the one before: nothing overtakes, and whoever has to
 * go on after a failure knows from where. For one thread.
 */
final class Redrive {

    private final Tool tool;
    private final NewRequests requests;
    private final Producer<byte[], byte[]> producer;
    private final Map<Fate, Integer> fates = new EnumMap<>(Fate.class);
    private int failed;

    /** @param producer null for a dry run */
    Redrive(Tool tool, NewRequests requests, Producer<byte[], byte[]> producer) {
        this.tool = tool;
        this.requests = requests;
        this.producer = producer;
    }

    /** @return whether to go on: what Kafka leaves unanswered or forbids now, it will for the next one */
    boolean take(DeadLetter letter) {
        Fate fate = requests.fateOf(letter);
        fates.merge(fate, 1, Integer::sum);
        switch (fate) {
            case SKIPPED -> tool.out().println(letter.place() + " skipped: it has no value");
            case REFUSED -> tool.out().println(letter.place() + " refused: it did not come from the topic of the requests");
            case SENT -> {
                return send(letter, requests.of(letter));
            }
        }
        return true;
    }

    private boolean send(DeadLetter letter, ProducerRecord<byte[], byte[]> request) {
        if (producer == null) {
            String partition = request.partition() == null ? "" : "-" + request.partition();
            tool.out().println("to " + request.topic() + partition + ": " + LetterLines.text(letter, false));
            return true;
        }
        try {
            tool.out().println(letter.place() + " -> " + producer.send(request).get());
            return true;
        } catch (ExecutionException failure) {
            failed++;
            boolean alone = failure.getCause() instanceof RecordTooLargeException;
            tool.complain(letter.place() + " not sent" + (alone ? ": " : ", nor what comes after it: ") + Tool.reasonOf(failure));
            return alone;
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new ToolFailure("interrupted; " + letter.place() + " may or may not have been sent");
        }
    }

    /**
     * Sums up.
     *
     * @return the exit status
     */
    int finish() {
        int refused = fates.getOrDefault(Fate.REFUSED, 0);
        int sent = fates.getOrDefault(Fate.SENT, 0) - failed;
        String others = ", skipped " + fates.getOrDefault(Fate.SKIPPED, 0) + ", refused " + refused;
        tool.out().println(producer == null ? "would redrive " + sent + others
                : "redriven " + sent + others + ", failed " + failed);
        return failed == 0 && refused == 0 ? 0 : 1;
    }
}

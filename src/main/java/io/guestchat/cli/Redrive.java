package io.guestchat.cli;

import io.guestchat.cli.NewRequests.Fate;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.errors.RecordTooLargeException;

/**
 * One run of sending dead letters. It tells of each that Kafka has taken, so that whoever has to go on after a failure knows from
 * where. What Kafka does not answer stops it: the next ones would each wait as long, and overtake.
 */
final class Redrive {

    private final Tool tool;
    private final NewRequests requests;
    private final Producer<byte[], byte[]> producer;
    private final Map<Fate, Integer> fates = new EnumMap<>(Fate.class);
    /** These are told by the producer's thread. */
    private final AtomicInteger redriven = new AtomicInteger();
    private final AtomicInteger failed = new AtomicInteger();
    private volatile boolean stopped;

    /** @param producer null for a dry run */
    Redrive(Tool tool, NewRequests requests, Producer<byte[], byte[]> producer) {
        this.tool = tool;
        this.requests = requests;
        this.producer = producer;
    }

    /** @return whether to go on */
    boolean take(DeadLetter letter) {
        Fate fate = requests.fateOf(letter);
        fates.merge(fate, 1, Integer::sum);
        if (fate == Fate.SENT) {
            send(letter);
        } else {
            tool.out().println(letter.place() + (fate == Fate.SKIPPED ? " skipped: it has no value"
                    : " refused: it did not come from the topic of the requests"));
        }
        return !stopped;
    }

    private void send(DeadLetter letter) {
        ProducerRecord<byte[], byte[]> request = requests.of(letter);
        if (producer == null) {
            String partition = request.partition() == null ? "" : "-" + request.partition();
            tool.out().println("to " + request.topic() + partition + ": " + LetterLines.text(letter, false));
            return;
        }
        producer.send(request, (place, failure) -> answered(letter, place, failure));
    }

    private void answered(DeadLetter letter, RecordMetadata place, Exception failure) {
        if (failure == null) {
            redriven.incrementAndGet();
            tool.out().println(letter.place() + " -> " + place);
            return;
        }
        failed.incrementAndGet();
        tool.complain(letter.place() + " not sent: " + Tool.reasonOf(failure));
        // That one alone is at fault then.
        stopped |= !(failure instanceof RecordTooLargeException);
    }

    /**
     * Waits for Kafka's answers and sums up.
     *
     * @return the exit status
     */
    int finish() {
        if (producer != null) {
            producer.flush();
        }
        int refused = fates.getOrDefault(Fate.REFUSED, 0);
        String summary = ", skipped " + fates.getOrDefault(Fate.SKIPPED, 0) + ", refused " + refused;
        if (producer == null) {
            tool.out().println("would redrive " + fates.getOrDefault(Fate.SENT, 0) + summary);
        } else {
            tool.out().println("redriven " + redriven + summary + ", failed " + failed);
        }
        if (stopped) {
            tool.complain("stopped at the first failure, there may be more to redrive");
        }
        return failed.get() == 0 && refused == 0 ? 0 : 1;
    }
}

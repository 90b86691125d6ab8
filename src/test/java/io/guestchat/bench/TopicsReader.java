package io.guestchat.bench;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Reads what comes out of a run's topics, on a thread of its own: texts are counted and timed, events are kept in mind. */
final class TopicsReader implements AutoCloseable {

    private final RunTopics topics;
    private final Arrivals arrivals;
    private final Happenings happenings;
    private final WindowMeter meter;
    private final KafkaConsumer<byte[], byte[]> consumer;
    private final List<TopicPartition> events = new ArrayList<>();
    private final Thread thread = new Thread(this::read, "bench-reader");
    private volatile IntConsumer onText = chat -> { };
    private volatile boolean readingEvents = true;
    private volatile RuntimeException failure;

    TopicsReader(String brokers, RunTopics topics, Arrivals arrivals, Happenings happenings, WindowMeter meter) {
        this.topics = topics;
        this.arrivals = arrivals;
        this.happenings = happenings;
        this.meter = meter;
        this.consumer = new KafkaConsumer<>(Map.of("bootstrap.servers", brokers, "max.poll.records", "2000"),
                new ByteArrayDeserializer(), new ByteArrayDeserializer());
        List<TopicPartition> all = new ArrayList<>();
        IntStream.range(0, RunTopics.PARTITIONS).forEach(partition -> {
            events.add(new TopicPartition(topics.events(), partition));
            all.add(new TopicPartition(topics.messages(), partition));
        });
        all.addAll(events);
        consumer.assign(all);
        consumer.seekToBeginning(all);
        thread.start();
    }

    /** Told of each text that comes for the first time, on the reader's thread. */
    void onText(IntConsumer listener) {
        onText = listener;
    }

    /**
     * The bridge tells two events of each text, the reference none: while texts are measured the driver, which has the same
     * processors, need not read them.
     */
    void readEvents(boolean wanted) {
        readingEvents = wanted;
    }

    /** @throws RuntimeException where the reader has ended */
    void check() {
        if (failure != null) {
            throw failure;
        }
    }

    private void read() {
        boolean paused = false;
        try (consumer) {
            while (true) {
                if (paused == readingEvents) {
                    paused = !paused;
                    if (paused) {
                        consumer.pause(events);
                    } else {
                        consumer.resume(events);
                    }
                }
                for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofMillis(100))) {
                    take(record);
                }
            }
        } catch (WakeupException closed) {
            // The consumer is closed on its own thread, as it wants to be.
        } catch (RuntimeException broken) {
            failure = broken;
        }
    }

    private void take(ConsumerRecord<byte[], byte[]> record) {
        long now = System.nanoTime();
        int chat = ChatNames.chat(record.key());
        if (record.topic().equals(topics.messages())) {
            Texts.Said said = Texts.read(record.value());
            if (arrivals.arrived(chat, said.number(), id(record))) {
                meter.arrived(said.intended(), now);
                onText.accept(chat);
            }
        } else {
            happenings.happened(header(record, "ce_type").replaceAll("^io\\.guestchat\\.|\\.v1$", ""), chat, now);
        }
    }

    /** An agent text's id ends with its number among the session's agent texts. */
    private static long id(ConsumerRecord<byte[], byte[]> record) {
        String id = header(record, "ce_id");
        return id.isEmpty() ? Arrivals.NO_ID : Long.parseLong(id.substring(id.lastIndexOf('/') + 1));
    }

    private static String header(ConsumerRecord<byte[], byte[]> record, String name) {
        Header header = record.headers().lastHeader(name);
        return header == null ? "" : new String(header.value(), StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        consumer.wakeup();
        try {
            thread.join();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }
}

package io.guestchat.bench;

import java.util.Arrays;
import java.util.stream.Collectors;

/** What is measured, by the name that {@code -Dbench.only} takes. What a figure's bar is stands here and nowhere else. */
enum Figure {
    ROUND_TRIPS("roundtrips", "round trips a second, most", "1/s", Bar.ratioAtLeast(0.5, 0.8)),
    CPU("cpu", "CPU seconds per 1,000 round trips", "s", Bar.ratioAtMost(2.0, 1.3)),
    LATENCY_P50("latency", "latency p50", "ms", Bar.NONE),
    LATENCY_P99("latency", "latency p99", "ms", Bar.ratioAtMost(2.0, 1.2)),
    STARTS("starts", "starts a second", "1/s", Bar.ratioAtLeast(0.5, 0.8)),
    RESIDENT("memory", "memory per idle chat, resident", "KiB", Bar.ratioAtMost(2.0, 1.3)),
    LIVE_HEAP("memory", "memory per idle chat, live heap", "KiB", Bar.ratioAtMost(2.0, 1.3)),
    SMALL_HEAP("memory", "live heap with -Xmx256m", "MiB", Bar.valueAtMost(256, Double.NaN)),
    THREADS("threads", "threads", "", Bar.NONE),
    /** Kafka's and the JVM's own threads come and go by a few. */
    MORE_THREADS("threads", "threads that more chats add", "", Bar.valueAtMost(5, Double.NaN)),
    DESCRIPTORS("threads", "descriptors a chat", "", Bar.NONE),
    IDLE_CPU("idle", "CPU of idle chats, pings on", "% of a core", Bar.valueAtMost(5, Double.NaN)),
    DROPPED("dropped", "all sockets dropped, until all flow", "s", Bar.ratioAtMost(2.0, 1.3)),
    TAKEOVER("takeover", "takeover, after the group has noticed", "s", Bar.ratioAtMost(2.0, 1.3)),
    STARTUP("startup", "start of the process until ready", "s", Bar.valueAtMost(4, 2)),
    STATE_PER_TEXT("state", "state topic, bytes per text", "B", Bar.NONE),
    STATE_SIZE("state", "state topic after many chats ended and compaction", "KiB", Bar.NONE),
    STATE_CHATS("state", "chats in the state topic, for each that lives", "", Bar.valueAtMost(1, Double.NaN)),
    STOCK("stock", "stock routes", "", Bar.NONE);

    private final String id;
    private final String title;
    private final String unit;
    private final Bar bar;

    Figure(String id, String title, String unit, Bar bar) {
        this.id = id;
        this.title = title;
        this.unit = unit;
        this.bar = bar;
    }

    String id() {
        return id;
    }

    String title() {
        return title;
    }

    String unit() {
        return unit;
    }

    Bar bar() {
        return bar;
    }

    /** Refuses what is no figure's name. */
    static void named(String id) {
        if (Arrays.stream(values()).noneMatch(figure -> figure.id.equals(id))) {
            throw new IllegalArgumentException("no figure " + id + "; there are "
                    + Arrays.stream(values()).map(Figure::id).distinct().collect(Collectors.joining(", ")));
        }
    }
}

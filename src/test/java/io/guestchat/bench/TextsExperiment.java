package io.guestchat.bench;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Round trips of texts: how many, how soon, at what cost. One process a run, warmed up once, then measured at each load. */
final class TextsExperiment implements Experiment {

    @Override
    public Set<Figure> figures() {
        return Set.of(Figure.ROUND_TRIPS, Figure.CPU, Figure.LATENCY_P50, Figure.LATENCY_P99, Figure.STATE_PER_TEXT);
    }

    @Override
    public void measure(Bench bench) {
        bench.alternate(side -> run(bench, side));
    }

    private static void run(Bench bench, Side side) {
        Form.Talking form = bench.form().talking();
        int chats = form.chats();
        // A chat may not say more in a second than this, and in a closed loop it says more than five things.
        Setup setup = Setup.usual().with("chat.messages-per-second", "1000");
        try (BenchRun run = bench.open(side, "texts", setup, chats)) {
            run.startSubject();
            run.startChats(0, chats);
            Talk talk = new Talk(run, chats);
            talk.warmUp(form.warmUpTexts(), form.warmUp());
            if (bench.options().wants(Figure.ROUND_TRIPS) || bench.options().wants(Figure.CPU)) {
                most(bench, side, talk.closedLoop(form.window()), chats);
            }
            if (bench.options().wants(Figure.LATENCY_P99) || bench.options().wants(Figure.CPU)
                    || bench.options().wants(Figure.STATE_PER_TEXT)) {
                for (int rate : form.rates()) {
                    Map<String, Long> before = sizes(bench, run);
                    long sentBefore = run.arrivals().sent();
                    Window window = talk.openLoop(rate, form.window());
                    Map<String, Double> perText = new TreeMap<>();
                    double texts = run.arrivals().sent() - sentBefore;
                    sizes(bench, run).forEach((topic, size) -> perText.put(topic, (size - before.get(topic)) / texts));
                    paced(bench, side, window, chats, rate, perText);
                }
            }
        }
    }

    private static void most(Bench bench, Side side, Window window, int chats) {
        String work = chats + " chats, closed loop, " + Texts.BYTES + " bytes";
        bench.results().add(Figure.ROUND_TRIPS, work, side, window.rate());
        bench.results().add(Figure.CPU, chats + " chats, at the most", side, window.cpuPerThousand(side.toString()));
        load(bench, side, window, "at the most");
    }

    private static void paced(Bench bench, Side side, Window window, int chats, int rate,
            Map<String, Double> bytesPerText) {
        String work = chats + " chats, " + rate + "/s";
        bench.results().add(Figure.CPU, work, side, window.cpuPerThousand(side.toString()));
        bench.results().add(Figure.LATENCY_P50, work, side, window.p50());
        bench.results().add(Figure.LATENCY_P99, work, side, window.p99());
        if (side == Side.BRIDGE) {
            bench.results().add(Figure.STATE_PER_TEXT, work, side, bytesPerText.get("sessions"));
            bench.results().note("bytes that a text there and back is to the broker, " + rate + "/s: " + bytesPerText.entrySet().stream()
                    .map(topic -> topic.getKey() + " " + Math.round(topic.getValue())).collect(Collectors.joining(", ")));
        }
        load(bench, side, window, rate + "/s");
    }

    private static Map<String, Long> sizes(Bench bench, BenchRun run) {
        RunTopics topics = run.topics();
        return Map.of("requests", bench.broker().size(topics.requests()), "events", bench.broker().size(topics.events()),
                "messages", bench.broker().size(topics.messages()), "sessions", bench.broker().size(topics.sessions()));
    }

    private static void load(Bench bench, Side side, Window window, String work) {
        Map<String, Double> shares = new TreeMap<>();
        window.cpu().keySet().forEach(process ->
                shares.put(process.equals(side.toString()) ? "subject" : process, window.share(process)));
        bench.results().load(new Results.Load(work, side, shares, window.latest()));
    }
}

package io.guestchat.bench;

import io.guestchat.bench.bare.BareOptions;
import io.guestchat.harness.Tally;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * One side with topics of its own, and the driver's ends of these topics. When it is closed its texts have been counted, its
 * processes are gone, and the platform and the broker have forgotten it. For one thread.
 */
final class BenchRun implements AutoCloseable {

    private static final Duration LONGEST_SILENCE = Duration.ofSeconds(10);

    private final Bench bench;
    private final Side side;
    private final String name;
    private final Setup setup;
    private final Platform platform;
    private final RunTopics topics;
    private final Arrivals arrivals;
    private final Happenings happenings = new Happenings();
    private final WindowMeter meter = new WindowMeter();
    private final GuestRequests requests;
    private final TopicsReader reader;
    private final List<ChildJvm> subjects = new ArrayList<>();

    /** @param chats the most that there will be */
    BenchRun(Bench bench, Side side, String name, Setup setup, int chats) {
        this.bench = bench;
        this.side = side;
        this.name = name;
        this.setup = setup;
        this.platform = bench.platform(setup.tls());
        this.topics = new RunTopics(name.replaceAll("[^a-z0-9]+", "-"));
        this.arrivals = new Arrivals(chats);
        bench.broker().create(topics, setup.sessions());
        String brokers = bench.broker().bootstrapServers();
        this.requests = new GuestRequests(brokers, topics, arrivals);
        this.reader = new TopicsReader(brokers, topics, arrivals, happenings, meter);
    }

    Side side() {
        return side;
    }

    RunTopics topics() {
        return topics;
    }

    Platform platform() {
        return platform;
    }

    Arrivals arrivals() {
        return arrivals;
    }

    Happenings happenings() {
        return happenings;
    }

    WindowMeter meter() {
        return meter;
    }

    GuestRequests requests() {
        return requests;
    }

    TopicsReader reader() {
        return reader;
    }

    /** The process that was started last. */
    ChildJvm subject() {
        return subjects.get(subjects.size() - 1);
    }

    /** What bears the work, by name. */
    List<ChildJvm> processes() {
        return List.of(subject(), bench.brokerJvm(), platform.jvm());
    }

    /** Starts one more process of this side, and waits until it is ready. @return how long that took */
    Duration startSubject() {
        String log = topics.run() + "-" + (subjects.size() + 1);
        String brokers = bench.broker().bootstrapServers();
        long began = System.nanoTime();
        if (side != Side.BRIDGE) {
            BareOptions options = new BareOptions(brokers, topics.run(), topics.requests(), topics.messages(), topics.events(),
                    URI.create(platform.url()), URI.create(platform.webSocketUrl()), Platform.CLIENT_ID, Platform.CLIENT_SECRET);
            subjects.add(bench.processes().reference(side, log, options.arguments(), setup, platform.trust()));
        } else {
            int port = Processes.freePort();
            subjects.add(bench.processes().bridge(log, configuration(brokers, port), setup, platform.trust()));
            awaitReady(URI.create("http://127.0.0.1:" + port + "/observe/health/ready"));
        }
        return Duration.ofNanos(System.nanoTime() - began);
    }

    private Map<String, String> configuration(String brokers, int managementPort) {
        Map<String, String> configuration = new HashMap<>(setup.configuration());
        configuration.putAll(topics.configuration());
        configuration.put("kafka.brokers", brokers);
        configuration.put("kafka.group-id", topics.run());
        configuration.put("genesys.url", platform.url());
        configuration.put("genesys.oauth-url", platform.url() + "/oauth/token");
        configuration.put("genesys.websocket-url", platform.webSocketUrl());
        configuration.put("genesys.client-id", Platform.CLIENT_ID);
        configuration.put("genesys.client-secret", Platform.CLIENT_SECRET);
        configuration.put("camel.management.host", "127.0.0.1");
        configuration.put("camel.management.port", Integer.toString(managementPort));
        return configuration;
    }

    private void awaitReady(URI ready) {
        HttpRequest question = HttpRequest.newBuilder(ready).timeout(Duration.ofSeconds(5)).build();
        Patience.untilTrue("the bridge is ready", () -> {
            subject().checkAlive();
            try {
                return bench.processes().http().send(question, BodyHandlers.discarding()).statusCode() == 200;
            } catch (IOException notYet) {
                return false;
            }
        });
    }

    /** SIGKILL for the process that was started last. */
    void killLast() {
        bench.processes().end(subjects.remove(subjects.size() - 1));
    }

    /** Starts the chats with these numbers all at once. @return from the first request until the last socket is open */
    Duration startChats(int from, int to) {
        happenings.forget(side.connected());
        long began = System.nanoTime();
        for (int chat = from; chat < to; chat++) {
            requests.start(chat);
        }
        await(side.connected(), to - from);
        return Duration.ofNanos(happenings.last(side.connected()) - began);
    }

    /** Ends them all at once. */
    void endChats(int from, int to) {
        happenings.forget("chat-ended");
        for (int chat = from; chat < to; chat++) {
            requests.end(chat);
        }
        await("chat-ended", to - from);
    }

    /** Waits until so many chats have been told an event. */
    void await(String event, int chats) {
        Patience.untilTrue(event + " of " + chats + " chats", () -> {
            check();
            return happenings.chats(event) >= chats;
        });
    }

    /** Waits until each text has arrived, or none has come for a while; what has not come by then is lost. */
    void awaitTexts() {
        int missing = Integer.MAX_VALUE;
        int before;
        do {
            before = missing;
            int known = before;
            Patience.within(LONGEST_SILENCE, () -> {
                check();
                int now = arrivals.tally().lost();
                return now == 0 || now < known;
            });
            missing = arrivals.tally().lost();
        } while (missing > 0 && missing < before);
    }

    private void check() {
        reader.check();
        subjects.forEach(ChildJvm::checkAlive);
    }

    @Override
    public void close() {
        subjects.forEach(bench.processes()::end);
        requests.close();
        reader.close();
        int failed = happenings.chats("request-failed");
        if (failed > 0) {
            bench.results().fail(name + ": requests of " + failed + " chats failed");
        }
        Tally tally = arrivals.tally();
        bench.results().count(new Results.Count(name, side, arrivals.sent(), tally, arrivals.again()));
        platform.control().forgetAll();
        bench.broker().delete(topics);
    }
}

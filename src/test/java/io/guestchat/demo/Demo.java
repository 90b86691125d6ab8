package io.guestchat.demo;

import io.guestchat.broker.EmbeddedKafka;
import io.guestchat.config.TopicSettings;
import io.guestchat.simulator.PlatformSimulator;
import java.io.BufferedReader;
import java.io.Console;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Locale;
import java.util.Map;

/**
 * The demo: starts the servers, has the scripted chat, and on a terminal goes on by hand until Ctrl-C. Exits with 0, or with 1
 * where a step failed.
 */
public final class Demo {

    private static final Duration STEP_LIMIT = Duration.ofSeconds(30);
    private static final String BRIDGE_LOG = "target/demo-bridge.log";
    private static final String SERVERS_LOG = "target/demo-servers.log";

    private final Path home;
    private final Console console;
    private final Transcript out;
    private final DemoServers servers;
    private final Mailbox mailbox = new Mailbox();
    private final Requests requests = new Requests();
    private final long began = System.nanoTime();
    private volatile DemoBridge bridge;

    private Demo(Path home, Console console) {
        this.home = home;
        this.console = console;
        // https://no-color.org: not empty means no.
        boolean colours = console != null && System.getenv().getOrDefault("NO_COLOR", "").isEmpty()
                && !"dumb".equals(System.getenv("TERM"));
        this.out = new Transcript(System.out, console != null, colours, ZoneId.systemDefault());
        this.servers = new DemoServers(home);
    }

    /** @param args the project's root; without, the working directory */
    public static void main(String[] args) {
        Path home = Path.of(args.length > 0 ? args[0] : "").toAbsolutePath().normalize();
        // Before the first logger is made. What broker and simulator log is not for the screen.
        System.setProperty("log4j2.configurationFile", "demo-log4j2.xml");
        System.setProperty("demo.log", home.resolve(SERVERS_LOG).toString());
        // Later JDKs have a console without a terminal, unless told so.
        System.setProperty("jdk.console", "java.base");
        new Demo(home, System.console()).runToTheEnd();
    }

    private void runToTheEnd() {
        Runtime.getRuntime().addShutdownHook(new Thread(this::end, "demo-end"));
        try {
            run();
            System.exit(0);
        } catch (DemoFailure failure) {
            fail(failure.getMessage());
        } catch (IOException | RuntimeException | Error failure) {
            fail(failure.toString());
        }
    }

    private void end() {
        if (out.promptAnswered()) {
            out.note("");
        }
        if (bridge != null && bridge.isAlive()) {
            out.note("Ending; the bridge drains.");
        }
        servers.close();
    }

    /** Tells the first failure only: a bridge that has ended lets a step fail too. Who comes second waits here for the exit. */
    private synchronized void fail(String reason) {
        if (servers.closed()) {
            // The end has begun, and takes away what a step waits for.
            return;
        }
        out.note("");
        out.note("The demo failed: " + reason);
        if (bridge != null) {
            out.note("The last lines of the bridge's log, " + BRIDGE_LOG + ":");
            bridge.tail().forEach(line -> out.note("  " + line));
        }
        System.exit(1);
    }

    private void run() throws IOException {
        if (!Files.exists(home.resolve(DemoBridge.JAR))) {
            throw new DemoFailure(DemoBridge.JAR + " is not in " + home + ": build it first, ./mvnw package");
        }
        out.note("GuestChat Bridge: a chat between a Kafka client and an agent, on this machine alone.");
        EmbeddedKafka broker = servers.startBroker();
        started("Kafka broker", broker.bootstrapServers());
        PlatformSimulator platform = servers.startPlatform();
        started("Simulator", platform.baseUrl() + " stands for the platform, controlled at " + platform.baseUrl() + "/control/");
        Map<String, String> configuration = servers.configuration(broker, platform);
        TopicSettings topics = servers.topics(configuration);
        bridge = servers.startBridge(configuration, home.resolve(BRIDGE_LOG));
        bridge.whenEnded(status -> fail("the bridge ended with status " + status));
        servers.awaitReady(bridge);
        started("Bridge", servers.observe("health") + " and " + servers.observe("metrics") + ", log " + BRIDGE_LOG);

        chat(broker, platform, topics);
    }

    private void chat(EmbeddedKafka broker, PlatformSimulator platform, TopicSettings topics) throws IOException {
        Wording wording = new Wording(topics);
        out.align(topics);
        ChatClient client = servers.keep(new ChatClient(broker.bootstrapServers(), topics, record -> {
            wording.received(record).forEach(out::print);
            mailbox.put(record);
        }));
        Outbox outbox = (guest, request) -> {
            out.print(wording.request(Instant.now(), guest, request));
            client.send(guest.chatId(), request);
        };
        Guest ada = new Guest("Ada");
        ScriptedAgent agent = new ScriptedAgent(platform);
        new Script(ada, topics, requests, outbox, mailbox, agent, STEP_LIMIT, out::heading)
                .run(() -> out.note(String.format(Locale.ROOT, "The chat is live, %.1f s after the first line.", seconds())));
        out.heading("The whole chat went through.");
        if (console != null) {
            agent.answerAll();
            out.note("Go on by hand. From another terminal:");
            out.note("  kcat -b " + broker.bootstrapServers() + " -C -t " + topics.events() + " -f '%k %s\\n'");
            out.note("  curl " + platform.baseUrl() + "/control/say -d '{\"session\":\"Ada\",\"text\":\"Are you there?\"}'");
            out.note("  curl " + servers.observe("health/ready"));
            new Prompt(ada, out, requests, outbox, mailbox).run(new BufferedReader(console.reader()));
        }
    }

    private void started(String what, String where) {
        out.note(String.format(Locale.ROOT, "%5.1f s  %-13s %s", seconds(), what, where));
    }

    private double seconds() {
        return (System.nanoTime() - began) / 1e9;
    }
}

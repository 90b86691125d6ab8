package io.guestchat;

import io.guestchat.chat.Chats;
import io.guestchat.config.GenesysSettings;
import io.guestchat.config.Settings;
import io.guestchat.contract.RequestReader;
import io.guestchat.dialect.Dialect;
import io.guestchat.dialect.webchat.WebchatDialect;
import io.guestchat.flow.AgentWords;
import io.guestchat.flow.Assignments;
import io.guestchat.flow.AwaitTold;
import io.guestchat.flow.CatchUp;
import io.guestchat.flow.Connector;
import io.guestchat.flow.Endings;
import io.guestchat.flow.Events;
import io.guestchat.flow.Flows;
import io.guestchat.flow.Frames;
import io.guestchat.flow.Gaps;
import io.guestchat.flow.GuestWords;
import io.guestchat.flow.Histories;
import io.guestchat.flow.LastWords;
import io.guestchat.flow.Refusals;
import io.guestchat.flow.Requests;
import io.guestchat.flow.Settling;
import io.guestchat.flow.Sockets;
import io.guestchat.flow.Starting;
import io.guestchat.flow.Statuses;
import io.guestchat.flow.Telling;
import io.guestchat.flow.Timers;
import io.guestchat.flow.TurnTaking;
import io.guestchat.flow.Untold;
import io.guestchat.observe.BridgeMeters;
import io.guestchat.ownership.SessionStates;
import io.guestchat.platform.Backoff;
import io.guestchat.platform.PlatformBeans;
import io.guestchat.platform.PlatformSettings;
import io.guestchat.platform.SystemTimer;
import io.guestchat.publish.DeadLetters;
import io.guestchat.publish.OversizeRecords;
import io.guestchat.publish.PublishRetries;
import io.guestchat.publish.Records;
import io.guestchat.publish.WholeDeadLetter;
import io.guestchat.socket.SessionWebsocketComponent;
import io.guestchat.socket.SocketOptions;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.apache.camel.CamelConfiguration;
import org.apache.camel.CamelContext;

/** Makes the beans that the routes name, and puts them together. Camel calls it once, before it reads the routes. */
final class Wiring implements CamelConfiguration {

    private static final Duration RECONNECT_BASE = Duration.ofMillis(250);
    private static final Duration RECONNECT_CAP = Duration.ofSeconds(30);
    private static final Duration GAP_CAP = Duration.ofSeconds(10);

    private final Settings settings;
    private final Consumer<String> refuse;

    /** @param refuse ends the process with status 1, and a reason */
    Wiring(Settings settings, Consumer<String> refuse) {
        this.settings = Objects.requireNonNull(settings, "settings");
        this.refuse = Objects.requireNonNull(refuse, "refuse");
    }

    @Override
    public void configure(CamelContext context) throws Exception {
        Clock clock = Clock.systemUTC();
        MeterRegistry registry = Observability.registry(context);
        SystemTimer timer = new SystemTimer("guestchat-timer");
        ExecutorService workers = Workers.pool();

        GenesysSettings genesys = settings.genesys();
        PlatformBeans platform = new PlatformBeans(new PlatformSettings(genesys.clientId(), genesys.clientSecret()::reveal,
                genesys.retryMaxElapsed(), genesys.requestsPerMinute(), genesys.connectPerMinute(), WebchatDialect.SCOPES, genesys.tls(),
                genesys.proxy()), registry, clock);
        platform.bindTo(context);
        SessionWebsocketComponent sockets = new SessionWebsocketComponent(
                SocketOptions.defaults().withTls(genesys.tls()).withProxy(genesys.proxy()), workers);
        context.addComponent("vertx-websocket", sockets);

        BridgeMeters meters = new BridgeMeters(registry);
        Chats chats = new Chats(settings.chat().messagesPerSecond());
        Flows flows = new Flows(context, workers);
        Events events = new Events(clock);
        KafkaWiring kafka = new KafkaWiring(settings, context, workers, chats, flows, meters);
        Endings endings = bindSteps(context, clock, timer, workers, platform, sockets, meters, chats, flows, events, kafka);
        kafka.bind();

        Timers timers = new Timers(chats, endings, settings.chat().idleTimeout(), timer, flows);
        Lifecycle lifecycle = new Lifecycle(platform, timer, workers, kafka);
        context.addLifecycleStrategy(lifecycle);
        AtomicBoolean begun = new AtomicBoolean();
        context.addStartupListener((started, alreadyStarted) -> {
            // Camel calls it again for each route that is started later, and the requests' route is.
            if (begun.compareAndSet(false, true)) {
                platform.start();
                timers.start();
                kafka.intake(refuse).begin();
            }
        });
        Observability.bind(context, meters, chats, sockets, kafka, platform, lifecycle);
    }

    private Endings bindSteps(CamelContext context, Clock clock, SystemTimer timer, ExecutorService workers, PlatformBeans platform,
            SessionWebsocketComponent sockets, BridgeMeters meters, Chats chats, Flows flows, Events events, KafkaWiring kafka) {
        GenesysSettings genesys = settings.genesys();
        Dialect dialect = new WebchatDialect();
        Backoff reconnect = new Backoff(RECONNECT_BASE, RECONNECT_CAP, () -> ThreadLocalRandom.current().nextLong());
        Backoff gapBackoff = new Backoff(RECONNECT_BASE, GAP_CAP, () -> ThreadLocalRandom.current().nextLong());

        Settling settling = new Settling(chats, timer, flows);
        AgentWords agentWords = new AgentWords(chats, events, meters);
        Assignments assignments = new Assignments(dialect, genesys.assignmentPollAfter(), timer, flows, events);
        Endings endings = new Endings(chats, genesys.retryMaxElapsed(), settings.chat().idleTimeout(), timer, events, meters);
        Connector connector = new Connector(dialect, genesys.websocketUrl(), sockets, platform.tokens(), platform.handshakePace(),
                clock, timer, flows, flows.processor("frame"), workers);
        RequestReader reader = new RequestReader(settings.chat().maxTextBytes(), settings.guest().defaultLanguage());

        bind(context, "turn", new TurnTaking(workers));
        bind(context, "requests", new Requests(chats, reader, settings.requests().maxAge(), events, meters));
        bind(context, "refusals", new Refusals(chats, events, meters));
        bind(context, "starting", new Starting(chats, dialect, events, meters, settings.chat().maxLive()));
        bind(context, "sockets", new Sockets(connector, dialect, platform.tokens(), reconnect, clock, settings.kafka().sessionTimeout(),
                timer, flows, events, assignments, settling, meters));
        bind(context, "frames", new Frames(dialect, settling, events, meters));
        bind(context, "agentWords", agentWords);
        bind(context, "guestWords", new GuestWords(settings.chat(), kafka.lease(), dialect, settling, timer, flows, events, meters));
        bind(context, "assignments", assignments);
        bind(context, "catchUp", new CatchUp(dialect, gapBackoff, timer, flows, meters));
        bind(context, "gaps", new Gaps(chats, agentWords, assignments, settling, events, meters));
        bind(context, "lastWords", new LastWords(meters));
        bind(context, "histories", new Histories(dialect, events));
        bind(context, "statuses", new Statuses(dialect, events));
        bind(context, "endings", endings);
        bind(context, "settling", settling);
        bind(context, "untold", new Untold(events));
        bind(context, "tellEvent", new Telling("tell-event", "publish-event", flows, workers));
        bind(context, "tellMessage", new Telling("tell-message", "publish-message", flows, workers));
        bind(context, "awaitTold", new AwaitTold(workers));
        bind(context, "records", new Records("/guestchat-bridge/" + settings.kafka().groupId(), clock));
        bind(context, "deadLetters", new DeadLetters());
        bind(context, "wholeDeadLetter", new WholeDeadLetter());
        bind(context, "publishRetries", new PublishRetries());
        bind(context, "oversizeRecords", new OversizeRecords(meters));
        bind(context, "sessionStates", new SessionStates(chats, kafka.mapping()));
        return endings;
    }

    private static void bind(CamelContext context, String name, Object bean) {
        context.getRegistry().bind(name, bean);
    }
}

package io.guestchat;

import io.guestchat.chat.Chat;
import io.guestchat.chat.Chats;
import io.guestchat.intake.IntakeStatus;
import io.guestchat.observe.BridgeMeters;
import io.guestchat.observe.Readiness;
import io.guestchat.platform.AccessTokens;
import io.guestchat.platform.PlatformBeans;
import io.guestchat.socket.SessionWebsocketComponent;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.util.List;
import java.util.Optional;
import org.apache.camel.CamelContext;
import org.apache.camel.component.micrometer.MicrometerConstants;

/** What an operator looks at: the metrics' registry, the gauges, the conditions of readiness. */
final class Observability {

    private static final List<String> STATES = List.of("starting", "connecting", "connected", "lost", "ended");

    private Observability() {
    }

    /**
     * The registry that {@code /observe/metrics} shows. With {@code camel.metrics.*} set, Camel has made it before the beans are
     * wired (MicrometerPrometheus.doInit), and would not look at another; without, it takes the one that it finds.
     */
    static MeterRegistry registry(CamelContext context) {
        MeterRegistry made = context.getRegistry().lookupByNameAndType(MicrometerConstants.METRICS_REGISTRY_NAME, MeterRegistry.class);
        if (made != null) {
            return made;
        }
        PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        context.getRegistry().bind(MicrometerConstants.METRICS_REGISTRY_NAME, registry);
        return registry;
    }

    static void bind(CamelContext context, BridgeMeters meters, Chats chats, SessionWebsocketComponent sockets, KafkaWiring kafka,
            PlatformBeans platform, Lifecycle lifecycle) {
        for (String state : STATES) {
            meters.gauge("guestchat.sessions", () -> count(chats, state), "state", state);
        }
        meters.gauge("guestchat.sockets", sockets::sockets);
        meters.gauge("guestchat.sockets.paused", sockets::paused);
        meters.gauge("guestchat.requests.unfinished", () -> kafka.status().unfinished());
        meters.gauge("guestchat.requests.oldest.seconds", () -> kafka.status().oldestUnfinishedAge().toMillis() / 1000.0);
        meters.gauge("guestchat.partitions.assigned", () -> kafka.status().partitionsAssigned());
        meters.gauge("guestchat.partitions.held-back", () -> kafka.status().partitionsHeldBack());

        bind(context, new Readiness("group", () -> group(kafka)));
        bind(context, new Readiness("state", () -> state(kafka.status())));
        bind(context, new Readiness("token", () -> token(platform.tokens())));
        bind(context, new Readiness("platform", () -> platform.noAnswer().map(away -> "degraded: the platform does not answer " + away)));
        bind(context, new Readiness("draining", () -> lifecycle.isDraining() ? Optional.of("the bridge stops") : Optional.empty()));
    }

    private static void bind(CamelContext context, Readiness check) {
        context.getRegistry().bind("guestchat-" + check.getId(), check);
    }

    private static int count(Chats chats, String state) {
        int count = 0;
        for (Chat chat : chats.all()) {
            count += chat.state().durableName().equals(state) ? 1 : 0;
        }
        return count;
    }

    private static Optional<String> group(KafkaWiring kafka) {
        String waitingFor = kafka.waitingFor();
        if (waitingFor != null) {
            return Optional.of("requests are not read yet: " + waitingFor);
        }
        if (kafka.refusal() != null) {
            return Optional.of("Kafka refuses the bridge: " + kafka.refusal());
        }
        if (!kafka.status().joined()) {
            return Optional.of("not in the consumer group: Kafka does not answer, or is rebalancing");
        }
        return kafka.status().partitionsAssigned() == 0 || kafka.lease().isHeld()
                ? Optional.empty()
                : Optional.of("Kafka has not acknowledged that this instance is in the consumer group for kafka.session-timeout: "
                        + "nothing is sent or published until it does");
    }

    private static Optional<String> state(IntakeStatus status) {
        return status.partitionsNotRead() == 0 ? Optional.empty()
                : Optional.of("the state of " + status.partitionsNotRead() + " partitions is still being read");
    }

    private static Optional<String> token(AccessTokens tokens) {
        AccessTokens.Obtainable obtainable = tokens.obtainable();
        return obtainable.ok() ? Optional.empty() : Optional.of("no access token" + (obtainable.since() == null ? ""
                : " since " + obtainable.since()) + ": " + obtainable.reason());
    }
}

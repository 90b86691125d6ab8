package io.guestchat.faults;

import io.guestchat.simulator.SimulatorOptions.Answering;
import io.guestchat.simulator.SimulatorOptionsBuilder;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * What a fault's run is made of. The paces of the configuration are lifted, so that what is measured is the bridge.
 *
 * @param name as it stands in the report
 * @param chats how many
 * @param period in which each guest and each agent says one thing
 * @param ownKafka whether the run stops its broker
 * @param platform on top of an agent who answers nothing by itself
 * @param configuration of the bridges, by the keys of {@code application.properties}, on top of the rig's
 */
record Scenario(String name, int chats, Duration period, boolean ownKafka, UnaryOperator<SimulatorOptionsBuilder> platform,
        Map<String, String> configuration) {

    /** The shortest that the contract allows. */
    static final Duration SESSION_TIMEOUT = Duration.ofSeconds(6);

    Scenario {
        configuration = Map.copyOf(configuration);
    }

    /** 20 chats: for every build. */
    static Scenario small(String name) {
        return new Scenario(name, 20, Duration.ofMillis(500), false, platform -> platform.answering(Answering.OFF), basis());
    }

    /** 200 chats: for the profile. */
    static Scenario large(String name) {
        return new Scenario(name, 200, Duration.ofSeconds(2), false, platform -> platform.answering(Answering.OFF), basis());
    }

    private static Map<String, String> basis() {
        return Map.of("kafka.session-timeout", SESSION_TIMEOUT.toSeconds() + "s", "genesys.connect.per-minute", "60000",
                "genesys.requests-per-minute", "60000", "chat.messages-per-second", "50", "topics.partitions", "12");
    }

    Scenario withOwnKafka() {
        return new Scenario(name, chats, period, true, platform, configuration);
    }

    Scenario every(Duration otherPeriod) {
        return new Scenario(name, chats, otherPeriod, ownKafka, platform, configuration);
    }

    Scenario on(UnaryOperator<SimulatorOptionsBuilder> change) {
        return new Scenario(name, chats, period, ownKafka, options -> change.apply(platform.apply(options)), configuration);
    }

    Scenario configured(String key, String value) {
        Map<String, String> more = new HashMap<>(configuration);
        more.put(key, value);
        return new Scenario(name, chats, period, ownKafka, platform, more);
    }

    FaultRun open() {
        return new FaultRun(this);
    }
}

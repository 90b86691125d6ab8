package io.guestchat.simulator;

import io.guestchat.simulator.SimulatorOptions.Answering;
import io.guestchat.simulator.SimulatorOptions.Assignment;
import io.guestchat.simulator.SimulatorOptions.HistoryOrder;
import io.guestchat.simulator.SimulatorOptions.NextPage;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.BiConsumer;

/**
 * Reads the options of {@link SimulatorMain}: {@code --history-order newest_first} on the command line is
 * {@code SIMULATOR_HISTORY_ORDER=newest_first} in the environment; the command line wins. A switch such as {@code --tls} may go
 * without a value. Durations are written {@code 300ms}, {@code 5s} or {@code 2m}.
 */
final class SimulatorArguments {

    private static final Map<String, BiConsumer<SimulatorOptionsBuilder, String>> SETTINGS = new LinkedHashMap<>();

    static {
        SETTINGS.put("host", SimulatorOptionsBuilder::host);
        SETTINGS.put("port", (o, v) -> o.port(Integer.parseInt(v)));
        SETTINGS.put("tls", (o, v) -> o.tls(bool(v)));
        SETTINGS.put("certificate-out", (o, v) -> o.certificateOut(Path.of(v)));
        SETTINGS.put("tls-names", (o, v) -> o.tlsNames(List.of(v.split(","))));
        SETTINGS.put("client-id", SimulatorOptionsBuilder::clientId);
        SETTINGS.put("client-secret", SimulatorOptionsBuilder::clientSecret);
        SETTINGS.put("token-lifetime", (o, v) -> o.tokenLifetime(duration(v)));
        SETTINGS.put("scope", SimulatorOptionsBuilder::scope);
        SETTINGS.put("assignment", (o, v) -> o.assignment(constant(Assignment.class, v)));
        SETTINGS.put("assignment-delay", (o, v) -> o.assignmentDelay(duration(v)));
        SETTINGS.put("greeting", SimulatorOptionsBuilder::greeting);
        SETTINGS.put("agent-name", SimulatorOptionsBuilder::agentName);
        SETTINGS.put("answering", (o, v) -> o.answering(constant(Answering.class, v)));
        SETTINGS.put("answer-delay", (o, v) -> o.answerDelay(duration(v)));
        SETTINGS.put("answer-typing", (o, v) -> o.answerTyping(bool(v)));
        SETTINGS.put("acks", (o, v) -> o.acks(bool(v)));
        SETTINGS.put("echo", (o, v) -> o.echo(bool(v)));
        SETTINGS.put("message-direction", (o, v) -> o.messageDirection(bool(v)));
        SETTINGS.put("history-order", (o, v) -> o.historyOrder(constant(HistoryOrder.class, v)));
        SETTINGS.put("history-depth", (o, v) -> o.historyDepth(Integer.parseInt(v)));
        SETTINGS.put("memory", (o, v) -> o.memory(Integer.parseInt(v)));
        SETTINGS.put("next-page", (o, v) -> o.nextPage(constant(NextPage.class, v)));
        SETTINGS.put("session-life", (o, v) -> o.sessionLife(duration(v)));
        SETTINGS.put("gone-status", (o, v) -> o.goneStatus(Integer.parseInt(v)));
        SETTINGS.put("answer-pings", (o, v) -> o.answerPings(bool(v)));
    }

    private SimulatorArguments() {
    }

    /** The options that these arguments and this environment give; port 8080 where neither tells one. */
    static SimulatorOptions read(Map<String, String> environment, String... arguments) {
        SimulatorOptionsBuilder options = SimulatorOptions.builder().port(8080);
        SETTINGS.keySet().forEach(name -> {
            String value = environment.get("SIMULATOR_" + name.toUpperCase(Locale.ROOT).replace('-', '_'));
            // Compose files pass variables on empty where nobody has set them.
            if (value != null && !value.isEmpty()) {
                set(options, name, value);
            }
        });
        Deque<String> left = new ArrayDeque<>(Arrays.asList(arguments));
        while (!left.isEmpty()) {
            String name = left.removeFirst();
            if (!name.startsWith("--")) {
                throw new IllegalArgumentException("not an option: " + name);
            }
            boolean bare = left.isEmpty() || left.getFirst().startsWith("--");
            set(options, name.substring(2), bare ? "true" : left.removeFirst());
        }
        return options.build();
    }

    /** The names of all options, as the command line writes them. */
    static String usage() {
        return "Options: --" + String.join(", --", SETTINGS.keySet());
    }

    private static void set(SimulatorOptionsBuilder options, String name, String value) {
        BiConsumer<SimulatorOptionsBuilder, String> setting = SETTINGS.get(name);
        if (setting == null) {
            throw new IllegalArgumentException("no such option: --" + name);
        }
        try {
            setting.accept(options, value);
        } catch (IllegalArgumentException unreadable) {
            throw new IllegalArgumentException("the value of --" + name + " cannot be read", unreadable);
        }
    }

    private static <E extends Enum<E>> E constant(Class<E> type, String word) {
        return Enum.valueOf(type, word.toUpperCase(Locale.ROOT).replace('-', '_'));
    }

    private static boolean bool(String word) {
        return switch (word) {
            case "true" -> true;
            case "false" -> false;
            default -> throw new IllegalArgumentException("neither true nor false");
        };
    }

    private static Duration duration(String word) {
        if (word.endsWith("ms")) {
            return Duration.ofMillis(number(word, 2));
        }
        return switch (word.isEmpty() ? ' ' : word.charAt(word.length() - 1)) {
            case 's' -> Duration.ofSeconds(number(word, 1));
            case 'm' -> Duration.ofMinutes(number(word, 1));
            case 'h' -> Duration.ofHours(number(word, 1));
            default -> throw new IllegalArgumentException("a duration needs a unit: ms, s, m or h");
        };
    }

    private static long number(String word, int unit) {
        return Long.parseLong(word.substring(0, word.length() - unit));
    }
}

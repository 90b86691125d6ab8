package io.guestchat.observe;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/**
 * The bridge's own metrics. Labels are words of the contract and nothing else: their number does not grow with the chats. Meters
 * are looked up once and kept: a look-up per frame would cost more than the frame.
 */
public final class BridgeMeters {

    private final MeterRegistry registry;
    private final Map<String, Counter> requests = new ConcurrentHashMap<>();
    private final Map<String, Counter> frames = new ConcurrentHashMap<>();
    private final Map<String, Counter> reconnects = new ConcurrentHashMap<>();
    private final Map<String, Counter> ends = new ConcurrentHashMap<>();
    private final Counter agentTextsBySocket;
    private final Counter agentTextsByHistory;
    private final Counter guestTexts;
    private final Counter redelivered;
    private final Counter sessionCallsRepeated;
    private final Counter statesReplaced;
    private final Counter gapsGivenUp;
    private final Counter historiesCutOff;
    private final Counter textsCut;

    public BridgeMeters(MeterRegistry registry) {
        this.registry = registry;
        agentTextsBySocket = registry.counter("guestchat.messages", "direction", "to-guest", "via", "socket");
        agentTextsByHistory = registry.counter("guestchat.messages", "direction", "to-guest", "via", "history");
        guestTexts = registry.counter("guestchat.messages", "direction", "to-agent", "via", "socket");
        redelivered = registry.counter("guestchat.requests.redelivered");
        sessionCallsRepeated = registry.counter("guestchat.sessions.repeated");
        statesReplaced = registry.counter("guestchat.states.replaced");
        gapsGivenUp = registry.counter("guestchat.gaps.given-up");
        historiesCutOff = registry.counter("guestchat.gaps.cut-off");
        textsCut = registry.counter("guestchat.messages.cut");
    }

    /** A request that was answered, or is on its way to its answer. */
    public void accepted(String type) {
        request(type, "accepted").increment();
    }

    /** @param type null where it could not be read */
    public void refused(String type, String code) {
        request(type, code).increment();
    }

    private Counter request(String type, String outcome) {
        String readable = type == null ? "unreadable" : type;
        return requests.computeIfAbsent(readable + "/" + outcome,
                key -> registry.counter("guestchat.requests", "type", readable, "outcome", outcome));
    }

    /** A request that came again and had been carried out. */
    public void redelivered() {
        redelivered.increment();
    }

    /** A session call that was made again after a crash: the platform may hold a session that nobody opens. */
    public void sessionCallRepeated() {
        sessionCallsRepeated.increment();
    }

    /** @param kind a kind of frame, in the bridge's words */
    public void frame(String kind) {
        frames.computeIfAbsent(kind, key -> registry.counter("guestchat.frames", "kind", key)).increment();
    }

    public void agentText(boolean viaHistory) {
        (viaHistory ? agentTextsByHistory : agentTextsBySocket).increment();
    }

    public void guestText() {
        guestTexts.increment();
    }

    /** @param cause why the socket was lost */
    public void reconnect(String cause) {
        reconnects.computeIfAbsent(cause, key -> registry.counter("guestchat.reconnects", "cause", key)).increment();
    }

    public void ended(String reason) {
        ends.computeIfAbsent(reason, key -> registry.counter("guestchat.sessions.ended", "reason", key)).increment();
    }

    /** A former owner's record of a chat's state landed after ours, which was written again. */
    public void stateReplaced() {
        statesReplaced.increment();
    }

    /** A gap whose history could not be read. */
    public void gapGivenUp() {
        gapsGivenUp.increment();
    }

    /** A gap whose history is cut off, so that agent texts may be missing. */
    public void historyCutOff() {
        historiesCutOff.increment();
    }

    /** A record with texts that was too large for its topic. */
    public void textCut() {
        textsCut.increment();
    }

    /** A number that is asked for when somebody looks. */
    public void gauge(String name, Supplier<Number> value, String... tags) {
        Gauge.builder(name, value).tags(tags).strongReference(true).register(registry);
    }
}

package io.guestchat.simulator;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;

/** What the platform remembers, listening or not: options, faults, counts, tokens and sessions. Safe for all threads. */
final class Platform {

    private volatile SimulatorOptions options;
    private volatile boolean down;
    private volatile Witness witness = new Witness() {
    };
    private final Collection<String> strange = new ConcurrentLinkedQueue<>();
    private final Faults faults = new Faults();
    private final CallCounts counts = new CallCounts();
    private final Tokens tokens = new Tokens(this);
    private final Collection<SimulatedSession> sessions = new ConcurrentLinkedQueue<>();
    private final Map<String, SimulatedSession> bySessionId = new ConcurrentHashMap<>();
    private final Map<String, SimulatedSession> byConversation = new ConcurrentHashMap<>();
    private final Map<String, SimulatedSession> byDisplayName = new ConcurrentHashMap<>();

    Platform(SimulatorOptions options) {
        this.options = options;
    }

    SimulatorOptions options() {
        return options;
    }

    void options(SimulatorOptions changed) {
        options = changed;
    }

    Instant now() {
        return options.clock().instant();
    }

    /** Whether there is an outage: what still arrives meets a reset. */
    boolean down() {
        return down;
    }

    void down(boolean outage) {
        down = outage;
    }

    /** A request that is none of the API's. */
    void strange(String request) {
        strange.add(request);
    }

    List<String> strange() {
        return List.copyOf(strange);
    }

    Witness witness() {
        return witness;
    }

    void witness(Witness told) {
        witness = told;
    }

    Faults faults() {
        return faults;
    }

    CallCounts counts() {
        return counts;
    }

    Tokens tokens() {
        return tokens;
    }

    SimulatedSession open(SessionReport.Guest guest) {
        SimulatedSession session = new SimulatedSession(this, guest);
        bySessionId.put(session.webchatSessionId(), session);
        byDisplayName.put(guest.displayName(), session);
        sessions.add(session);
        return session;
    }

    /** From now on the session is found by this conversation too. */
    void index(SimulatedSession session, String conversationId) {
        byConversation.put(conversationId, session);
    }

    Optional<SimulatedSession> session(String webchatSessionId) {
        return Optional.ofNullable(bySessionId.get(webchatSessionId));
    }

    Optional<SimulatedSession> conversation(String conversationId) {
        return Optional.ofNullable(byConversation.get(conversationId))
                .filter(s -> s.conversationId().filter(conversationId::equals).isPresent());
    }

    /** By webchat session id, conversation id or display name; of several with one name the newest. */
    Optional<SimulatedSession> find(String which) {
        return session(which).or(() -> conversation(which)).or(() -> Optional.ofNullable(byDisplayName.get(which)));
    }

    /** Forgets the sessions that have no socket; returns how many are left. */
    int forget() {
        sessions.removeIf(session -> !session.connected());
        bySessionId.values().removeIf(session -> !session.connected());
        byConversation.values().removeIf(session -> !session.connected());
        byDisplayName.values().removeIf(session -> !session.connected());
        return sessions.size();
    }

    /** In the order of their creation. */
    List<SimulatedSession> sessions() {
        return List.copyOf(sessions);
    }
}

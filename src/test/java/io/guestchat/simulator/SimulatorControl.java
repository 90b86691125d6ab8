package io.guestchat.simulator;

import io.guestchat.simulator.SimulatorOptions.Assignment;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.UUID;
import java.util.function.UnaryOperator;

/**
 * What a person, a test or a script does with the platform. Each verb takes effect before it returns; what it pushes is on its
 * way then. A session is named by its {@code webchatSessionId}, its {@code conversationId} or its guest's display name (the
 * newest of several). An unknown one is a {@link NoSuchElementException}. Safe for all threads.
 */
public final class SimulatorControl {

    private final Platform platform;
    private final Agent agent;

    SimulatorControl(Platform platform, Agent agent) {
        this.platform = platform;
        this.agent = agent;
    }

    Agent agent() {
        return agent;
    }

    /**
     * The agent says it. Without a conversation it goes out without a {@code conversationId}, as a system's text would.
     *
     * @return as it is stored
     * @throws IllegalStateException where the session is over
     */
    public StoredText say(String which, String text) {
        return find(which).say(text).orElseThrow(() -> new IllegalStateException("the session is over"));
    }

    /** The agent is seen typing. */
    public void type(String which) {
        find(which).type();
    }

    /** Sends a frame as it stands, in as many fragments as there are; nothing of it is stored. */
    public void push(String which, String... fragments) {
        find(which).pushRaw(socket -> socket.push(fragments));
    }

    /** Sends a binary frame. */
    public void pushBinary(String which, byte[] bytes) {
        find(which).pushRaw(socket -> socket.pushBinary(bytes));
    }

    /** Assigns a conversation now, told as the options say. Does nothing where there is one. */
    public void assign(String which) {
        assign(find(which), platform.options().assignment());
    }

    /** Assigns a conversation now, told in this way. Does nothing where there is one. */
    public void assign(String which, Assignment how) {
        assign(find(which), how);
    }

    void assign(SimulatedSession session, Assignment how) {
        if (session.conversationId().isEmpty()) {
            String conversation = UUID.randomUUID().toString();
            // Before it is told: who hears of a conversation may ask for it at once.
            platform.index(session, conversation);
            session.assign(conversation, how).forEach(text -> agent.answer(session, text));
        }
    }

    /** The platform ends the session: status {@code closed}, and its socket is closed with 1000. */
    public void end(String which) {
        end(which, "closed");
    }

    /** The same with another word: {@code ended} or {@code expired}. */
    public void end(String which, String status) {
        find(which).end(status);
    }

    /** The session expires: its socket stays, but its details say {@code expired} and no handshake is accepted. */
    public void expire(String which) {
        find(which).expire();
    }

    /**
     * Closes the session's socket with this code; the session lives on.
     *
     * @return whether there was one
     */
    public boolean drop(String which, int code, String reason) {
        return find(which).close(code, reason);
    }

    /** Closes all sockets with this code; returns how many there were. */
    public int dropAll(int code, String reason) {
        return (int) platform.sessions().stream().filter(session -> session.close(code, reason)).count();
    }

    /** Resets the session's connection without a close frame; returns whether there was one. */
    public boolean cut(String which) {
        return find(which).cut();
    }

    /** Resets all sockets' connections without a close frame; returns how many there were. */
    public int cutAll() {
        return (int) platform.sessions().stream().filter(SimulatedSession::cut).count();
    }

    /** The next {@code count} calls of this kind meet the fault, after the faults that were told before. */
    public void refuse(CallKind kind, int count, Fault fault) {
        platform.faults().plan(kind, count, fault);
    }

    /** How many calls of this kind will still meet a fault. */
    public int faultsLeft(CallKind kind) {
        return platform.faults().left(kind);
    }

    /** Forgets all faults that have not happened yet. */
    public void clearFaults() {
        platform.faults().clear();
    }

    /** All tokens issued so far are invalid. Open sockets stay. */
    public void expireTokens() {
        platform.tokens().expireAll();
    }

    /** Method and path of what was asked for and is no call of the API. */
    public List<String> strangeRequests() {
        return platform.strange();
    }

    /** All tokens issued so far, whether they are in force or not. */
    public List<String> tokens() {
        return platform.tokens().issued();
    }

    /** Forgets all sessions that have no open socket, as if they had never been; returns how many are left. */
    public int forget() {
        return platform.forget();
    }

    /** Stops answering in these ways. */
    public void silence(Silence... silences) {
        for (Silence silence : silences) {
            platform.faults().silence(silence, true);
        }
    }

    /** Answers again in these ways; without any, in all. */
    public void unsilence(Silence... silences) {
        for (Silence silence : silences.length == 0 ? Silence.values() : silences) {
            platform.faults().silence(silence, false);
        }
    }

    /** Changes the behaviour while it runs; address, port and TLS stay as they were. */
    public synchronized void reconfigure(UnaryOperator<SimulatorOptionsBuilder> change) {
        platform.options(change.apply(platform.options().toBuilder()).build());
    }

    /** From now on this one is told, in the place of another. */
    public void witness(Witness witness) {
        platform.witness(witness);
    }

    /** No one is told any more. */
    public void dismissWitness() {
        platform.witness(new Witness() {
        });
    }

    /** What happened to this session. */
    public SessionReport session(String which) {
        return find(which).report();
    }

    /** What happened to all sessions, in the order of their creation. */
    public List<SessionReport> sessions() {
        return platform.sessions().stream().map(SimulatedSession::report).toList();
    }

    public CallCounts counts() {
        return platform.counts();
    }

    private SimulatedSession find(String which) {
        return platform.find(which).orElseThrow(() -> new NoSuchElementException("no such session"));
    }
}

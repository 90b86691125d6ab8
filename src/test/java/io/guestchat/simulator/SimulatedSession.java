package io.guestchat.simulator;

import io.guestchat.simulator.Frames.GuestFrame;
import io.guestchat.simulator.SessionReport.Arrival;
import io.guestchat.simulator.SessionReport.Closure;
import io.guestchat.simulator.SessionReport.Guest;
import io.guestchat.simulator.SimulatorOptions.Assignment;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.UUID;

/**
 * One guest's session: its conversation, its history, its sockets and what arrived on them. Event loops, timers and tests come
 * in on their own threads; the session's own lock is held for each step and for no input or output, other than a witness's. A
 * text is stored and handed to the socket under the same lock, so both have the same order.
 */
final class SimulatedSession {

    /** Closes a socket that a newer one of its session replaces. */
    static final int REPLACED = 4000;

    private final Platform platform;
    private final String id = UUID.randomUUID().toString();
    private final String webchatSessionId = "ws-" + UUID.randomUUID();
    private final Guest guest;
    private final Instant created;

    private final List<StoredText> history = new ArrayList<>();
    private final List<Arrival> arrived = new ArrayList<>();
    private final List<Closure> closures = new ArrayList<>();
    private List<String> unanswered = new ArrayList<>();
    private Instant lastDate = Instant.EPOCH;
    private Assignment told;
    private String conversationId;
    private boolean conversationKnown;
    private String endStatus;
    private GuestSocket socket;
    private int handshakes;
    private int dropped;

    SimulatedSession(Platform platform, Guest guest) {
        this.platform = platform;
        this.guest = guest;
        this.created = platform.now();
    }

    String id() {
        return id;
    }

    String webchatSessionId() {
        return webchatSessionId;
    }

    Guest guest() {
        return guest;
    }

    Instant created() {
        return created;
    }

    /** The platform's word for its state. */
    synchronized String status() {
        if (endStatus == null && handshakes == 0 && platform.now().isAfter(created.plus(platform.options().sessionLife()))) {
            endStatus = "expired";
        }
        if (endStatus != null) {
            return endStatus;
        }
        return conversationId == null ? platform.options().openStatus() : platform.options().activeStatus();
    }

    synchronized boolean over() {
        status();
        return endStatus != null;
    }

    /** The conversation, where one is assigned. */
    synchronized Optional<String> conversationId() {
        return Optional.ofNullable(conversationId);
    }

    /** The conversation, where one is assigned and the session details may tell it. */
    synchronized Optional<String> conversationInDetails() {
        return conversationId != null && told.byDetails() ? Optional.of(conversationId) : Optional.empty();
    }

    /** Takes the accepted socket, in the place of an older one. False where the session is over or an outage has begun. */
    synchronized boolean attach(GuestSocket newer) {
        if (over() || platform.down()) {
            return false;
        }
        newer.number(++handshakes);
        if (socket != null) {
            socket.close(REPLACED, "replaced by a newer connection");
        }
        socket = newer;
        if (conversationId != null && told.byFrame() && !conversationKnown) {
            // The frame that told the assignment was lost with a socket. An ack could be taken for that of a text.
            push("typing", null);
        }
        return true;
    }

    /** The socket is closed. */
    synchronized void detach(GuestSocket closed) {
        if (closed.number() == 0) {
            return;
        }
        closures.add(new Closure(closed.number(), closed.sentCode(), closed.receivedCode()));
        if (closed == socket) {
            socket = null;
            if (closed.sentCode() == null && Integer.valueOf(1000).equals(closed.receivedCode()) && endStatus == null) {
                endStatus = "ended";
            }
        }
    }

    /**
     * A frame of the guest. A text is recorded, stored, acknowledged and echoed as the options say.
     *
     * @return the text that the agent answers now; empty where there is none, or no agent yet
     */
    synchronized Optional<String> receive(GuestSocket from, GuestFrame frame) {
        if (from != socket || from.sentCode() != null) {
            dropped++;
            return Optional.empty();
        }
        if (frame.type() == GuestFrame.Type.TEXT && !platform.witness().textCame(webchatSessionId, frame.text())) {
            // What was sent after it must not arrive without it.
            from.cut();
            socket = null;
            return Optional.empty();
        }
        remember(arrived, new Arrival(from.number(), frame.type().word(), frame.text(), frame.conversationId(), platform.now()));
        conversationKnown |= conversationId != null && conversationId.equals(frame.conversationId());
        if (frame.type() != GuestFrame.Type.TEXT) {
            return Optional.empty();
        }
        store(true, frame.text());
        platform.witness().textStored(webchatSessionId, frame.text());
        if (platform.options().acks()) {
            push("ack", null);
        }
        if (platform.options().echo()) {
            pushAs("text", frame.text(), Frames.INBOUND);
        }
        if (conversationId == null) {
            unanswered.add(frame.text());
            return Optional.empty();
        }
        return Optional.of(frame.text());
    }

    /**
     * Assigns a conversation, where there is none yet.
     *
     * @return the guest's texts that the agent who joins finds unanswered, in order
     */
    synchronized List<String> assign(String conversation, Assignment how) {
        if (conversationId != null || over()) {
            return List.of();
        }
        conversationId = conversation;
        told = how;
        String greeting = platform.options().greeting();
        if (greeting != null) {
            store(false, greeting);
            push("text", greeting);
        } else if (how.byFrame()) {
            push("ack", null);
        }
        List<String> found = unanswered;
        unanswered = new ArrayList<>();
        return found;
    }

    /** The agent says it: stored, then pushed. Empty where the session is over. */
    synchronized Optional<StoredText> say(String text) {
        if (over()) {
            return Optional.empty();
        }
        StoredText stored = store(false, text);
        push("text", text);
        return Optional.of(stored);
    }

    /** Sends what is no frame of ours. Does nothing without a socket. */
    synchronized void pushRaw(Consumer<GuestSocket> frame) {
        if (socket != null) {
            frame.accept(socket);
        }
    }

    synchronized void type() {
        push("typing", null);
    }

    /** The platform ends the session; a socket is closed with 1000. */
    synchronized void end(String status) {
        if (endStatus == null) {
            endStatus = status;
        }
        close(1000, "");
    }

    /** The platform forgets the session while nobody looks: its socket stays as it is. */
    synchronized void expire() {
        endStatus = "expired";
    }

    synchronized boolean connected() {
        return socket != null;
    }

    synchronized boolean close(int code, String reason) {
        if (socket == null || socket.sentCode() != null) {
            return false;
        }
        socket.close(code, reason);
        return true;
    }

    synchronized boolean cut() {
        if (socket == null) {
            return false;
        }
        socket.cut();
        return true;
    }

    synchronized List<StoredText> history() {
        return List.copyOf(history);
    }

    synchronized SessionReport report() {
        return new SessionReport(id, webchatSessionId, conversationId, status(), guest, created, handshakes, socket != null,
                List.copyOf(arrived), dropped, List.copyOf(closures), List.copyOf(history));
    }

    private StoredText store(boolean fromGuest, String text) {
        Instant now = platform.now().truncatedTo(ChronoUnit.MILLIS);
        lastDate = now.isAfter(lastDate) ? now : lastDate.plusMillis(1);
        StoredText stored = new StoredText(UUID.randomUUID().toString(), fromGuest, text, lastDate);
        remember(history, stored);
        return stored;
    }

    private <T> void remember(List<T> all, T newest) {
        all.add(newest);
        if (all.size() > platform.options().memory()) {
            all.remove(0);
        }
    }

    private void push(String type, String text) {
        pushAs(type, text, platform.options().messageDirection() ? Frames.OUTBOUND : null);
    }

    private void pushAs(String type, String text, String direction) {
        if (socket != null && socket.sentCode() == null && !platform.faults().silent(Silence.PUSHES)) {
            String conversation = told != null && told.byFrame() ? conversationId : null;
            socket.push(Frames.write(type, text, conversation, direction));
        }
    }
}

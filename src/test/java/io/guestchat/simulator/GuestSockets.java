package io.guestchat.simulator;

import io.guestchat.simulator.Frames.GuestFrame;
import io.guestchat.simulator.SimulatorOptions.Assignment;
import io.vertx.core.http.ServerWebSocket;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** The guests' sockets: the handshake, and what comes in on them. */
final class GuestSockets {

    private final ScheduledExecutorService timers;
    private final Platform platform;
    private final SimulatorControl control;

    GuestSockets(ScheduledExecutorService timers, Platform platform, SimulatorControl control) {
        this.timers = timers;
        this.platform = platform;
        this.control = control;
    }

    void connect(Call call) {
        SimulatedSession session = platform.session(call.id()).orElse(null);
        if (session == null) {
            call.error(404, "not.found", "The session was not found.");
        } else if (session.over()) {
            call.error(platform.options().goneStatus(), "session.gone", "The session has ended or expired.");
        } else if (!"websocket".equalsIgnoreCase(call.request().getHeader("Upgrade"))) {
            call.error(426, "upgrade.required", "This is a WebSocket.");
        } else if (call.fault().effect() == Fault.Effect.CUT_AFTER) {
            call.cut();
        } else {
            call.addHeaders();
            HeldHandshake held = HeldHandshake.hold(call.request());
            call.request().toWebSocket()
                    .onSuccess(socket -> accepted(call, session, socket))
                    .onFailure(e -> call.count(CallCounts.NO_ANSWER))
                    .onComplete(done -> held.release());
        }
    }

    /** Runs on the socket's event loop before the guest can know that it is connected. */
    private void accepted(Call call, SimulatedSession session, ServerWebSocket socket) {
        call.count(101);
        GuestSocket newer = new GuestSocket(socket);
        newer.answerPings(() -> platform.options().answerPings() && !platform.faults().silent(Silence.PINGS));
        socket.textMessageHandler(raw -> received(session, newer, Frames.read(raw)));
        socket.binaryMessageHandler(bytes -> received(session, newer, Frames.malformed("binary")));
        socket.closeHandler(closed -> session.detach(newer));
        // Last: once attached, another thread may close it, and Vert.x refuses handlers then.
        if (!session.attach(newer)) {
            refuseLate(newer);
        } else if (newer.number() == 1) {
            assignSoon(session);
        }
    }

    /** The session ended, or an outage began, while the handshake was on its way. */
    private void refuseLate(GuestSocket late) {
        if (platform.down()) {
            late.cut();
        } else {
            late.close(1000, "The session has ended.");
        }
    }

    private void received(SimulatedSession session, GuestSocket from, GuestFrame frame) {
        if (!platform.faults().silent(Silence.FRAMES)) {
            session.receive(from, frame).ifPresent(text -> control.agent().answer(session, text));
        }
    }

    private void assignSoon(SimulatedSession session) {
        SimulatorOptions options = platform.options();
        if (options.assignment() == Assignment.MANUAL) {
            return;
        }
        if (options.assignmentDelay().isZero()) {
            control.assign(session, options.assignment());
        } else {
            timers.schedule(() -> control.assign(session, options.assignment()), options.assignmentDelay().toNanos(),
                    TimeUnit.NANOSECONDS);
        }
    }
}

package io.guestchat.simulator;

import io.guestchat.simulator.Frames.GuestFrame;
import io.guestchat.simulator.SimulatorOptions.Assignment;
import io.vertx.core.Vertx;
import io.vertx.core.http.ServerWebSocket;

/** The guests' sockets: the handshake, and what comes in on them. */
final class GuestSockets {

    private final Vertx vertx;
    private final Platform platform;
    private final SimulatorControl control;

    GuestSockets(Vertx vertx, Platform platform, SimulatorControl control) {
        this.vertx = vertx;
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
            call.request().toWebSocket()
                    .onSuccess(socket -> accepted(call, session, socket))
                    .onFailure(e -> call.count(CallCounts.NO_ANSWER));
        }
    }

    /** Runs right after the handshake on the socket's event loop, so no frame can come before its handlers. */
    private void accepted(Call call, SimulatedSession session, ServerWebSocket socket) {
        call.count(101);
        session.attach(socket).ifPresentOrElse(attached -> {
            attached.answerPings(() -> platform.options().answerPings() && !platform.faults().silent(Silence.PINGS));
            socket.textMessageHandler(raw -> received(session, attached, Frames.read(raw)));
            socket.binaryMessageHandler(bytes -> received(session, attached, Frames.malformed("binary")));
            socket.closeHandler(closed -> session.detach(attached));
            if (attached.number() == 1) {
                assignSoon(session);
            }
        }, () -> socket.close((short) 1000, "The session has ended."));
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
            vertx.setTimer(Math.max(1, options.assignmentDelay().toMillis()),
                    due -> control.assign(session, options.assignment()));
        }
    }
}

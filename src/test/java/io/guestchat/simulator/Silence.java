package io.guestchat.simulator;

/** The ways in which the simulator can stop answering, each switched by itself. */
public enum Silence {
    /** HTTP calls are accepted and never answered, not even after the silence has ended. */
    CALLS,
    /** The same for WebSocket handshakes. */
    HANDSHAKES,
    /** What guests send on their sockets is swallowed: neither recorded nor stored, acknowledged or answered. */
    FRAMES,
    /** What would be pushed to guests is stored, but not pushed. */
    PUSHES,
    /** WebSocket pings get no pong. */
    PINGS
}

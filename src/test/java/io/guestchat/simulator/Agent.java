package io.guestchat.simulator;

import io.vertx.core.Vertx;

/** The agent who answers guests by itself, as {@link SimulatorOptions#answering()} says. */
final class Agent {

    private final Vertx vertx;
    private final Platform platform;

    Agent(Vertx vertx, Platform platform) {
        this.vertx = vertx;
        this.platform = platform;
    }

    void answer(SimulatedSession session, String text) {
        SimulatorOptions options = platform.options();
        switch (options.answering()) {
            case OFF -> {
                return;
            }
            case ECHO -> session.say(text);
            case REPLY -> {
                if (options.answerTyping()) {
                    session.type();
                }
                String answer = "You said: " + text;
                if (options.answerDelay().isZero()) {
                    session.say(answer);
                } else {
                    vertx.setTimer(Math.max(1, options.answerDelay().toMillis()), due -> session.say(answer));
                }
            }
        }
    }
}

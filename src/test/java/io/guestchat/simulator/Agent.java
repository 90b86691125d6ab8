package io.guestchat.simulator;

import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** The agent who answers guests by itself, as {@link SimulatorOptions#answering()} says. */
final class Agent {

    private final ScheduledExecutorService timers;
    private final Platform platform;

    Agent(ScheduledExecutorService timers, Platform platform) {
        this.timers = timers;
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
                    timers.schedule(() -> session.say(answer), options.answerDelay().toNanos(), TimeUnit.NANOSECONDS);
                }
            }
        }
    }
}

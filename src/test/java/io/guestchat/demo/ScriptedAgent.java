package io.guestchat.demo;

import io.guestchat.simulator.PlatformSimulator;
import io.guestchat.simulator.SimulatorOptions.Answering;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** The agent at the platform's side: says what the script has for it, later answers by itself. */
final class ScriptedAgent implements Script.Agent {

    private static final Duration WRITING = Duration.ofMillis(700);

    private final PlatformSimulator platform;

    ScriptedAgent(PlatformSimulator platform) {
        this.platform = platform;
    }

    @Override
    public void answer(String webchatSessionId, String text) {
        platform.control().type(webchatSessionId);
        CompletableFuture.delayedExecutor(WRITING.toMillis(), TimeUnit.MILLISECONDS)
                .execute(() -> platform.control().say(webchatSessionId, text));
    }

    /** From now on each text of a guest is answered. */
    void answerAll() {
        platform.control().reconfigure(options -> options.answering(Answering.REPLY).answerTyping(true).answerDelay(WRITING));
    }
}

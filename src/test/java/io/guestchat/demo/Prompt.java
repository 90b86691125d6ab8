package io.guestchat.demo;

import com.fasterxml.jackson.databind.JsonNode;
import io.guestchat.harness.Received;
import java.io.BufferedReader;
import java.io.IOException;
import java.util.HashSet;
import java.util.Set;

/**
 * The chat by hand: a line is the guest's next text, a line with a slash is a command. {@link #heard} comes on the client's thread,
 * the rest on the reading one.
 */
final class Prompt {

    private static final String HELP = """
            A line is the guest's next message. Commands:
              /history      all that was said, on its topic      /end         end the chat
              /status       what the platform says of it         /start NAME  a chat of another guest, or back to it
              /quit         end the demo (as Ctrl-C does)""";

    private final Transcript out;
    private final Requests requests;
    private final Outbox outbox;
    private final Set<String> live = new HashSet<>();
    private Guest guest;

    Prompt(Guest guest, Transcript out, Requests requests, Outbox outbox) {
        this.guest = guest;
        this.out = out;
        this.requests = requests;
        this.outbox = outbox;
    }

    /** Reads until {@code /quit} or the end of the input. */
    void run(BufferedReader in) throws IOException {
        out.note(HELP);
        while (true) {
            out.prompt(guest.name() + "> ");
            String line = in.readLine();
            out.promptAnswered();
            if (line == null || line.strip().equals("/quit")) {
                return;
            }
            try {
                carryOut(line.strip());
            } catch (DemoFailure failed) {
                out.note(failed.getMessage());
            }
        }
    }

    private void carryOut(String line) {
        if (line.isEmpty()) {
            return;
        }
        if (!line.startsWith("/")) {
            say(line);
            return;
        }
        String[] words = line.split("\\s+", 2);
        switch (words[0]) {
            case "/history" -> send(requests.history(50));
            case "/status" -> send(requests.plain("status"));
            case "/end" -> send(requests.plain("end"));
            case "/start" -> {
                if (words.length == 2) {
                    guest = new Guest(words[1]);
                }
                start();
            }
            default -> out.note(HELP);
        }
    }

    private void say(String text) {
        if (!isLive()) {
            // The text is held until an agent is there.
            start();
        }
        send(requests.message(text));
    }

    private void start() {
        synchronized (live) {
            live.add(guest.chatId());
        }
        send(requests.start(guest));
    }

    private boolean isLive() {
        synchronized (live) {
            return live.contains(guest.chatId());
        }
    }

    private void send(JsonNode request) {
        outbox.send(guest, request);
    }

    /** Sees which chats are over. */
    void heard(Received record) {
        String type = record.type();
        if ("chat-ended".equals(type) || "request-failed".equals(type) && "start".equals(record.text("requestType"))) {
            synchronized (live) {
                live.remove(record.key());
            }
        }
    }
}

package io.guestchat.demo;

import com.fasterxml.jackson.databind.JsonNode;
import io.guestchat.harness.Received;
import java.io.BufferedReader;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/** The chat by hand: a line is the guest's next text, a line with a slash is a command. */
final class Prompt {

    private static final String HELP = """
            A line is the guest's next message. Commands:
              /history      all that was said, on its topic      /end         end the chat
              /status       what the platform says of it         /start NAME  a chat of another guest, or back to it
              /quit         end the demo (as Ctrl-C does)""";

    private final Transcript out;
    private final Requests requests;
    private final Outbox outbox;
    private final Mailbox mailbox;
    private final Map<String, Integer> startedAt = new HashMap<>();
    private Guest guest;

    /** @param mailbox tells which chats are over */
    Prompt(Guest guest, Transcript out, Requests requests, Outbox outbox, Mailbox mailbox) {
        this.guest = guest;
        this.out = out;
        this.requests = requests;
        this.outbox = outbox;
        this.mailbox = mailbox;
    }

    /** Reads until {@code /quit} or the end of the input. */
    void run(BufferedReader in) throws IOException {
        out.note(HELP);
        while (true) {
            out.prompt(guest.name() + "> ");
            String line = in.readLine();
            out.promptAnswered();
            if (line == null) {
                // The end of the input leaves the cursor behind the prompt.
                out.note("");
                return;
            }
            if (line.strip().equals("/quit")) {
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
        startedAt.put(guest.chatId(), mailbox.size());
        send(requests.start(guest));
    }

    private boolean isLive() {
        Integer from = startedAt.get(guest.chatId());
        return from != null && mailbox.await(from, this::isEnd, Duration.ZERO).isEmpty();
    }

    private boolean isEnd(Received record) {
        boolean notStarted = "request-failed".equals(record.type()) && "start".equals(record.text("requestType"));
        return guest.chatId().equals(record.key()) && (notStarted || "chat-ended".equals(record.type()));
    }

    private void send(JsonNode request) {
        outbox.send(guest, request);
    }
}

package io.guestchat.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.guestchat.config.TopicSettings;
import io.guestchat.harness.Received;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;

/** The scripted chat, step by step: each step waits for what the contract promises for it, and fails with what did not come. */
final class Script {

    /** The one at the other end. */
    interface Agent {

        /** Is seen typing, and says it a moment later. */
        void answer(String webchatSessionId, String text);
    }

    private record Exchange(String guest, String agent) {
    }

    private static final List<Exchange> EXCHANGES = List.of(
            new Exchange("Hello, where is my order 1042?", "Good morning! One moment, I am looking it up."),
            new Exchange("Thank you. It was due on Monday.", "It left the warehouse today and comes tomorrow."),
            new Exchange("Great, then I will be at home.", "You are welcome. Have a nice day!"));
    /** Less than the texts of the chat, so that there is more than one page. */
    private static final int PAGE_SIZE = 4;
    /** After these nothing else comes for what was asked. */
    private static final Set<String> ENDS = Set.of("request-failed", "chat-ended");

    private final Guest guest;
    private final TopicSettings topics;
    private final Requests requests;
    private final Outbox outbox;
    private final Mailbox mailbox;
    private final Agent agent;
    private final Duration limit;
    private final Consumer<String> headings;

    /**
     * @param limit for each record that is waited for
     * @param headings gets a line before each part of the chat
     */
    Script(Guest guest, TopicSettings topics, Requests requests, Outbox outbox, Mailbox mailbox, Agent agent, Duration limit,
            Consumer<String> headings) {
        this.guest = guest;
        this.topics = topics;
        this.requests = requests;
        this.outbox = outbox;
        this.mailbox = mailbox;
        this.agent = agent;
        this.limit = limit;
        this.headings = headings;
    }

    /**
     * Runs the whole chat.
     *
     * @param live is run once a conversation is assigned
     * @throws DemoFailure with what did not come, on which topic, within how long
     */
    void run(Runnable live) {
        headings.accept(guest.name() + " starts a chat");
        int before = mailbox.size();
        String session = ask(requests.start(guest), "session-created").text("webchatSessionId");
        event(before, "session-connected");
        event(before, "conversation-assigned");
        live.run();
        headings.accept(guest.name() + " writes, the agent answers");
        for (Exchange exchange : EXCHANGES) {
            exchange(exchange, session);
        }
        headings.accept(guest.name() + " asks for the history and the status, and ends the chat");
        history();
        ask(requests.plain("status"), "session-status");
        ask(requests.plain("end"), "chat-ended");
    }

    private void exchange(Exchange exchange, String session) {
        int before = mailbox.size();
        ObjectNode message = requests.message(exchange.guest());
        ask(message, "message-sent");
        event(before, "message-acknowledged", answers(message));
        agent.answer(session, exchange.agent());
        event(before, "agent-typing");
        await(before, topics.messages(), "the agent's text \"" + exchange.agent() + "\"",
                text -> exchange.agent().equals(text.text("text")));
    }

    private void history() {
        int before = mailbox.size();
        int texts = 2 * EXCHANGES.size();
        ObjectNode history = requests.history(PAGE_SIZE);
        Received delivered = ask(history, "history-delivered");
        await(before, topics.history(), "the history's last page",
                answers(history).and(page -> page.json().path("last").asBoolean()));
        if (delivered.json().path("messages").asInt() != texts) {
            throw new DemoFailure("history-delivered of chat " + guest.chatId() + " on " + topics.events() + " should tell "
                    + texts + " messages, and tells " + delivered.text("messages"));
        }
    }

    private Received ask(ObjectNode request, String answer) {
        int before = mailbox.size();
        outbox.send(guest, request);
        return event(before, answer, answers(request));
    }

    private static Predicate<Received> answers(JsonNode request) {
        String id = request.path("id").asText();
        return record -> id.equals(record.text("requestId"));
    }

    private Received event(int from, String type) {
        return event(from, type, event -> true);
    }

    private Received event(int from, String type, Predicate<Received> which) {
        return await(from, topics.events(), type, which.and(event -> type.equals(event.type())));
    }

    private Received await(int from, String topic, String what, Predicate<Received> which) {
        Predicate<Received> wanted = which.and(record -> record.raw().topic().equals(topic));
        String missing = what + " of chat " + guest.chatId() + " did not come on " + topic;
        Predicate<Received> ours = record -> guest.chatId().equals(record.key());
        Received came = mailbox.await(from, ours.and(wanted.or(this::ends)), limit)
                .orElseThrow(() -> new DemoFailure(missing + " within " + seconds(limit)));
        if (!wanted.test(came)) {
            String code = came.text("error.code") == null ? came.text("reason") : came.text("error.code");
            throw new DemoFailure(missing + "; " + came.type() + " came instead: " + code);
        }
        return came;
    }

    private boolean ends(Received record) {
        return record.raw().topic().equals(topics.events()) && ENDS.contains(record.type());
    }

    private static String seconds(Duration limit) {
        return limit.toMillis() % 1000 == 0 ? limit.toSeconds() + " s" : limit.toMillis() + " ms";
    }
}

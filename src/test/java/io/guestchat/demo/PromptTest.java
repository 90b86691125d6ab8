package io.guestchat.demo;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PromptTest {

    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
    private final Mailbox mailbox = new Mailbox();
    private final List<String> sent = new ArrayList<>();

    @Test
    void givenNoLiveChat_whenLinesAreTyped_thenTheFirstStartsOneAndEachIsAMessage() throws IOException {
        type("Hello", "Anybody there?");

        assertThat(sent).containsExactly("demo-ada start", "demo-ada message Hello", "demo-ada message Anybody there?");
    }

    @Test
    void givenAChat_whenItHasEnded_thenTheNextLineStartsAnother() throws IOException {
        type("Hello", "/end", "Hello again");

        assertThat(sent).containsExactly("demo-ada start", "demo-ada message Hello", "demo-ada end", "demo-ada start",
                "demo-ada message Hello again");
    }

    @Test
    void givenCommands_whenTyped_thenEachIsTheRequestOfItsName() throws IOException {
        type("/start Bob the 2nd", "Hi", "/history", "/status", "");

        assertThat(sent).containsExactly("demo-bob-the-2nd start", "demo-bob-the-2nd message Hi", "demo-bob-the-2nd history",
                "demo-bob-the-2nd status");
        assertThat(printed.toString(StandardCharsets.UTF_8)).contains("Bob the 2nd> ");
    }

    @Test
    void givenQuit_whenTyped_thenNothingAfterItIsRead() throws IOException {
        type("/quit", "Hello");

        assertThat(sent).isEmpty();
    }

    @Test
    void givenAnUnknownCommand_whenTyped_thenTheCommandsAreToldAndNothingIsSent() throws IOException {
        type("/dance");

        assertThat(sent).isEmpty();
        assertThat(printed.toString(StandardCharsets.UTF_8).split("/history", -1)).hasSize(3);
    }

    private void type(String... lines) throws IOException {
        PrintStream screen = new PrintStream(printed, true, StandardCharsets.UTF_8);
        Transcript out = new Transcript(screen, true, false, ZoneOffset.UTC);
        Prompt prompt = new Prompt(new Guest("Ada"), out, new Requests(), this::send, mailbox);
        prompt.run(new BufferedReader(new StringReader(String.join("\n", lines))));
    }

    private void send(Guest guest, JsonNode request) {
        String type = request.path("type").asText();
        sent.add((guest.chatId() + " " + type + " " + request.path("text").asText()).strip());
        if (type.equals("end")) {
            mailbox.put(Records.of("events", guest.chatId(), "{'type':'chat-ended','reason':'requested'}"));
        }
    }
}

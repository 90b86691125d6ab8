package io.guestchat.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.guestchat.harness.Received;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

class TranscriptTest {

    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
    private final Wording wording = new Wording(Records.TOPICS);

    @Test
    void givenTextsAndEvents_whenPrinted_thenTheirColumnsAreAligned() {
        Transcript out = transcript(false, false);

        print(out, Records.of("messages", "demo-ada", "{'text':'Hello','from':{'name':'Grace Hopper'}}"));
        print(out, Records.of("events", "demo-bo", "{'type':'chat-ended','reason':'requested'}"));

        assertThat(text().lines()).containsExactly(
                "03:04:05.678  messages  demo-ada  Grace Hopper  \"Hello\"",
                "03:04:05.678  events    demo-bo   bridge        chat-ended: requested");
    }

    @Test
    void givenAPageOfTheHistory_whenPrinted_thenEachTextStandsBelowWithItsWriter() {
        Transcript out = transcript(false, false);

        print(out, Records.of("history", "demo-ada", "{'pageNumber':1,'last':true,'messages':["
                + "{'text':'Hello','direction':'inbound','from':{'name':'Ada'}},{'text':'Hi','direction':'outbound'}]}"));

        assertThat(text().lines()).containsExactly(
                "03:04:05.678  history   demo-ada  bridge  page 1, the last",
                "                                  Ada     \"Hello\"",
                "                                  agent   \"Hi\"");
    }

    @Test
    void givenAFailedRequest_whenPrinted_thenItsCodeAndReasonAreTold() {
        print(transcript(false, false), Records.of("events", "demo-ada",
                "{'type':'request-failed','requestType':'status','error':{'code':'unknown-chat','message':'no such chat'}}"));

        assertThat(text()).contains("request-failed: status, unknown-chat: no such chat");
    }

    @Test
    void givenATextThatWouldSteerTheTerminal_whenPrinted_thenItsControlsAreGone() {
        print(transcript(true, false), Records.of("messages", "demo-ada", "{'text':'a\\u001b[2Jb\\nc'}"));

        assertThat(text().lines().toList()).singleElement().asString().endsWith("\"a [2Jb c\"");
    }

    @Test
    void givenColours_whenATextIsPrinted_thenOnlyItIsColoured() {
        print(transcript(true, true), Records.of("messages", "demo-ada", "{'text':'Hello'}"));

        assertThat(text()).contains("demo-ada  \u001B[32magent   \"Hello\"\u001B[0m");
    }

    @Test
    void givenAPrompt_whenALineComes_thenThePromptStandsBelowIt() {
        Transcript out = transcript(true, false);
        out.prompt("Ada> ");

        out.note("news");

        assertThat(text()).isEqualTo("Ada> \r\u001B[Knews" + System.lineSeparator() + "Ada> ");
    }

    private Transcript transcript(boolean terminal, boolean colours) {
        PrintStream screen = new PrintStream(printed, true, StandardCharsets.UTF_8);
        Transcript out = new Transcript(screen, terminal, colours, ZoneOffset.UTC);
        out.align(Records.TOPICS);
        return out;
    }

    private void print(Transcript out, Received record) {
        wording.received(record).forEach(out::print);
    }

    private String text() {
        return printed.toString(StandardCharsets.UTF_8);
    }
}

package io.guestchat.dialect.webchat;

import static org.assertj.core.api.Assertions.assertThat;

import io.guestchat.dialect.Dialect;
import io.guestchat.dialect.PlatformFrame;
import io.guestchat.dialect.PlatformFrame.Acknowledgement;
import io.guestchat.dialect.PlatformFrame.AgentText;
import io.guestchat.dialect.PlatformFrame.GuestEcho;
import io.guestchat.dialect.PlatformFrame.Other;
import io.guestchat.dialect.PlatformFrame.Typing;
import io.guestchat.dialect.PlatformFrame.Unreadable;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FramesTest {

    private final Dialect dialect = new WebchatDialect();

    @Test
    void givenATextOfTheAgent_whenRead_thenItsWordsSenderAndConversationAreTold() {
        assertThat(read("{'type':'text','text':'Hello','conversationId':'c','messageDirection':'outbound','from':{'name':'Grace'}}"))
                .isEqualTo(new AgentText("Hello", "Grace", "c"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"{'type':'text','text':'a'}", "{'type':'text','text':'a','messageDirection':null}",
        "{'type':'text','text':'a','messageDirection':'outbound','conversationId':null,'unknown':{'deep':[]}}",
        "{'type':'text','text':'a','messageDirection':'sideways','conversationId':7,'from':'Grace'}"})
    void givenATextThatIsNotInbound_whenRead_thenItComesFromThePlatform(String frame) {
        assertThat(read(frame)).isEqualTo(new AgentText("a", null, null));
    }

    @Test
    void givenTheGuestsOwnText_whenRead_thenItIsAnEcho() {
        assertThat(read("{'type':'text','text':'a','conversationId':'c','messageDirection':'inbound'}"))
                .isEqualTo(new GuestEcho("a", "c"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"{'type':'text','conversationId':'c'}", "{'type':'text','text':'','conversationId':'c'}",
        "{'type':'text','text':7,'conversationId':'c'}", "{'type':'text','text':null,'conversationId':'c'}",
        "{'type':'member-change','text':'a','conversationId':'c'}", "{'conversationId':'c'}", "{'type':7,'conversationId':'c'}",
        "{'type':null,'conversationId':'c'}", "{'type':['text'],'text':'a','conversationId':'c'}",
        "{'type':'typing','messageDirection':'inbound','conversationId':'c'}"})
    void givenAFrameOfNoUse_whenRead_thenItMayStillNameTheConversation(String frame) {
        assertThat(read(frame)).isEqualTo(new Other("c"));
    }

    @Test
    void givenTypingAndAcknowledgements_whenRead_thenTheyAreTold() {
        assertThat(read("{'type':'typing'}")).isEqualTo(new Typing(null));
        assertThat(read("{'type':'typing','conversationId':'c','messageDirection':'outbound'}")).isEqualTo(new Typing("c"));
        assertThat(read("{'type':'ack'}")).isEqualTo(new Acknowledgement(null));
        assertThat(read("{'type':'ack','conversationId':'c','messageDirection':'inbound'}")).isEqualTo(new Acknowledgement("c"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "null", "7", "'text'", "[]", "[{'type':'text','text':'a'}]", "{", "{'type':'text','text':'a'",
        "{type:text}", "hello", "{'type':'text','text':'a\\x'}", "<html></html>", "\u0000\u0001\u0002", "\ufeff", "\ud800"})
    void givenWhatIsNoFrame_whenRead_thenItIsUnreadableAndNothingIsThrown(String frame) {
        assertThat(read(frame)).isEqualTo(new Unreadable(null));
    }

    @Test
    void givenABigFrame_whenRead_thenItIsTakenWhole() {
        String big = "x".repeat(300 * 1024);

        assertThat(read("{'type':'text','text':'" + big + "'}")).isEqualTo(new AgentText(big, null, null));
    }

    @Test
    void givenDeepNestingAndEndlessNumbers_whenRead_thenNothingIsThrown() {
        assertThat(read("[".repeat(100_000))).isEqualTo(new Unreadable(null));
        assertThat(read("{'a':".repeat(100_000))).isEqualTo(new Unreadable(null));
        assertThat(read("{'type':" + "9".repeat(10_000) + "}")).isIn(new Unreadable(null), new Other(null));
    }

    @ParameterizedTest
    @ValueSource(strings = {".", "..", "c\\n"})
    void givenAConversationIdThatCannotStandInAPath_whenRead_thenThereIsNone(String id) {
        assertThat(read("{'type':'ack','conversationId':'" + id + "'}")).isEqualTo(new Acknowledgement(null));
        assertThat(read("{'type':'ack','conversationId':'" + "c".repeat(201) + "'}")).isEqualTo(new Acknowledgement(null));
    }

    @Test
    void givenAnyCharacters_whenRead_thenThereIsAFrameOfSomeKind() {
        Random random = new Random(3);
        String alphabet = "{}[]\":,\\utyperx0123456789.-\u0000\ud83d\ude00\ud800 ";
        for (int frame = 0; frame < 20_000; frame++) {
            StringBuilder any = new StringBuilder("{");
            random.ints(random.nextInt(40), 0, alphabet.length()).forEach(at -> any.append(alphabet.charAt(at)));
            assertThat(dialect.frame(any.toString())).isNotNull();
        }
    }

    @Test
    void givenFramesWithText_whenPrinted_thenItIsNotToBeSeen() {
        assertThat(read("{'type':'text','text':'secret','from':{'name':'secret'}}").toString()).doesNotContain("secret");
        assertThat(read("{'type':'text','text':'secret','messageDirection':'inbound'}").toString()).doesNotContain("secret");
    }

    private PlatformFrame read(String frame) {
        return dialect.frame(frame.replace('\'', '"'));
    }
}

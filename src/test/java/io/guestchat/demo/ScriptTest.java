package io.guestchat.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ScriptTest {

    private static final String CHAT = "demo-ada";

    private final Mailbox mailbox = new Mailbox();
    private final List<String> asked = new ArrayList<>();
    private String silentOn = "";
    private String refused = "";

    @Test
    void givenABridgeThatAnswers_whenTheScriptRuns_thenItAsksForEachThingInTurn() {
        assertThatCode(() -> script().run(() -> asked.add("live"))).doesNotThrowAnyException();

        assertThat(asked).containsExactly("start", "live", "message", "message", "message", "history", "status", "end");
    }

    @Test
    void givenNoAssignment_whenTheScriptRuns_thenItSaysWhatDidNotComeWhereAndHowLongItWaited() {
        silentOn = "conversation-assigned";

        assertThatThrownBy(() -> script().run(() -> asked.add("live"))).isInstanceOf(DemoFailure.class)
                .hasMessage("conversation-assigned of chat demo-ada did not come on events within 200 ms");
        assertThat(asked).containsExactly("start");
    }

    @Test
    void givenAnAgentWhoSaysNothing_whenTheScriptRuns_thenItNamesTheMissingText() {
        silentOn = "text";

        assertThatThrownBy(() -> script().run(() -> { })).isInstanceOf(DemoFailure.class)
                .hasMessage("the agent's text \"Good morning! One moment, I am looking it up.\" of chat demo-ada did not come on"
                        + " messages within 200 ms");
    }

    @Test
    void givenARefusedStart_whenTheScriptRuns_thenItSaysAtOnceWhatCameInstead() {
        refused = "start";

        assertThatThrownBy(() -> script().run(() -> { })).isInstanceOf(DemoFailure.class)
                .hasMessage("session-created of chat demo-ada did not come on events; request-failed came instead: unauthorized");
    }

    @Test
    void givenAHistoryThatLacksATextOfTheChat_whenTheScriptRuns_thenItFails() {
        silentOn = "last text of the history";

        assertThatThrownBy(() -> script().run(() -> { })).isInstanceOf(DemoFailure.class)
                .hasMessage("history-delivered of chat demo-ada on events should tell 6 messages, and tells 5");
    }

    private Script script() {
        Script.Agent agent = (session, text) -> {
            event("'type':'agent-typing'");
            if (!silentOn.equals("text")) {
                mailbox.put(Records.of("messages", CHAT, "{'text':'" + text + "'}"));
            }
        };
        return new Script(new Guest("Ada"), Records.TOPICS, new Requests(), (guest, request) -> answer(request), mailbox, agent,
                Duration.ofMillis(200), heading -> { });
    }

    private void answer(JsonNode request) {
        String type = request.path("type").asText();
        String answers = ",'requestId':'" + request.path("id").asText() + "'";
        asked.add(type);
        if (type.equals(refused)) {
            event("'type':'request-failed','error':{'code':'unauthorized'}" + answers);
            return;
        }
        switch (type) {
            case "start" -> {
                event("'type':'session-created','webchatSessionId':'ws-1'" + answers);
                event("'type':'session-connected'");
                event("'type':'conversation-assigned'");
            }
            case "message" -> {
                event("'type':'message-sent'" + answers);
                event("'type':'message-acknowledged'" + answers);
            }
            case "history" -> {
                mailbox.put(Records.of("history", CHAT, "{'last':true" + answers + "}"));
                event("'type':'history-delivered','messages':" + (silentOn.isEmpty() ? 6 : 5) + answers);
            }
            case "status" -> event("'type':'session-status'" + answers);
            default -> event("'type':'chat-ended'" + answers);
        }
    }

    private void event(String fields) {
        if (silentOn.isEmpty() || !fields.contains("'" + silentOn + "'")) {
            mailbox.put(Records.of("events", CHAT, "{" + fields + "}"));
        }
    }
}

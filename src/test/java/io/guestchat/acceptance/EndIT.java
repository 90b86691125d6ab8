package io.guestchat.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.guestchat.harness.OutsideSystem;
import io.guestchat.harness.Received;
import io.guestchat.simulator.CallKind;
import io.guestchat.simulator.Fault;
import io.guestchat.simulator.SimulatorOptions.Answering;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** How a chat ends, and what its end means to what was under way. */
class EndIT {

    @RegisterExtension
    static final LiveBridge BRIDGE = LiveBridge.with(platform -> platform.answering(Answering.OFF),
            Map.of("genesys.retry.max-elapsed", "4s", "chat.messages-per-second", "5", "chat.queue.max-messages", "20"));

    @AfterEach
    void noFaultsAreLeft() {
        BRIDGE.platform().clearFaults();
    }

    @Test
    void givenALiveChat_whenTheGuestEndsIt_thenThePlatformIsToldAndTheReasonIsRequested() {
        // given
        String session = BRIDGE.converse("requested");

        // when
        Received ended = BRIDGE.end("requested");

        // then
        assertThat(ended.text("reason")).isEqualTo("requested");
        assertThat(ended.text("webchatSessionId")).isEqualTo(session);
        assertThat(ended.json().has("error")).isFalse();
        await().atMost(OutsideSystem.PATIENCE).untilAsserted(() -> assertThat(BRIDGE.platform().session(session).closures())
                .extracting(closure -> closure.received()).containsExactly(1000));
    }

    @Test
    void givenAnEndWithoutAnId_whenTheChatEnds_thenTheEventHasNoRequestId() {
        // given
        BRIDGE.connect("no-id");

        // when
        BRIDGE.outside().send("no-id", Map.of("type", "end"));

        // then
        Received ended = BRIDGE.outside().awaitEvent("no-id", "chat-ended");
        assertThat(ended.text("reason")).isEqualTo("requested");
        assertThat(ended.json().has("requestId")).isFalse();
    }

    @Test
    void givenALiveChat_whenThePlatformClosesIt_thenThatIsTheReason() {
        // given
        String session = BRIDGE.converse("closed");

        // when
        BRIDGE.platform().end(session);

        // then
        Received ended = BRIDGE.outside().awaitEvent("closed", "chat-ended");
        assertThat(ended.text("reason")).isEqualTo("closed-by-platform");
        assertThat(ended.text("requestId")).isNull();
    }

    @Test
    void givenASessionThatHasExpired_whenItsSocketIsOpenedAgain_thenTheChatHasExpired() {
        // given
        String session = BRIDGE.converse("expired");

        // when
        BRIDGE.platform().expire(session);
        BRIDGE.platform().cut(session);

        // then
        assertThat(BRIDGE.outside().awaitEvent("expired", "chat-ended").text("reason")).isEqualTo("expired");
        assertThat(BRIDGE.outside().events("expired")).extracting(Received::type).contains("session-lost")
                .doesNotContain("session-resumed");
    }

    @Test
    void givenASessionThatHasExpired_whenTheStatusIsAsked_thenTheStatusIsToldAndThenTheEnd() {
        // given
        String session = BRIDGE.converse("expired-status");

        // when
        BRIDGE.platform().expire(session);
        BRIDGE.outside().request("expired-status", "r-2", "status");

        // then
        Received status = BRIDGE.outside().awaitAnswer("expired-status", "session-status", "r-2");
        assertThat(status.text("status")).isEqualTo("expired");
        assertThat(BRIDGE.outside().awaitEvent("expired-status", "chat-ended").text("reason")).isEqualTo("expired");
    }

    @Test
    void givenTextsInLine_whenTheGuestEnds_thenTheyGoFirst() {
        // given
        String session = BRIDGE.converse("in-line");
        List<String> texts = IntStream.rangeClosed(1, 12).mapToObj(i -> "text " + i).toList();

        // when
        texts.forEach(text -> BRIDGE.outside().message("in-line", text, text));
        BRIDGE.end("in-line");

        // then
        assertThat(BRIDGE.platform().session(session).texts()).containsExactlyElementsOf(texts);
        assertThat(BRIDGE.outside().events("in-line")).filteredOn(event -> event.type().equals("message-sent"))
                .extracting(event -> event.text("requestId")).containsExactlyElementsOf(texts);
        assertThat(BRIDGE.outside().events("in-line")).extracting(Received::type).last().isEqualTo("chat-ended");
    }

    @Test
    void givenALostSocket_whenTheGuestEnds_thenItIsOpenedAgainToEndTheSession() {
        // given
        String session = BRIDGE.converse("lost");
        BRIDGE.platform().refuse(CallKind.HANDSHAKE, 1, Fault.refuse(503));
        BRIDGE.platform().cut(session);
        BRIDGE.outside().awaitEvent("lost", "session-lost");

        // when
        Received ended = BRIDGE.end("lost");

        // then
        assertThat(ended.text("reason")).isEqualTo("requested");
        await().atMost(OutsideSystem.PATIENCE)
                .untilAsserted(() -> assertThat(BRIDGE.platform().session(session).status()).isEqualTo("ended"));
    }

    @Test
    void givenASocketThatCannotBeOpenedAgain_whenTheGuestEnds_thenTheChatIsEndedHere() {
        // given
        String session = BRIDGE.converse("ended-here");
        BRIDGE.platform().refuse(CallKind.HANDSHAKE, 10_000, Fault.refuse(503));
        BRIDGE.platform().cut(session);
        BRIDGE.outside().awaitEvent("ended-here", "session-lost");
        BRIDGE.outside().message("ended-here", "r-2", "Too late");

        // when
        Received ended = BRIDGE.end("ended-here");

        // then
        assertThat(ended.text("reason")).isEqualTo("requested");
        assertThat(BRIDGE.refusal("ended-here", "r-2")).isEqualTo("chat-ended");
    }

    @Test
    void givenALostSocket_whenMoreTextsComeThanMayWait_thenTheBacklogIsFull() {
        // given
        String session = BRIDGE.converse("queue");
        BRIDGE.platform().refuse(CallKind.HANDSHAKE, 10_000, Fault.refuse(503));
        BRIDGE.platform().cut(session);
        BRIDGE.outside().awaitEvent("queue", "session-lost");

        // when
        IntStream.rangeClosed(1, 21).forEach(i -> BRIDGE.outside().message("queue", "r-" + i, "text " + i));

        // then
        assertThat(BRIDGE.refusal("queue", "r-21")).isEqualTo("backlog-full");
        BRIDGE.platform().clearFaults();
        BRIDGE.outside().awaitAnswer("queue", "message-sent", "r-20");
        assertThat(BRIDGE.platform().session(session).texts()).hasSize(20);
    }

    @Test
    void givenALostSocket_whenTheGuestTypes_thenThatIsDropped() {
        // given
        String session = BRIDGE.converse("stale-typing");
        BRIDGE.platform().refuse(CallKind.HANDSHAKE, 10_000, Fault.refuse(503));
        BRIDGE.platform().cut(session);
        BRIDGE.outside().awaitEvent("stale-typing", "session-lost");

        // when
        BRIDGE.outside().request("stale-typing", "r-2", "typing");
        BRIDGE.outside().request("stale-typing", "r-3", "status");
        Received status = BRIDGE.outside().awaitAnswer("stale-typing", "session-status", "r-3");
        BRIDGE.platform().clearFaults();
        BRIDGE.outside().awaitEvent("stale-typing", "session-resumed");
        BRIDGE.outside().message("stale-typing", "r-4", "Back");
        BRIDGE.outside().awaitAnswer("stale-typing", "message-acknowledged", "r-4");

        // then
        assertThat(status.json().path("connected").booleanValue()).isFalse();
        assertThat(BRIDGE.platform().session(session).arrived()).extracting(arrival -> arrival.type()).containsExactly("text");
    }

    @Test
    void givenAnEndedChat_whenAnyRequestComes_thenItIsRefused() {
        // given
        BRIDGE.connect("over");
        BRIDGE.end("over");

        // when
        for (String type : List.of("typing", "history", "status", "end")) {
            BRIDGE.outside().request("over", type, type);
        }
        BRIDGE.outside().message("over", "message", "Hello?");

        // then
        for (String id : List.of("history", "status", "end", "message")) {
            assertThat(BRIDGE.refusal("over", id)).as(id).isIn("unknown-chat", "chat-ended");
        }
    }

    @Test
    void givenNoChat_whenAnyRequestComes_thenTheChatIsUnknown() {
        // when
        for (String type : List.of("history", "status", "end")) {
            BRIDGE.outside().request("nobody", type, type);
        }
        BRIDGE.outside().message("nobody", "message", "Hello?");

        // then
        for (String id : List.of("history", "status", "end", "message")) {
            assertThat(BRIDGE.refusal("nobody", id)).as(id).isEqualTo("unknown-chat");
        }
    }

    @Test
    void givenARequestUnderWay_whenThePlatformEndsTheChatAndItIsStartedAnew_thenTheRequestIsCommittedToo() {
        // given
        String session = BRIDGE.converse("overtaken");
        BRIDGE.platform().refuse(CallKind.DETAILS, 1, Fault.slow(Duration.ofSeconds(2)));
        BRIDGE.outside().request("overtaken", "r-2", "status");
        await().atMost(OutsideSystem.PATIENCE).until(() -> BRIDGE.platform().faultsLeft(CallKind.DETAILS) == 0);

        // when
        BRIDGE.outside().start("overtaken", "r-3");
        BRIDGE.platform().end(session);

        // then
        BRIDGE.outside().awaitEvent("overtaken", "chat-ended");
        BRIDGE.outside().awaitAnswer("overtaken", "session-created", "r-3");
        BRIDGE.awaitAllCommitted();
    }
}

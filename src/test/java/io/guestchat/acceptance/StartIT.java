package io.guestchat.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.guestchat.harness.OutsideSystem;
import io.guestchat.harness.Received;
import io.guestchat.simulator.SessionReport;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** {@code start}, where the platform is willing. */
class StartIT {

    @RegisterExtension
    static final LiveBridge BRIDGE = LiveBridge.with(platform -> platform, Map.of("guest.default-language", "de-CH"));

    @Test
    void givenNoChat_whenStarted_thenASessionIsCreatedForIt() {
        // when
        BRIDGE.outside().start("new", "r-1");

        // then
        Received created = BRIDGE.outside().awaitAnswer("new", "session-created", "r-1");
        SessionReport session = BRIDGE.platform().session(created.text("webchatSessionId"));
        assertThat(session.displayName()).isEqualTo("Guest new");
        assertThat(created.header("ce_causationid")).isEqualTo("r-1");
    }

    @Test
    void givenARequestWithoutAnId_whenStarted_thenTheAnswerHasNoRequestId() {
        // when
        BRIDGE.outside().send("anonymous", Map.of("type", "start", "guest", Map.of("displayName", "Ann")));

        // then
        Received created = BRIDGE.outside().awaitEvent("anonymous", "session-created");
        assertThat(created.text("requestId")).isNull();
        assertThat(created.header("ce_causationid")).isNull();
    }

    @Test
    void givenAFullGuest_whenStarted_thenAllOfItReachesThePlatform() {
        // given
        Map<String, ?> guest = Map.of("displayName", "Zoë 😀", "language", "fr-CA", "email", "zoe@example.com",
                "tags", List.of("sales", "vip"), "metadata", Map.of("order", "4711", "channel", "web"));

        // when
        BRIDGE.outside().send("full", Map.of("type", "start", "id", "r-1", "chatId", "full", "guest", guest));

        // then
        Received created = BRIDGE.outside().awaitAnswer("full", "session-created", "r-1");
        assertThat(BRIDGE.platform().session(created.text("webchatSessionId")).guest()).isEqualTo(new SessionReport.Guest(
                "Zoë 😀", "fr-CA", "zoe@example.com", List.of("sales", "vip"), Map.of("order", "4711", "channel", "web")));
    }

    @Test
    void givenAGuestWithoutALanguage_whenStarted_thenTheDefaultLanguageIsUsed() {
        // when
        String session = BRIDGE.create("default-language");

        // then
        assertThat(BRIDGE.platform().session(session).guest().language()).isEqualTo("de-CH");
    }

    @Test
    void givenALiveChat_whenStartedAgain_thenTheSameSessionIsAnsweredToTheNewRequest() {
        // given
        String session = BRIDGE.converse("twice");

        // when
        BRIDGE.outside().start("twice", "r-2");

        // then
        Received again = BRIDGE.outside().awaitAnswer("twice", "session-created", "r-2");
        assertThat(again.text("webchatSessionId")).isEqualTo(session);
        assertThat(sessionsOf("Guest twice")).hasSize(1);
    }

    @Test
    void givenOneId_whenStartedTwiceWithIt_thenBothRequestsAreAnswered() {
        // when
        BRIDGE.outside().start("same-id", "r-1");
        BRIDGE.outside().start("same-id", "r-1");

        // then
        await().atMost(OutsideSystem.PATIENCE).untilAsserted(() -> assertThat(BRIDGE.outside().events("same-id"))
                .filteredOn(event -> event.type().equals("session-created")).extracting(event -> event.text("id"))
                .hasSize(2).doesNotHaveDuplicates());
        assertThat(sessionsOf("Guest same-id")).hasSize(1);
    }

    @Test
    void givenAnEndedChat_whenStartedAgain_thenItGetsANewSession() {
        // given
        String first = BRIDGE.connect("again");
        BRIDGE.end("again");

        // when
        BRIDGE.outside().start("again", "r-2");

        // then
        Received created = BRIDGE.outside().awaitAnswer("again", "session-created", "r-2");
        assertThat(created.text("webchatSessionId")).isNotEqualTo(first);
    }

    @Test
    void givenAnEndAndAStartInOneGo_whenBothAreCarriedOut_thenTheNewSessionOutlivesTheOldOne() {
        // given
        String first = BRIDGE.connect("at-once");

        // when
        BRIDGE.outside().request("at-once", "r-2", "end");
        BRIDGE.outside().start("at-once", "r-3");

        // then
        BRIDGE.outside().awaitAnswer("at-once", "chat-ended", "r-2");
        String second = BRIDGE.outside().awaitAnswer("at-once", "session-created", "r-3").text("webchatSessionId");
        BRIDGE.outside().awaitEvent("at-once", "conversation-assigned", event -> second.equals(event.text("webchatSessionId")));
        assertThat(second).isNotEqualTo(first);
        assertThat(BRIDGE.platform().session(first).status()).isEqualTo("ended");
    }

    private static List<SessionReport> sessionsOf(String displayName) {
        return BRIDGE.platform().sessions().stream().filter(session -> session.displayName().equals(displayName)).toList();
    }
}

package io.guestchat.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.guestchat.contract.ChatId;
import io.guestchat.fuzz.Junk;
import io.guestchat.harness.OutsideSystem;
import io.guestchat.harness.Received;
import io.guestchat.harness.Sent;
import io.guestchat.simulator.SimulatorOptions.Answering;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.kafka.common.header.Header;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Hundreds of records and frames that somebody made up, among those of two chats that behave. That each request has its one outcome
 * or its dead letter, and that all offsets are committed, is looked at after each class: {@link LiveBridge}.
 */
class AnythingComesInIT {

    private static final int RECORDS = 400;
    private static final int FRAMES = 300;
    private static final List<String> NEIGHBOURS = List.of("neighbour-1", "neighbour-2");

    @RegisterExtension
    static final LiveBridge BRIDGE = LiveBridge.with(platform -> platform.answering(Answering.OFF),
            Map.of("chat.messages-per-second", "100", "requests.max-age", "10m", "genesys.retry.max-elapsed", "5s"));

    private final Junk junk = Junk.fromSeed();
    private final Map<String, String> sessions = new HashMap<>();

    @Test
    void givenTwoChats_whenAnyRecordsComeBetweenTheirs_thenEachHasItsOutcomeAndTheChatsGoOn() {
        // given
        NEIGHBOURS.forEach(chat -> sessions.put(chat, BRIDGE.converse(chat)));
        List<String> texts = new ArrayList<>();

        // when
        for (int number = 1; number <= RECORDS; number++) {
            BRIDGE.outside().send(junk.record(BRIDGE.topics().requests()));
            if (number % 20 == 0) {
                String text = "text " + number;
                texts.add(text);
                NEIGHBOURS.forEach(chat -> BRIDGE.outside().message(chat, text, text));
            }
        }

        // then
        BRIDGE.awaitAllCommitted();
        for (String chat : NEIGHBOURS) {
            texts.forEach(text -> BRIDGE.outside().awaitAnswer(chat, "message-sent", text));
            assertThat(BRIDGE.platform().session(sessions.get(chat)).texts()).as("what the agent of %s reads", chat).isEqualTo(texts);
        }
        assertThat(BRIDGE.rig().ready().statusCode()).as("the bridge is ready").isEqualTo(200);
        deadLettersAreTheRecordsThemselves();
    }

    private static void deadLettersAreTheRecordsThemselves() {
        Map<String, Sent> sent = new HashMap<>();
        BRIDGE.outside().sent().forEach(request -> sent.put(request.position(), request));
        List<Received> letters = BRIDGE.outside().deadLetters();
        for (Received letter : letters) {
            Sent request = sent.get(letter.header("__connect.errors.topic") + "/" + letter.header("__connect.errors.partition") + "/"
                    + letter.header("__connect.errors.offset"));
            assertThat(letter.raw().key()).as("key of %s", request).isEqualTo(request.request().key());
            assertThat(letter.raw().value()).as("value of %s", request).isEqualTo(request.request().value());
            Header[] own = request.request().headers().toArray();
            assertThat(Arrays.copyOf(letter.raw().headers().toArray(), own.length)).as("headers of %s", request).isEqualTo(own);
        }
        assertThat(letters).as("records that cannot name a chat have no other answer").hasSizeGreaterThanOrEqualTo(
                (int) sent.values().stream().filter(request -> ChatId.read(request.request().key()).isEmpty()).count());
    }

    @Test
    void givenAChat_whenAnyFramesComeBetweenItsAgentsTexts_thenTheTextsComeOutInOrderAndOnce() {
        // given
        List<String> chats = List.of("framed", "beside-1", "beside-2");
        chats.forEach(chat -> sessions.put(chat, BRIDGE.converse(chat)));

        // when
        for (int number = 1; number <= FRAMES; number++) {
            junk.frame(BRIDGE.platform(), sessions.get("framed"));
            if (number % 10 == 0) {
                String text = "text " + number;
                chats.forEach(chat -> BRIDGE.platform().say(sessions.get(chat), text));
            }
        }

        // then
        List<String> texts = IntStream.rangeClosed(1, FRAMES / 10).mapToObj(ten -> "text " + ten * 10).toList();
        for (String chat : chats) {
            await("the agent's texts of " + chat).atMost(OutsideSystem.PATIENCE).untilAsserted(() -> assertThat(said(chat)).isEqualTo(texts));
        }
        assertThat(BRIDGE.platform().session(sessions.get("framed")).handshakes()).as("no frame cost it its socket").isEqualTo(1);
        BRIDGE.outside().message("framed", "still-there", "Still there?");
        BRIDGE.outside().awaitAnswer("framed", "message-sent", "still-there");
    }

    /** The agent's own texts among what came out, in order. */
    private static List<String> said(String chat) {
        return BRIDGE.outside().messages(chat).stream().map(message -> message.text("text")).filter(text -> text.matches("text \\d+"))
                .toList();
    }
}

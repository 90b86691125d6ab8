package io.guestchat.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.guestchat.simulator.SessionReport.Arrival;
import io.guestchat.simulator.SessionReport.Closure;
import io.guestchat.simulator.SimulatorOptions.Answering;
import io.guestchat.simulator.SimulatorOptions.Assignment;
import io.vertx.core.json.JsonObject;
import java.net.http.WebSocketHandshakeException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SimulatorFramesTest {

    private PlatformSimulator simulator;
    private GuestClient client;
    private String token;
    private String session;

    @AfterEach
    void stop() {
        simulator.close();
    }

    private GuestChat chat(UnaryOperator<SimulatorOptionsBuilder> options) {
        simulator = PlatformSimulator.start(options.apply(SimulatorOptions.builder().assignmentDelay(Duration.ZERO)
                .answerDelay(Duration.ofMillis(20))).build());
        client = new GuestClient(simulator.baseUrl());
        token = client.token();
        session = client.session(token, "Grace");
        return client.connect(token, session);
    }

    private String conversation(GuestChat chat) {
        return await().until(chat::conversationId, id -> id != null);
    }

    private SessionReport report() {
        return simulator.control().session(session);
    }

    @Test
    void givenDefaults_whenTheGuestSaysSomething_thenItIsAcknowledgedAndTheAgentTypesAndAnswers() {
        GuestChat chat = chat(o -> o);
        String conversation = conversation(chat);

        chat.sendText("Hello", conversation);

        await().untilAsserted(() -> assertThat(chat.frames()).hasSize(4));
        assertThat(chat.frames()).extracting(f -> f.getString("type")).containsExactly("ack", "ack", "typing", "text");
        assertThat(chat.frames()).allSatisfy(f -> {
            assertThat(f.getString("conversationId")).isEqualTo(conversation);
            assertThat(f.getString("messageDirection")).isEqualTo("outbound");
        });
        assertThat(chat.texts()).containsExactly("You said: Hello");
        assertThat(report().history()).extracting(StoredText::direction).containsExactly("inbound", "outbound");
    }

    @Test
    void givenADelay_whenTheSocketOpens_thenTheConversationIsAssignedWithoutAText() {
        GuestChat chat = chat(o -> o.assignmentDelay(Duration.ofMillis(50)));

        assertThat(conversation(chat)).isEqualTo(report().conversationId());
        assertThat(report().arrived()).isEmpty();
    }

    @Test
    void givenAGreeting_whenTheConversationIsAssigned_thenTheGreetingTellsIt() {
        GuestChat chat = chat(o -> o.greeting("Good morning"));

        String conversation = conversation(chat);

        assertThat(chat.frames()).containsExactly(new JsonObject().put("type", "text").put("text", "Good morning")
                .put("conversationId", conversation).put("messageDirection", "outbound"));
        assertThat(report().said()).containsExactly("Good morning");
    }

    @Test
    void givenAssignmentByDetailsOnly_whenFramesCome_thenNoneCarriesTheConversation() {
        GuestChat chat = chat(o -> o.assignment(Assignment.DETAILS));

        simulator.control().say(session, "Anyone there?");

        await().untilAsserted(() -> assertThat(chat.texts()).containsExactly("Anyone there?"));
        assertThat(chat.conversationId()).isNull();
        assertThat(client.details(token, session).body().getString("conversationId")).isEqualTo(report().conversationId());
    }

    @Test
    void givenAssignmentByFrameOnly_whenTheDetailsAreRead_thenTheyDoNotTellIt() {
        GuestChat chat = chat(o -> o.assignment(Assignment.FRAME));

        assertThat(conversation(chat)).isNotNull();
        assertThat(client.details(token, session).body().containsKey("conversationId")).isFalse();
    }

    @Test
    void givenEchoOnAcksOffAndNoDirection_whenTheGuestSaysSomething_thenFramesAreSo() {
        GuestChat chat = chat(o -> o.echo(true).acks(false).messageDirection(false).answering(Answering.OFF));
        String conversation = conversation(chat);

        chat.sendText("Hello", conversation);
        await().untilAsserted(() -> assertThat(chat.texts()).containsExactly("Hello"));
        simulator.control().say(session, "Hi");
        await().untilAsserted(() -> assertThat(chat.texts()).containsExactly("Hello", "Hi"));

        assertThat(chat.frames("text")).extracting(f -> f.getString("messageDirection")).containsExactly("inbound", null);
        assertThat(chat.frames("ack")).hasSize(1);
    }

    @Test
    void givenAnEchoingAgent_whenManyTextsCome_thenEachComesBackInOrder() {
        GuestChat chat = chat(o -> o.answering(Answering.ECHO).acks(false));
        String conversation = conversation(chat);
        List<String> texts = IntStream.range(0, 500).mapToObj(n -> "text " + n).toList();

        texts.forEach(text -> chat.sendText(text, conversation));

        await().untilAsserted(() -> assertThat(chat.texts()).hasSize(500));
        assertThat(chat.texts()).isEqualTo(texts);
        assertThat(report().texts()).isEqualTo(texts);
        assertThat(report().history()).extracting(StoredText::date).isSorted().doesNotHaveDuplicates();
    }

    @Test
    void givenNoConversation_whenTheGuestSpeaks_thenItIsInTheHistoryAndAnsweredOnceAssigned() {
        GuestChat chat = chat(o -> o.assignment(Assignment.MANUAL));
        chat.sendText("Early", null);
        await().untilAsserted(() -> assertThat(report().texts()).containsExactly("Early"));
        assertThat(chat.texts()).isEmpty();

        simulator.control().assign(session);

        await().untilAsserted(() -> assertThat(chat.texts()).containsExactly("You said: Early"));
        assertThat(client.history(token, report().conversationId(), "").body().getJsonArray("entities")).hasSize(2);
    }

    @Test
    void givenOddFrames_whenTheyArrive_thenEachIsRecordedAndTheSocketStays() {
        GuestChat chat = chat(o -> o.answering(Answering.OFF));
        chat.sendText("same", "wrong-conversation");
        chat.sendText("same", "wrong-conversation");
        chat.sendRaw("{\"type\":\"typing\"}");
        chat.sendRaw("{\"type\":\"ack\"}");
        chat.sendRaw("not json");
        chat.sendRaw("{\"type\":7}");

        await().untilAsserted(() -> assertThat(report().arrived()).extracting(Arrival::type)
                .containsExactly("text", "text", "typing", "ack", "malformed", "malformed"));
        assertThat(report().texts()).containsExactly("same", "same");
        assertThat(report().arrived().get(0).conversationId()).isEqualTo("wrong-conversation");
        assertThat(report().history()).hasSize(2);
        assertThat(report().connected()).isTrue();
    }

    @Test
    void givenAnOpenSocket_whenANewerOneComes_thenTheOlderIsClosedWith4000AndTheNewerLives() {
        GuestChat older = chat(o -> o.answering(Answering.OFF));

        GuestChat newer = client.connect(token, session);

        await().untilAsserted(() -> assertThat(older.closeCode()).isEqualTo(4000));
        await().untilAsserted(() -> assertThat(report().closures()).containsExactly(new Closure(1, 4000, 4000)));
        newer.sendText("Here", null);
        await().untilAsserted(() -> assertThat(report().texts()).containsExactly("Here"));
        assertThat(report().handshakes()).isEqualTo(2);
        assertThat(report().arrived().get(0).socket()).isEqualTo(2);
    }

    @Test
    void givenAReplacedSocket_whenItStillSends_thenThatIsDropped() {
        GuestChat older = chat(o -> o.answering(Answering.OFF));
        older.linger();
        client.connect(token, session);
        await().untilAsserted(() -> assertThat(older.closeCode()).isEqualTo(4000));

        older.sendText("From beyond", null);

        await().untilAsserted(() -> assertThat(report().dropped()).isEqualTo(1));
        assertThat(report().arrived()).isEmpty();
        assertThat(report().history()).isEmpty();
        older.letGo();
    }

    @Test
    void givenTheAssignmentFrameWasLost_whenTheGuestConnectsAgain_thenAFrameTellsItAgain() {
        GuestChat first = chat(o -> o.assignment(Assignment.MANUAL));
        first.close(1001);
        await().until(() -> !report().connected());
        simulator.control().assign(session, Assignment.FRAME);

        GuestChat second = client.connect(token, session);

        assertThat(conversation(second)).isEqualTo(report().conversationId());
        assertThat(second.frames()).extracting(f -> f.getString("type")).containsExactly("typing");
    }

    @Test
    void givenAGuestThatClosesWith1001_whenItComesBack_thenTheSessionLives() {
        GuestChat chat = chat(o -> o);
        chat.close(1001);
        await().untilAsserted(() -> assertThat(report().closures()).containsExactly(new Closure(1, null, 1001)));

        assertThat(report().status()).isEqualTo("active");
        client.connect(token, session);
        await().until(() -> report().connected());
    }

    @Test
    void givenAGuestThatClosesWith1000_whenItComesBack_thenTheSessionHasEnded() {
        GuestChat chat = chat(o -> o);
        chat.close(1000);
        await().untilAsserted(() -> assertThat(report().status()).isEqualTo("ended"));

        assertThatThrownBy(() -> client.connect(token, session)).satisfies(e -> refusedWith(e, 410));
        simulator.control().reconfigure(o -> o.goneStatus(404));
        assertThatThrownBy(() -> client.connect(token, session)).satisfies(e -> refusedWith(e, 404));
        assertThat(client.details(token, session).body().getString("status")).isEqualTo("ended");
    }

    @Test
    void givenABadTokenOrAnUnknownSession_whenTheHandshakeIsTried_thenItIsRefused() {
        chat(o -> o);

        assertThatThrownBy(() -> client.connect("wrong", session)).satisfies(e -> refusedWith(e, 401));
        assertThatThrownBy(() -> client.connect(token, "ws-unknown")).satisfies(e -> refusedWith(e, 404));
        assertThat(simulator.control().counts().byStatus(CallKind.HANDSHAKE)).containsOnlyKeys(101, 401, 404);
    }

    @Test
    void givenPingsAnsweredOrNot_whenTheGuestPings_thenAPongComesOrNot() {
        GuestChat chat = chat(o -> o.answering(Answering.OFF));
        chat.ping();
        await().until(() -> chat.pongs() == 1);

        simulator.control().reconfigure(o -> o.answerPings(false));
        chat.ping();
        chat.sendText("after the ping", null);

        await().untilAsserted(() -> assertThat(chat.frames("ack")).hasSize(2));
        assertThat(chat.pongs()).isEqualTo(1);
    }

    static void refusedWith(Throwable thrown, int status) {
        assertThat(thrown).isInstanceOf(CompletionException.class).cause().isInstanceOf(WebSocketHandshakeException.class);
        WebSocketHandshakeException refused = (WebSocketHandshakeException) thrown.getCause();
        assertThat(refused.getResponse().statusCode()).isEqualTo(status);
    }
}

package io.guestchat.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.guestchat.simulator.GuestClient.Answer;
import io.guestchat.simulator.SessionReport.Closure;
import io.guestchat.simulator.SimulatorOptions.Answering;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SimulatorFaultsTest {

    private PlatformSimulator simulator;
    private SimulatorControl control;
    private GuestClient client;
    private String token;
    private String session;

    @BeforeEach
    void start() {
        simulator = PlatformSimulator.start(SimulatorOptions.builder().assignmentDelay(Duration.ZERO)
                .answering(Answering.OFF).build());
        control = simulator.control();
        client = new GuestClient(simulator.baseUrl());
        token = client.token();
        session = client.session(token, "Grace");
    }

    @AfterEach
    void stop() {
        simulator.close();
    }

    @Test
    void givenARefusalOfTwoCalls_whenThreeAreMade_thenTheThirdIsAnswered() {
        control.refuse(CallKind.DETAILS, 2, Fault.refuse(429).header("Retry-After", "7"));

        Answer first = client.details(token, session);
        Answer second = client.details(token, session);
        Answer third = client.details(token, session);

        assertThat(first.status()).isEqualTo(429);
        assertThat(first.headers().firstValue("Retry-After")).contains("7");
        assertThat(first.body().getInteger("status")).isEqualTo(429);
        assertThat(second.status()).isEqualTo(429);
        assertThat(third.status()).isEqualTo(200);
        assertThat(control.counts().of(CallKind.DETAILS, 429)).isEqualTo(2);
        assertThat(control.counts().of(CallKind.DETAILS)).isEqualTo(3);
    }

    @Test
    void givenRefusalsOfEachKind_whenTheCallsAreMade_thenEachMeetsItsOwn() {
        control.refuse(CallKind.TOKEN, 1, Fault.refuse(500).body("plain words"));
        control.refuse(CallKind.SESSION, 1, Fault.refuse(502));
        control.refuse(CallKind.HISTORY, 1, Fault.refuse(503));
        control.refuse(CallKind.HANDSHAKE, 1, Fault.refuse(408).after(Duration.ofMillis(30)));

        Answer refused = client.askToken("your_client_id", "your_client_secret", "grant_type=client_credentials");

        assertThat(refused.status()).isEqualTo(500);
        assertThat(refused.text()).isEqualTo("plain words");
        assertThat(client.createSession(token, "{}").status()).isEqualTo(502);
        assertThat(client.history(token, "any", "").status()).isEqualTo(503);
        assertThatThrownBy(() -> client.connect(token, session)).satisfies(e -> SimulatorFramesTest.refusedWith(e, 408));
        client.connect(token, session);
    }

    @Test
    void givenTenRefusals_whenFortyCallsComeAtOnce_thenExactlyTenAreRefused() {
        control.refuse(CallKind.DETAILS, 4, Fault.refuse(503));
        control.refuse(CallKind.DETAILS, 6, Fault.refuse(429));

        List<CompletableFuture<Answer>> calls = Stream.generate(() -> client.sending(client
                .request(GuestClient.SESSIONS + "/" + session).header("Authorization", "Bearer " + token).GET()))
                .limit(40).toList();

        assertThat(calls.stream().map(call -> call.join().status()).filter(status -> status == 503)).hasSize(4);
        assertThat(calls.stream().map(call -> call.join().status()).filter(status -> status == 429)).hasSize(6);
        assertThat(control.faultsLeft(CallKind.DETAILS)).isZero();
    }

    @Test
    void givenADelay_whenCallsAreMade_thenTheyAreCarriedOutThatMuchLater() {
        control.refuse(CallKind.SESSION, 1, Fault.slow(Duration.ofMillis(150)));
        control.refuse(CallKind.HANDSHAKE, 1, Fault.slow(Duration.ofMillis(150)));
        long started = System.nanoTime();

        String slow = client.session(token, "Alan");
        GuestChat chat = client.connect(token, slow);

        assertThat(Duration.ofNanos(System.nanoTime() - started)).isGreaterThan(Duration.ofMillis(300));
        chat.sendText("Hello", null);
        await().untilAsserted(() -> assertThat(control.session(slow).texts()).containsExactly("Hello"));
    }

    @Test
    void givenACutBeforeAndAfter_whenASessionIsCreated_thenTheAnswerIsLostAndOnlyTheSecondIsCarriedOut() {
        control.refuse(CallKind.SESSION, 1, Fault.cut());
        assertThatThrownBy(() -> client.session(token, "Alan")).isInstanceOf(CompletionException.class)
                .hasCauseInstanceOf(IOException.class);
        assertThat(control.sessions()).hasSize(1);

        control.refuse(CallKind.SESSION, 1, Fault.cutAfter());
        assertThatThrownBy(() -> client.session(token, "Alan")).hasCauseInstanceOf(IOException.class);
        assertThat(control.sessions()).hasSize(2);
        assertThat(control.counts().of(CallKind.SESSION, CallCounts.NO_ANSWER)).isEqualTo(2);
    }

    @Test
    void givenFaultsNotYetMet_whenTheyAreCleared_thenCallsAreAnswered() {
        control.refuse(CallKind.DETAILS, 5, Fault.refuse(500));

        control.clearFaults();

        assertThat(client.details(token, session).status()).isEqualTo(200);
    }

    @Test
    void givenTokensExpired_whenTheOldOneIsUsed_thenItIsUnauthorizedAndTheOpenSocketStays() {
        GuestChat chat = client.connect(token, session);

        control.expireTokens();

        assertThat(client.details(token, session).status()).isEqualTo(401);
        assertThatThrownBy(() -> client.connect(token, session)).satisfies(e -> SimulatorFramesTest.refusedWith(e, 401));
        assertThat(client.details(client.token(), session).status()).isEqualTo(200);
        chat.sendText("Still here", null);
        await().untilAsserted(() -> assertThat(control.session(session).texts()).containsExactly("Still here"));
    }

    @Test
    void givenSilenceOfCalls_whenCallsAreMade_thenNoneIsAnsweredUntilItEnds() {
        control.silence(Silence.CALLS, Silence.HANDSHAKES);
        HttpRequest.Builder patient = client.request(GuestClient.SESSIONS + "/" + session)
                .header("Authorization", "Bearer " + token).timeout(Duration.ofMillis(200)).GET();

        assertThatThrownBy(() -> client.sending(patient).join()).hasCauseInstanceOf(HttpTimeoutException.class);
        CompletableFuture<GuestChat> connecting = client.connecting(token, session);
        await().until(() -> control.counts().of(CallKind.HANDSHAKE, CallCounts.NO_ANSWER) == 1);
        assertThat(connecting).isNotDone();

        control.unsilence();
        assertThat(client.details(token, session).status()).isEqualTo(200);
        client.connect(token, session);
    }

    @Test
    void givenSilenceOnSockets_whenBothSidesSpeak_thenGuestTextsAreLostAndAgentTextsOnlyStored() {
        GuestChat chat = client.connect(token, session);
        await().until(() -> chat.conversationId() != null);
        control.silence(Silence.FRAMES, Silence.PUSHES, Silence.PINGS);

        chat.sendText("swallowed", null);
        chat.ping();
        control.say(session, "stored only");
        control.unsilence(Silence.PUSHES);
        control.say(session, "pushed");
        await().untilAsserted(() -> assertThat(chat.texts()).containsExactly("pushed"));
        // A handshake of another session would not be later than the frames; a pong on the same socket is.
        control.unsilence(Silence.PINGS);
        chat.ping();
        await().until(() -> chat.pongs() >= 1);
        control.unsilence();
        chat.sendText("heard", null);

        await().untilAsserted(() -> assertThat(control.session(session).texts()).containsExactly("heard"));
        assertThat(control.session(session).said()).containsExactly("stored only", "pushed");
    }

    @Test
    void givenASocket_whenItIsDroppedWithACode_thenTheGuestSeesItAndTheSessionLives() {
        GuestChat chat = client.connect(token, session);

        assertThat(control.drop(session, 1012, "restart")).isTrue();

        await().untilAsserted(() -> assertThat(chat.closeCode()).isEqualTo(1012));
        await().untilAsserted(() -> assertThat(control.session(session).closures()).containsExactly(new Closure(1, 1012, 1012)));
        assertThat(control.session(session).status()).isEqualTo("active");
        assertThat(control.drop(session, 1012, "restart")).isFalse();
    }

    @Test
    void givenASocket_whenItIsCut_thenTheGuestSeesNoCloseFrame() {
        GuestChat chat = client.connect(token, session);

        assertThat(control.cut(session)).isTrue();

        await().untilAsserted(() -> assertThat(chat.broken()).isInstanceOf(IOException.class));
        assertThat(chat.closeCode()).isNull();
        await().untilAsserted(() -> assertThat(control.session(session).closures()).containsExactly(new Closure(1, null, null)));
        client.connect(token, session);
    }

    @Test
    void givenSeveralSockets_whenAllAreDropped_thenEachIs() {
        GuestChat first = client.connect(token, session);
        String other = client.session(token, "Alan");
        GuestChat second = client.connect(token, other);

        assertThat(control.dropAll(4321, "all")).isEqualTo(2);
        await().untilAsserted(() -> assertThat(List.of(first, second)).extracting(GuestChat::closeCode).containsOnly(4321));

        GuestChat third = client.connect(token, session);
        assertThat(control.cutAll()).isEqualTo(1);
        await().until(() -> third.broken() != null);
    }

    @Test
    void givenASocket_whenThePlatformEndsTheSession_thenItIsClosedWith1000AndTheAgentCanSayNoMore() {
        GuestChat chat = client.connect(token, session);

        control.end(session);

        await().untilAsserted(() -> assertThat(chat.closeCode()).isEqualTo(1000));
        assertThat(client.details(token, session).body().getString("status")).isEqualTo("closed");
        assertThatThrownBy(() -> control.say(session, "Too late")).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> client.connect(token, session)).satisfies(e -> SimulatorFramesTest.refusedWith(e, 410));
    }

    @Test
    void givenASession_whenItExpiresOrEndsByAWord_thenTheDetailsSaySo() {
        control.expire(session);
        assertThat(client.details(token, session).body().getString("status")).isEqualTo("expired");

        String other = client.session(token, "Alan");
        control.end(other, "ended");
        assertThat(client.details(token, other).body().getString("status")).isEqualTo("ended");
    }
}

package io.guestchat.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.guestchat.simulator.SimulatorOptions.Answering;
import io.guestchat.simulator.SimulatorOptions.HistoryOrder;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SimulatorWitnessTest {

    private final List<String> seen = new CopyOnWriteArrayList<>();
    private PlatformSimulator simulator;
    private SimulatorControl control;
    private GuestClient client;
    private String token;

    @BeforeEach
    void start() {
        simulator = PlatformSimulator.start(SimulatorOptions.builder().assignmentDelay(Duration.ZERO).answering(Answering.OFF)
                .historyOrder(HistoryOrder.NEWEST_FIRST).build());
        control = simulator.control();
        client = new GuestClient(simulator.baseUrl());
        token = client.token();
    }

    @AfterEach
    void stop() {
        simulator.close();
    }

    @Test
    void givenAWitness_whenASessionIsMade_thenItIsThereBeforeTheCallIsAnswered() {
        CompletableFuture<Boolean> answered = new CompletableFuture<>();
        control.witness(new Witness() {
            @Override
            public void sessionMade(String webchatSessionId, String displayName) {
                seen.add(control.session(webchatSessionId).displayName() + " " + displayName + " " + answered.isDone());
            }
        });

        client.session(token, "Grace");
        answered.complete(true);

        assertThat(seen).containsExactly("Grace Grace false");
    }

    @Test
    void givenAWitness_whenATextComes_thenItIsStoredBeforeItIsAcknowledged() {
        String session = client.session(token, "Grace");
        GuestChat chat = client.connect(token, session);
        String conversation = await().until(chat::conversationId, id -> id != null);
        int acks = chat.frames("ack").size();
        control.witness(new Witness() {
            @Override
            public boolean textCame(String webchatSessionId, String text) {
                seen.add("came " + control.session(webchatSessionId).texts());
                return true;
            }

            @Override
            public void textStored(String webchatSessionId, String text) {
                seen.add("stored " + control.session(webchatSessionId).texts() + " " + (chat.frames("ack").size() - acks));
            }
        });

        chat.sendText("one", conversation);
        await().untilAsserted(() -> assertThat(chat.frames("ack")).hasSize(acks + 1));
        control.dismissWitness();
        chat.sendText("unseen", conversation);
        await().untilAsserted(() -> assertThat(control.session(session).texts()).containsExactly("one", "unseen"));

        assertThat(seen).containsExactly("came []", "stored [one] 0");
    }

    @Test
    void givenAWitnessWhoLosesAText_whenMoreComeBehindItOnItsConnection_thenTheyAreLostWithIt() {
        String session = client.session(token, "Grace");
        GuestChat chat = client.connect(token, session);
        String conversation = await().until(chat::conversationId, id -> id != null);
        control.witness(new Witness() {
            @Override
            public boolean textCame(String webchatSessionId, String text) {
                return !text.equals("lost");
            }
        });

        chat.sendText("kept", conversation);
        chat.sendText("lost", conversation);
        await().untilAsserted(() -> assertThat(chat.broken()).isNotNull());
        GuestChat again = client.connect(token, session);
        again.sendText("next", conversation);

        await().untilAsserted(() -> assertThat(control.session(session).texts()).containsExactly("kept", "next"));
    }

    @Test
    void givenAWitnessThatLetsTheAgentSpeakBetweenTwoPages_whenTheNewestComeFirst_thenThePagesShift() {
        String session = client.session(token, "Grace");
        GuestChat chat = client.connect(token, session);
        String conversation = await().until(chat::conversationId, id -> id != null);
        List.of("one", "two").forEach(text -> control.say(session, text));
        control.witness(new Witness() {
            @Override
            public void pageRead(String webchatSessionId, int pageNumber) {
                if (pageNumber == 1) {
                    control.say(webchatSessionId, "three");
                }
            }
        });

        String first = client.history(token, conversation, "?pageSize=1&pageNumber=1").text();
        String second = client.history(token, conversation, "?pageSize=1&pageNumber=2").text();

        assertThat(first).contains("\"two\"");
        assertThat(second).contains("\"two\"");
    }
}

package io.guestchat.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.guestchat.simulator.GuestClient.Answer;
import io.guestchat.simulator.SimulatorOptions.Answering;
import io.guestchat.simulator.SimulatorOptions.Assignment;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SimulatorControlApiTest {

    private PlatformSimulator simulator;
    private GuestClient client;
    private String token;
    private String session;
    private GuestChat chat;

    @BeforeEach
    void start() {
        simulator = PlatformSimulator.start(SimulatorOptions.builder().assignment(Assignment.MANUAL)
                .answering(Answering.OFF).build());
        client = new GuestClient(simulator.baseUrl());
        token = client.token();
        session = client.session(token, "Grace Hopper");
        chat = client.connect(token, session);
    }

    @AfterEach
    void stop() {
        simulator.close();
    }

    private Answer control(String verb, Object... pairs) {
        JsonObject body = new JsonObject();
        for (int i = 0; i < pairs.length; i += 2) {
            body.put((String) pairs[i], pairs[i + 1]);
        }
        return client.control(verb, body);
    }

    private JsonObject report() {
        return client.report("sessions/" + session).body();
    }

    @Test
    void givenASessionWithASocketAndOneWithout_whenToldToForget_thenTheOneWithoutHasNeverBeen() {
        String silent = client.session(token, "Ada Lovelace");

        assertThat(control("forget").body().getInteger("kept")).isEqualTo(1);

        assertThat(client.report("sessions/" + silent).status()).isEqualTo(404);
        assertThat(report().getBoolean("connected")).isTrue();
    }

    @Test
    void givenASession_whenTheAgentIsMadeToSpeakByEachOfItsNames_thenTheGuestHearsIt() {
        assertThat(control("assign", "session", session).status()).isEqualTo(200);
        String conversation = await().until(chat::conversationId, id -> id != null);

        control("type", "session", session);
        assertThat(control("say", "session", session, "text", "one").body().getString("id")).isNotBlank();
        control("say", "session", conversation, "text", "two");
        control("say", "session", "Grace Hopper", "text", "three");

        await().untilAsserted(() -> assertThat(chat.texts()).containsExactly("one", "two", "three"));
        assertThat(chat.frames("typing")).hasSize(1);
    }

    @Test
    void givenRawFrames_whenPushed_thenTheyArriveAsTheyStandAndAreNotStored() {
        control("push", "session", session, "frame", "{\"type\":\"?\"}");
        control("push", "session", session, "frame", new JsonArray(List.of("{\"type\":\"text\",", "\"text\":\"in two\"}")));
        assertThat(control("push-binary", "session", session, "bytes", 3).status()).isEqualTo(200);
        assertThat(control("push", "session", session).status()).isEqualTo(400);

        await().untilAsserted(() -> assertThat(chat.texts()).containsExactly("in two"));
        assertThat(chat.frames("?")).hasSize(1);
        assertThat(report().getJsonArray("history")).isEmpty();
    }

    @Test
    void givenAWayToTell_whenAssigned_thenItIsToldSo() {
        control("assign", "session", session, "by", "details");

        assertThat(client.details(token, session).body().getString("conversationId")).isNotBlank();
        assertThat(chat.frames()).isEmpty();
    }

    @Test
    void givenRefusals_whenToldOverHttp_thenCallsMeetThem() {
        control("refuse", "kind", "details", "count", 1, "status", 429, "headers", new JsonObject().put("Retry-After", "3"),
                "body", "slow down", "delayMs", 20);
        control("refuse", "kind", "details", "effect", "answer", "delayMs", 20);

        Answer refused = client.details(token, session);

        assertThat(refused.status()).isEqualTo(429);
        assertThat(refused.text()).isEqualTo("slow down");
        assertThat(refused.headers().firstValue("Retry-After")).contains("3");
        assertThat(client.details(token, session).status()).isEqualTo(200);
        control("refuse", "kind", "details", "count", 3, "status", 500);
        control("clear-faults");
        assertThat(client.details(token, session).status()).isEqualTo(200);
    }

    @Test
    void givenSocketsToDropExpireAndEnd_whenToldOverHttp_thenItHappens() {
        assertThat(control("drop", "session", session, "code", 1011, "reason", "oops").body().getInteger("sockets")).isEqualTo(1);
        await().untilAsserted(() -> assertThat(chat.closeCode()).isEqualTo(1011));

        GuestChat second = client.connect(token, session);
        assertThat(control("drop").body().getInteger("sockets")).isEqualTo(1);
        await().until(() -> second.broken() != null);

        GuestChat third = client.connect(token, session);
        control("end", "session", session);
        await().untilAsserted(() -> assertThat(third.closeCode()).isEqualTo(1000));
        assertThat(report().getString("status")).isEqualTo("closed");
        assertThat(control("say", "session", session, "text", "late").status()).isEqualTo(409);

        String other = client.session(token, "Alan");
        control("expire", "session", other);
        assertThat(client.details(token, other).body().getString("status")).isEqualTo("expired");
    }

    @Test
    void givenTokensAndSilence_whenToldOverHttp_thenItHappens() {
        control("expire-tokens");
        assertThat(client.details(token, session).status()).isEqualTo(401);

        control("silence", "frames", true);
        chat.sendText("lost", null);
        chat.ping();
        await().until(() -> chat.pongs() == 1);
        control("silence", "frames", false);
        chat.sendText("heard", null);

        await().untilAsserted(() -> assertThat(simulator.control().session(session).texts()).containsExactly("heard"));
    }

    @Test
    void givenOptionsToldOverHttp_whenTheGuestSpeaks_thenTheyHold() {
        control("assign", "session", session);
        assertThat(control("configure", "answering", "echo", "acks", false).status()).isEqualTo(200);

        chat.sendText("to and fro", null);

        await().untilAsserted(() -> assertThat(chat.texts()).containsExactly("to and fro"));
        assertThat(chat.frames("ack")).as("only the one that told the assignment").hasSize(1);
        assertThat(control("configure", "port", 1).status()).isEqualTo(400);
    }

    @Test
    void givenWhatHappened_whenTheReportIsRead_thenItIsThereInOrder() {
        chat.sendText("a", null);
        chat.sendText("b", null);
        await().untilAsserted(() -> assertThat(report().getJsonArray("arrived")).hasSize(2));
        chat.close(1001);
        await().untilAsserted(() -> assertThat(report().getJsonArray("closures")).hasSize(1));

        JsonObject everything = client.report("report").body();

        assertThat(everything.getInteger("texts")).isEqualTo(2);
        assertThat(everything.getInteger("connected")).isZero();
        JsonObject reported = everything.getJsonArray("sessions").getJsonObject(0);
        assertThat(reported.getJsonArray("arrived").getJsonObject(1).getString("text")).isEqualTo("b");
        assertThat(reported.getJsonArray("closures").getJsonObject(0).getInteger("received")).isEqualTo(1001);
        assertThat(reported.getInteger("handshakes")).isEqualTo(1);
        assertThat(reported.getJsonArray("history")).hasSize(2);
        assertThat(client.report("counts").body().getJsonObject("calls").getJsonObject("token").getInteger("200")).isEqualTo(1);
        assertThat(client.report("sessions/" + GuestClient.encoded("Grace Hopper")).body()).isEqualTo(reported);
    }

    @Test
    void givenWhatCannotBeDone_whenTold_thenTheErrorSaysWhy() {
        assertThat(control("say", "session", "nobody", "text", "x").status()).isEqualTo(404);
        assertThat(control("say", "session", session).body().getString("error")).isEqualTo("text is needed");
        assertThat(control("refuse", "kind", "nothing", "status", 500).status()).isEqualTo(400);
        assertThat(control("refuse", "kind", "token", "status", 99).status()).isEqualTo(400);
        assertThat(control("drop", "code", 5).status()).isEqualTo(400);
        assertThat(control("dance").status()).isEqualTo(404);
        assertThat(client.report("dance").status()).isEqualTo(404);
    }
}

package io.guestchat.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import io.guestchat.simulator.GuestClient.Answer;
import io.guestchat.simulator.SimulatorOptions.Answering;
import io.guestchat.simulator.SimulatorOptions.Assignment;
import io.guestchat.simulator.SimulatorOptions.HistoryOrder;
import io.guestchat.simulator.SimulatorOptions.NextPage;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SimulatorCallsTest {

    private static final String CREDENTIALS = "grant_type=client_credentials";

    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-03-01T10:00:00Z"));
    private PlatformSimulator simulator;
    private GuestClient client;

    @BeforeEach
    void start() {
        simulator = PlatformSimulator.start(SimulatorOptions.builder().assignment(Assignment.MANUAL).answering(Answering.OFF)
                .clock(new SetClock(now)).build());
        client = new GuestClient(simulator.baseUrl());
    }

    @AfterEach
    void stop() {
        simulator.close();
    }

    @Test
    void givenTheRightClient_whenATokenIsAskedFor_thenItComesWithItsLifeAndScope() {
        Answer answer = client.askToken("your_client_id", "your_client_secret", CREDENTIALS);

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.body().getString("access_token")).isNotBlank();
        assertThat(answer.body().getString("token_type")).isEqualTo("bearer");
        assertThat(answer.body().getInteger("expires_in")).isEqualTo(86_400);
        assertThat(answer.body().getString("scope")).isEqualTo(SimulatorOptions.ALL_SCOPES);
    }

    @Test
    void givenAWrongSecretOrGrant_whenATokenIsAskedFor_thenItIsRefused() {
        assertThat(client.askToken("your_client_id", "wrong", CREDENTIALS).status()).isEqualTo(401);
        assertThat(client.askToken("other", "your_client_secret", CREDENTIALS).status()).isEqualTo(401);
        assertThat(client.askToken("your_client_id", "your_client_secret", "grant_type=password").status()).isEqualTo(400);
        assertThat(simulator.control().counts().byStatus(CallKind.TOKEN)).containsOnlyKeys(400, 401);
    }

    @Test
    void givenNoTokenAWrongOneOrAnOldOne_whenACallIsMade_thenItIsUnauthorized() {
        String token = client.token();
        String session = client.session(token, "Grace");
        assertThat(client.details(token, session).status()).isEqualTo(200);

        now.set(now.get().plus(Duration.ofDays(1)));

        assertThat(client.details(token, session).status()).isEqualTo(401);
        assertThat(client.details("made-up", session).status()).isEqualTo(401);
        assertThat(client.sending(client.request(GuestClient.SESSIONS + "/" + session).GET()).join().status()).isEqualTo(401);
        assertThat(client.details(client.token(), session).status()).isEqualTo(200);
    }

    @Test
    void givenAScopeThatLacksOne_whenTheCallThatNeedsItIsMade_thenItIsForbidden() {
        simulator.control().reconfigure(o -> o.scope("webchat:guest:write"));
        String token = client.token();
        String session = client.session(token, "Grace");

        Answer answer = client.details(token, session);

        assertThat(answer.status()).isEqualTo(403);
        assertThat(answer.body().getString("message")).contains("webchat:guest:read");
    }

    @Test
    void givenAGuest_whenASessionIsCreated_thenAllItsFieldsComeBackAndAreReported() {
        Answer answer = client.createSession(client.token(), """
                {"displayName":"Grace","language":"en-US","email":"g@example.org","tags":["vip"],"metadata":{"page":"/pay"}}""");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.body().fieldNames()).containsExactlyInAnyOrder("id", "webchatSessionId", "language", "displayName",
                "email", "createdTime", "updatedTime");
        assertThat(answer.body().getString("createdTime")).isEqualTo("2026-03-01T10:00:00.000Z");
        SessionReport report = simulator.control().session(answer.body().getString("webchatSessionId"));
        assertThat(report.guest().tags()).containsExactly("vip");
        assertThat(report.guest().metadata()).containsEntry("page", "/pay");
    }

    @Test
    void givenNoNameNoLanguageAndWrongTypes_whenASessionIsCreated_thenTheErrorNamesEach() {
        Answer answer = client.createSession(client.token(), """
                {"displayName":" ","email":5,"tags":"a","metadata":[]}""");

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.body().fieldNames()).containsExactlyInAnyOrder("message", "code", "status", "contextId", "details",
                "errors");
        assertThat(answer.body().getJsonArray("errors").toString())
                .contains("displayName", "language", "email", "tags", "metadata");
        assertThat(client.createSession(client.token(), "[]").status()).isEqualTo(400);
        assertThat(client.createSession(client.token(), "{").status()).isEqualTo(400);
        assertThat(simulator.control().sessions()).isEmpty();
    }

    @Test
    void givenASession_whenItsDetailsAreRead_thenTheConversationIsThereOnceAssigned() {
        String token = client.token();
        String session = client.session(token, "Grace");

        assertThat(client.details(token, session).body().getString("status")).isEqualTo("open");
        assertThat(client.details(token, session).body().containsKey("conversationId")).isFalse();
        simulator.control().assign(session);

        JsonObject assigned = client.details(token, session).body();
        assertThat(assigned.getString("conversationId")).isEqualTo(simulator.control().session(session).conversationId());
        assertThat(assigned.getString("status")).isEqualTo("active");
        assertThat(client.details(token, "ws-unknown").status()).isEqualTo(404);
    }

    @Test
    void givenNoConnection_whenTheSessionsLifeIsOver_thenItHasExpired() {
        String token = client.token();
        String session = client.session(token, "Grace");

        now.set(now.get().plusSeconds(121));

        assertThat(client.details(token, session).body().getString("status")).isEqualTo("expired");
    }

    @Test
    void givenNoConversation_whenTheHistoryIsRead_thenItIsNotFound() {
        String token = client.token();
        String session = client.session(token, "Grace");

        assertThat(client.history(token, session, "").status()).isEqualTo(404);
        assertThat(client.history(token, "unknown", "").status()).isEqualTo(404);
    }

    @Test
    void givenFiveTexts_whenTheHistoryIsReadByPath_thenEachPageLeadsToTheNextAndTheLastToNone() {
        String token = client.token();
        String conversation = conversationWithTexts(token, 5);

        Answer first = client.history(token, conversation, "?pageSize=2");
        Answer second = client.get(token, first.body().getString("nextPage"));
        Answer third = client.get(token, second.body().getString("nextPage"));

        assertThat(texts(first, second, third)).containsExactly("1", "2", "3", "4", "5");
        assertThat(third.body().containsKey("nextPage")).isTrue();
        assertThat(third.body().getValue("nextPage")).isNull();
        assertThat(second.body().getInteger("pageNumber")).isEqualTo(2);
        assertThat(second.body().getInteger("pageSize")).isEqualTo(2);
    }

    @Test
    void givenTextsOfOneMoment_whenTheHistoryIsRead_thenTheirDatesRise() {
        String token = client.token();
        String conversation = conversationWithTexts(token, 3);

        JsonArray entities = client.history(token, conversation, "").body().getJsonArray("entities");

        assertThat(entities.stream().map(e -> ((JsonObject) e).getString("date"))).containsExactly(
                "2026-03-01T10:00:00.000Z", "2026-03-01T10:00:00.001Z", "2026-03-01T10:00:00.002Z");
        JsonObject entity = entities.getJsonObject(0);
        assertThat(entity.getString("direction")).isEqualTo("outbound");
        assertThat(entity.getJsonObject("from").getString("name")).isEqualTo("Agent Ada");
        assertThat(entity.getJsonObject("to").getString("name")).isEqualTo("Grace");
        assertThat(entity.getString("conversationId")).isEqualTo(conversation);
        assertThat(entity.getString("id")).hasSize(36);
    }

    @Test
    void givenOtherFormsAndOrder_whenTheHistoryIsRead_thenItHasThem() {
        String token = client.token();
        String conversation = conversationWithTexts(token, 3);

        simulator.control().reconfigure(o -> o.nextPage(NextPage.NUMBER).historyOrder(HistoryOrder.NEWEST_FIRST));
        Answer newest = client.history(token, conversation, "?pageSize=2&pageNumber=1");
        assertThat(texts(newest)).containsExactly("3", "2");
        assertThat(newest.body().getValue("nextPage")).isEqualTo(2);

        simulator.control().reconfigure(o -> o.nextPage(NextPage.URL));
        assertThat(client.history(token, conversation, "?pageSize=2").body().getString("nextPage"))
                .startsWith(simulator.baseUrl() + "/api/v2/conversations/webchat/" + conversation);
        assertThat(client.history(token, conversation, "?pageSize=0").status()).isEqualTo(400);
        assertThat(client.history(token, conversation, "?pageNumber=x").status()).isEqualTo(400);
        assertThat(texts(client.history(token, conversation, "?pageNumber=9"))).isEmpty();
    }

    @Test
    void givenAnOtherPath_whenItIsCalled_thenItIsNotFound() {
        assertThat(client.get(client.token(), "/api/v2/users/me").status()).isEqualTo(404);
        assertThat(simulator.control().counts().of(CallKind.DETAILS)).isZero();
    }

    private String conversationWithTexts(String token, int count) {
        String session = client.session(token, "Grace");
        simulator.control().assign(session);
        IntStream.rangeClosed(1, count).forEach(n -> simulator.control().say(session, Integer.toString(n)));
        return simulator.control().session(session).conversationId();
    }

    private static List<String> texts(Answer... pages) {
        List<String> texts = new ArrayList<>();
        for (Answer page : pages) {
            page.body().getJsonArray("entities").forEach(e -> texts.add(((JsonObject) e).getString("text")));
        }
        return texts;
    }

    /** Stands still until a test moves it. */
    private static final class SetClock extends Clock {

        private final AtomicReference<Instant> now;

        SetClock(AtomicReference<Instant> now) {
            this.now = now;
        }

        @Override
        public Instant instant() {
            return now.get();
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            throw new UnsupportedOperationException();
        }
    }
}

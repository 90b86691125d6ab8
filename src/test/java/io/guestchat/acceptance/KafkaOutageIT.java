package io.guestchat.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.guestchat.harness.BridgeRig;
import io.guestchat.harness.Tally;
import io.guestchat.simulator.SimulatorOptions.Answering;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Kafka goes away in the middle of chats, and comes back. */
class KafkaOutageIT {

    private static final int CHATS = 5;

    private BridgeRig rig;

    @BeforeEach
    void startRig() {
        rig = BridgeRig.startWithOwnKafka(platform -> platform.answering(Answering.OFF),
                Map.of("chat.messages-per-second", "20", "kafka.session-timeout", "6s",
                        // So that the producers give records up, as in an outage of minutes, and the routes offer them again.
                        "camel.component.kafka.delivery-timeout-ms", "2000", "camel.component.kafka.request-timeout-ms", "1000"));
    }

    @AfterEach
    void stopRig() {
        rig.close();
    }

    @Test
    void givenLoadBothWays_whenKafkaIsAwayForAWhile_thenNothingIsLostAndAllGoesOn() {
        // given
        List<TestChat> chats = new ArrayList<>();
        for (int index = 0; index < CHATS; index++) {
            chats.add(TestChat.flowing(rig, "outage" + index));
        }
        talk(chats, "before");
        chats.forEach(chat -> chat.awaitArrived(1));

        // when
        rig.kafka().stop();
        talk(chats, "while away");
        await("the bridge says that it is not ready").atMost(Duration.ofSeconds(60))
                .untilAsserted(() -> assertThat(rig.ready().statusCode()).isEqualTo(503));
        assertThat(rig.ready().body()).contains("Kafka");
        assertThat(rig.get("/observe/health/live").statusCode()).isEqualTo(200);
        chats.get(0).drop(1012);
        chats.get(1).drop(null);
        rig.kafka().startAgain();

        // then
        await("the bridge is ready again").atMost(Duration.ofSeconds(90))
                .untilAsserted(() -> assertThat(rig.ready().statusCode()).isEqualTo(200));
        talk(chats, "after");
        Tally guests = Tally.CLEAN;
        Tally agents = Tally.CLEAN;
        for (TestChat chat : chats) {
            await().atMost(Duration.ofSeconds(120)).untilAsserted(() -> {
                assertThat(chat.guestTally().lost()).isZero();
                assertThat(chat.agentTally().lost()).isZero();
            });
            guests = guests.plus(chat.guestTally());
            agents = agents.plus(chat.agentTally());
            chat.assertEachSentOnce();
            assertThat(chat.count("chat-ended")).isZero();
        }
        assertThat(guests).as("guest texts").isEqualTo(Tally.CLEAN);
        assertThat(agents).as("agent texts").isEqualTo(Tally.CLEAN);
        assertThat(rig.get("/observe/health/live").statusCode()).isEqualTo(200);
    }

    private static void talk(List<TestChat> chats, String when) {
        for (int text = 1; text <= 10; text++) {
            for (TestChat chat : chats) {
                chat.guestWrites(text % 3 == 0 ? "yes" : when + ", guest " + text);
                chat.agentSays(text % 3 == 0 ? "one moment" : when + ", agent " + text);
            }
        }
    }
}

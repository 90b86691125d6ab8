package io.guestchat.ownership;

import static org.assertj.core.api.Assertions.assertThat;

import io.guestchat.chat.Chats;
import io.guestchat.contract.RequestReader;
import io.guestchat.flow.Flows;
import io.guestchat.intake.ChatLanes;
import io.guestchat.observe.BridgeMeters;
import io.guestchat.state.SessionStore.Stored;
import io.guestchat.state.StateFollower;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.CompletableFuture;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A partition whose state is still being read when the group decides otherwise. */
class PartitionTakeoverTest {

    private final Chats chats = new Chats(5);
    private final List<CompletableFuture<Stored>> readings = new ArrayList<>();
    private final PartitionTakeover takeover = new PartitionTakeover(partition -> {
        readings.add(new CompletableFuture<>());
        return readings.get(readings.size() - 1);
    }, new SessionMapping("requests", new RequestReader(4096, "en-US"), chats), chats, new Flows(new DefaultCamelContext(), Runnable::run),
            new ChatLanes(Runnable::run, (record, whenFinished) -> whenFinished.run()), PartitionTakeoverTest::follower,
            new BridgeMeters(new SimpleMeterRegistry()));

    /** Nobody answers at that address; it follows nothing before a partition is taken. */
    private static StateFollower follower(StateFollower.Listener listener) {
        Properties client = new Properties();
        client.put("bootstrap.servers", "127.0.0.1:1");
        return new StateFollower(client, "sessions", listener, task -> {
            Thread thread = new Thread(task);
            thread.setDaemon(true);
            return thread;
        });
    }

    @AfterEach
    void close() {
        takeover.close();
    }

    @Test
    void givenAPartition_whenItsStateIsRead_thenItIsOurs() {
        takeover.assigned(0, 3, 10, 5);
        assertThat(chats.owns(0)).isFalse();

        readings.get(0).complete(new Stored(Map.of(), 7));

        assertThat(chats.generation(0)).hasValue(3);
    }

    @Test
    void givenAPartitionThatIsLost_whenItsStateHasBeenReadThen_thenItIsNotOurs() {
        CompletableFuture<?> taken = takeover.assigned(0, 3, 10, 5).toCompletableFuture();
        takeover.lost(List.of(0));

        readings.get(0).complete(new Stored(Map.of(), 7));

        assertThat(chats.owns(0)).isFalse();
        assertThat(taken).isCompletedExceptionally();
    }

    @Test
    void givenAPartitionThatWentAndCameBack_whenTheFirstReadingIsLate_thenTheSecondCounts() {
        takeover.assigned(0, 3, 10, 5);
        takeover.released(List.of(0));
        takeover.assigned(0, 5, 12, 8);

        readings.get(0).complete(new Stored(Map.of(), 7));
        assertThat(chats.owns(0)).isFalse();
        readings.get(1).complete(new Stored(Map.of(), 9));

        assertThat(chats.generation(0)).hasValue(5);
    }
}

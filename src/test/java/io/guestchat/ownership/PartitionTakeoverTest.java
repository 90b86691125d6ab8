package io.guestchat.ownership;

import static org.assertj.core.api.Assertions.assertThat;

import io.guestchat.chat.Chat;
import io.guestchat.chat.Chats;
import io.guestchat.contract.RequestReader;
import io.guestchat.flow.Flows;
import io.guestchat.intake.ChatLanes;
import io.guestchat.intake.RequestRecord;
import io.guestchat.state.SessionRecord;
import io.guestchat.state.SessionStore.Stored;
import io.guestchat.state.StateFollower;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The group moves partitions while their state is still being read, or their requests are in progress. */
class PartitionTakeoverTest {

    private static final SessionRecord STATE =
            new SessionRecord(1, 3, "connected", "ws", "c", 40, null, null, null, 0, 0, null, null, null, 0, null, null, 0, null);

    private final Deque<CompletableFuture<Stored>> readings = new ArrayDeque<>();
    /** No request ends here. */
    private final ChatLanes lanes = new ChatLanes(Runnable::run, (record, whenFinished) -> { });
    private final Chats chats = new Chats(5);
    private final PartitionTakeover takeover = new PartitionTakeover(partition -> {
        readings.add(new CompletableFuture<>());
        return readings.getLast();
    }, new SessionMapping("requests", new RequestReader(4096, "en-US"), chats), chats,
            new Flows(new DefaultCamelContext(), notRun -> { }), lanes, Duration.ofMillis(50), lose -> follower());

    /** Follows nobody: no broker answers at that address. */
    private static StateFollower follower() {
        Properties client = new Properties();
        client.put("bootstrap.servers", "127.0.0.1:1");
        return new StateFollower(client, "sessions", (partition, key, value) -> { }, task -> {
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
    void givenAPartition_whenItsStateIsRead_thenItsChatsAreOurs() {
        takeover.assigned(2, 5, 50, 41);
        assertThat(chats.owns(2)).isFalse();

        readings.remove().complete(new Stored(Map.of("chat-1", STATE), 7));

        assertThat(chats.of(2)).extracting(Chat::chatId).containsExactly("chat-1");
        assertThat(chats.generation(2)).hasValue(5);
    }

    @Test
    void givenAPartitionThatComes_whenItIsAssigned_thenWhatWasReadAheadCountsOnceAndWhatComesAgainIsReadAgain() {
        // given
        takeover.coming(2);
        readings.remove().complete(new Stored(Map.of("chat-1", STATE), 7));
        assertThat(chats.owns(2)).as("before its offsets are known").isFalse();

        // when
        takeover.assigned(2, 5, 50, 41);

        // then
        assertThat(readings).isEmpty();
        assertThat(chats.of(2)).extracting(Chat::chatId).containsExactly("chat-1");
        takeover.lost(List.of(2));
        takeover.assigned(2, 6, 50, 41);
        assertThat(readings).hasSize(1);
    }

    @Test
    void givenAPartitionThatComes_whenItGoesBeforeItIsAssigned_thenWhatWasReadAheadIsForgotten() {
        takeover.coming(2);
        takeover.lost(List.of(2));

        takeover.assigned(2, 5, 50, 41);

        assertThat(readings).as("one of then, one of now").hasSize(2);
    }

    @Test
    void givenAStateThatIsBeingRead_whenThePartitionIsRevoked_thenItsChatsAreNotTakenUp() {
        // given
        CompletableFuture<?> taken = takeover.assigned(2, 5, 50, 41).toCompletableFuture();

        // when
        takeover.revoked(List.of(2));
        takeover.released(List.of(2));
        readings.remove().complete(new Stored(Map.of("chat-1", STATE), 7));

        // then
        assertThat(chats.owns(2)).isFalse();
        assertThat(taken).isCompletedExceptionally();
    }

    @Test
    void givenARequestThatDoesNotEnd_whenItsPartitionIsRevoked_thenTheOtherChatsAreGivenAwayInOrderAllTheSame() {
        // given
        takeover.assigned(2, 5, 50, 41);
        readings.remove().complete(new Stored(Map.of("chat-1", STATE), 7));
        lanes.submit(new RequestRecord("requests", 2, 41, 0, new byte[] {1}, null, new RecordHeaders(), () -> { }));

        // when
        CompletionStage<?> revoked = takeover.revoked(List.of(2));

        // then
        assertThat(revoked).succeedsWithin(Duration.ofSeconds(30));
        assertThat(chats.find(2, "chat-1").custody().isLeaving()).isTrue();
    }

    @Test
    void givenAChatThatStillTells_whenItsPartitionIsRevoked_thenItsStateIsWaitedFor() {
        // given
        takeover.assigned(2, 5, 50, 41);
        readings.remove().complete(new Stored(Map.of("silent", STATE, "telling", STATE), 7));
        chats.find(2, "telling").outbox().put("tell-event", () -> { });

        // when
        CompletionStage<?> revoked = takeover.revoked(List.of(2));

        // then
        assertThat(revoked).isNotDone();
        chats.forget(chats.find(2, "telling"));
        assertThat(takeover.revoked(List.of(2))).as("without it").isDone();
    }

    @Test
    void givenAStateThatIsBeingRead_whenThePartitionIsLostAndComesBack_thenOnlyTheLaterReadingCounts() {
        // given
        takeover.assigned(2, 5, 50, 41);
        takeover.lost(List.of(2));
        takeover.assigned(2, 7, 60, 41);

        // when
        readings.remove().complete(new Stored(Map.of("chat-1", STATE), 7));

        // then
        assertThat(chats.owns(2)).isFalse();
        readings.remove().complete(new Stored(Map.of("chat-1", STATE), 9));
        assertThat(chats.find(2, "chat-1").custody().generation()).isEqualTo(7);
    }

    @Test
    void givenAStateThatIsBeingRead_whenTheRequestsBeginAnewInTheSameGeneration_thenOnlyTheLaterReadingCounts() {
        // given
        CompletableFuture<?> former = takeover.assigned(2, 5, 50, 41).toCompletableFuture();
        takeover.lost(List.of(2));
        takeover.assigned(2, 5, 0, -1);

        // when
        readings.remove().complete(new Stored(Map.of("chat-1", STATE), 7));

        // then
        assertThat(former).isCompletedExceptionally();
        assertThat(chats.owns(2)).isFalse();
        readings.remove().complete(new Stored(Map.of(), 9));
        assertThat(chats.owns(2)).isTrue();
    }
}

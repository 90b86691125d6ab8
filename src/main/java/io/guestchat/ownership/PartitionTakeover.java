package io.guestchat.ownership;

import io.guestchat.chat.Chat;
import io.guestchat.chat.Chats;
import io.guestchat.chat.SessionState.Connected;
import io.guestchat.flow.Flows;
import io.guestchat.flow.Step;
import io.guestchat.intake.ChatLanes;
import io.guestchat.intake.PartitionOwner;
import io.guestchat.state.SessionRecord;
import io.guestchat.state.SessionStore;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes the chats of a partition up when the group gives it to us, and lets go of them when it takes it away.
 *
 * <p>Taken: the state is read to its end, and the requests wait for that; then each chat opens its socket again, at the pace of
 * {@code genesys.connect.per-minute}. Revoked: what is in flight is finished, the state is written, the sockets are closed with 1001,
 * which ends no chat. Lost: the sockets are closed at once, and nothing is written or published any more.
 */
public final class PartitionTakeover implements PartitionOwner {

    private static final Logger LOG = LoggerFactory.getLogger(PartitionTakeover.class);
    private static final int GOING_AWAY = 1001;

    private final SessionStore store;
    private final SessionMapping mapping;
    private final Chats chats;
    private final Flows flows;
    private final ChatLanes lanes;

    public PartitionTakeover(SessionStore store, SessionMapping mapping, Chats chats, Flows flows, ChatLanes lanes) {
        this.store = store;
        this.mapping = mapping;
        this.chats = chats;
        this.flows = flows;
        this.lanes = lanes;
    }

    @Override
    public CompletionStage<?> assigned(int partition, int generation, long endOffset, long committedOffset) {
        return store.read(partition).thenAccept(sessions -> take(partition, generation, endOffset, sessions));
    }

    private void take(int partition, int generation, long endOffset, Map<String, SessionRecord> sessions) {
        List<Chat> restored = new ArrayList<>(sessions.size());
        sessions.forEach((chatId, session) -> restored.add(mapping.restore(partition, chatId, session, generation, endOffset)));
        chats.take(partition, generation, endOffset, restored);
        for (Chat chat : SessionMapping.inOrder(restored)) {
            flows.start("taken-over", chat, sessions.get(chat.chatId()).state());
        }
        LOG.info("partition taken partition={} generation={} chats={}", partition, generation, restored.size());
    }

    /** Requests that wait for their chat's socket stay uncommitted; all others are finished, and the state says so. */
    @Override
    public CompletionStage<?> revoked(Collection<Integer> partitions) {
        lanes.drop(partitions);
        return lanes.drained(partitions).thenCompose(drained -> {
            List<CompletableFuture<?>> written = new ArrayList<>();
            for (int partition : partitions) {
                for (Chat chat : chats.of(partition)) {
                    if (chat.isDirty()) {
                        written.add(flows.run("write-state", null, Map.of(Step.CHAT, chat)).toCompletableFuture());
                    }
                }
            }
            return CompletableFuture.allOf(written.toArray(CompletableFuture<?>[]::new));
        });
    }

    @Override
    public void released(Collection<Integer> partitions) {
        drop(partitions, "released");
    }

    @Override
    public void lost(Collection<Integer> partitions) {
        lanes.drop(partitions);
        drop(partitions, "lost");
    }

    private void drop(Collection<Integer> partitions, String how) {
        for (int partition : partitions) {
            List<Chat> gone = chats.drop(partition);
            for (Chat chat : gone) {
                if (chat.state() instanceof Connected connected) {
                    connected.socket().close(GOING_AWAY, null);
                }
            }
            LOG.info("partition {} partition={} chats={}", how, partition, gone.size());
        }
    }

    /** A chat that has ended is forgotten once none of its requests can come again: a redelivered start would open it anew. */
    @Override
    public void committed(int partition, long offset) {
        chats.takeForgettable(partition, offset).forEach(chat -> flows.start("forget-chat", chat, null));
    }
}

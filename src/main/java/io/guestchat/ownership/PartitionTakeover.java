package io.guestchat.ownership;

import io.guestchat.chat.Chat;
import io.guestchat.chat.Chats;
import io.guestchat.chat.SessionState.Connected;
import io.guestchat.chat.SessionState.Live;
import io.guestchat.chat.SessionState.Open;
import io.guestchat.flow.Flows;
import io.guestchat.flow.NotOursException;
import io.guestchat.flow.Step;
import io.guestchat.intake.ChatLanes;
import io.guestchat.intake.PartitionOwner;
import io.guestchat.state.SessionRecord;
import io.guestchat.state.SessionStore;
import io.guestchat.state.StateFollower;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.IntConsumer;
import java.util.function.IntFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes the chats of a partition up when the group gives it to us, and lets go of them when it takes it away.
 *
 * <p>Taken: the state is read to its end, and the requests wait for that; then each chat opens its socket again, at the pace of
 * {@code genesys.connect.per-minute}. Revoked: what is in flight is finished, the state is written, the sockets are closed with
 * 1001, which ends no chat. Lost: the sockets are closed at once, and nothing is written or published any more.
 */
public final class PartitionTakeover implements PartitionOwner, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(PartitionTakeover.class);
    private static final int GOING_AWAY = 1001;
    private static final long NOTHING = -1;
    /** Together a second, as in Settling. */
    private static final int LOOKS = 20;
    private static final Duration LOOK = Duration.ofMillis(50);

    private final IntFunction<CompletionStage<SessionStore.Stored>> states;
    private final SessionMapping mapping;
    private final Chats chats;
    private final Flows flows;
    private final ChatLanes lanes;
    private final Duration patience;
    private final StateFollower follower;
    /** By partition: the reading of its state that is waited for, and no other. */
    private final Map<Integer, Coming> coming = new ConcurrentHashMap<>();

    /** @param assigned whether its offsets are known, or it is read ahead of that */
    private record Coming(CompletionStage<SessionStore.Stored> reading, boolean assigned) {
    }

    /**
     * @param states reads a partition's state to its end ({@link SessionStore#read})
     * @param patience how long requests in progress are waited for before the sockets are closed; it has to leave time for that
     * @param following makes the follower of the partitions' state; it is given what lets go of a partition at once
     */
    public PartitionTakeover(IntFunction<CompletionStage<SessionStore.Stored>> states, SessionMapping mapping, Chats chats,
            Flows flows, ChatLanes lanes, Duration patience, Function<IntConsumer, StateFollower> following) {
        this.states = states;
        this.mapping = mapping;
        this.chats = chats;
        this.flows = flows;
        this.lanes = lanes;
        this.patience = patience;
        this.follower = following.apply(partition -> lost(List.of(partition)));
    }

    @Override
    public void coming(int partition) {
        coming.put(partition, new Coming(states.apply(partition), false));
    }

    /** Where it comes again, the state is read again. */
    @Override
    public CompletionStage<?> assigned(int partition, int generation, long endOffset, long committedOffset) {
        Coming ahead = coming.get(partition);
        Coming ours = new Coming(ahead == null || ahead.assigned() ? states.apply(partition) : ahead.reading(), true);
        coming.put(partition, ours);
        return ours.reading().thenAccept(stored -> take(partition, generation, endOffset, committedOffset, ours, stored));
    }

    /**
     * The group may have taken the partition away while its state was read. Taken up all the same, its chats would have two owners
     * for as long as both live, for nobody would tell this one to let go again. Where it has come again since, be it in the same
     * generation because its requests begin anew, what was known then is void.
     */
    private synchronized void take(int partition, int generation, long endOffset, long committedOffset, Coming ours,
            SessionStore.Stored stored) {
        if (!coming.remove(partition, ours)) {
            throw new NotOursException("partition " + partition + " was taken away while its state was read");
        }
        Map<String, SessionRecord> sessions = stored.sessions();
        List<Chat> restored = new ArrayList<>(sessions.size());
        boolean anew = isAnew(endOffset, committedOffset, sessions.values());
        long seen = anew ? 0 : endOffset;
        sessions.forEach((chatId, session) -> restored.add(mapping.restore(partition, chatId, session, generation, seen)));
        chats.take(partition, generation, anew ? NOTHING : committedOffset, restored);
        if (anew) {
            LOG.warn("states are ahead of their requests, which were made anew: their offsets are void partition={} end={}",
                    partition, endOffset);
            // Before the new requests reach the old offsets: from then on nothing would tell the two apart.
            restored.forEach(chats::behind);
        }
        for (Chat chat : SessionMapping.inOrder(restored)) {
            flows.start("taken-over", chat, sessions.get(chat.chatId()).state());
        }
        follower.follow(partition, stored.end());
        LOG.info("partition taken partition={} generation={} chats={}", partition, generation, restored.size());
    }

    /**
     * Whether the topic was made anew: a commit is ahead of the requests, or a state is and there is no commit, as Kafka deletes
     * a topic's commits with it. Then all states of the partition speak of the former topic, also those whose offsets have been
     * reached again. A state alone may be ahead because a former owner has worked on since the end was asked for.
     */
    private static boolean isAnew(long endOffset, long committedOffset, Collection<SessionRecord> sessions) {
        return committedOffset > endOffset
                || committedOffset == NOTHING && sessions.stream().anyMatch(session -> session.lastOffset() >= endOffset);
    }

    /**
     * In this order: no new request is begun, and those in progress finish; no text is sent any more, and what was sent is given a
     * second to arrive; the sockets are closed, and what they have brought is
     * worked off; then the state says all of it. Requests whose texts still wait for a socket stay uncommitted. So does one that the
     * platform lets wait for longer than our patience: all other chats of the partition would else be given away as in a crash.
     */
    @Override
    public CompletionStage<?> revoked(Collection<Integer> partitions) {
        lanes.drop(partitions);
        return lanes.drained(partitions).toCompletableFuture().copy()
                .completeOnTimeout(null, patience.toMillis(), TimeUnit.MILLISECONDS)
                .thenCompose(drained -> all(partitions, this::sendNoMore))
                .thenCompose(silent -> arrived(partitions, LOOKS))
                .thenCompose(arrived -> all(partitions, this::leave))
                .thenCompose(left -> all(partitions, this::write));
    }

    private CompletableFuture<Void> all(Collection<Integer> partitions, Function<Chat, CompletionStage<?>> what) {
        return CompletableFuture.allOf(partitions.stream()
                .flatMap(partition -> chats.of(partition).stream())
                .map(chat -> what.apply(chat).toCompletableFuture())
                .toArray(CompletableFuture<?>[]::new));
    }

    /** And asks whether what was sent has arrived: the next owner does not wait for texts that may be on their way. */
    private CompletionStage<?> sendNoMore(Chat chat) {
        chat.custody().leave();
        return chat.guestTexts().hasUnsettled() ? flows.run("ask-settled", null, Map.of(Step.CHAT, chat))
                : CompletableFuture.completedFuture(null);
    }

    /** Waits for the signs, but not for ever: after that time nothing is on its way any more, either. */
    private CompletionStage<Void> arrived(Collection<Integer> partitions, int looks) {
        boolean onItsWay = partitions.stream().flatMap(partition -> chats.of(partition).stream()).anyMatch(PartitionTakeover::isOnItsWay);
        return looks == 0 || !onItsWay ? CompletableFuture.completedFuture(null)
                : CompletableFuture.runAsync(() -> { }, CompletableFuture.delayedExecutor(LOOK.toMillis(), TimeUnit.MILLISECONDS))
                        .thenCompose(later -> arrived(partitions, looks - 1));
    }

    /** Written to this socket or, where that was lost, to the one before. */
    private static boolean isOnItsWay(Chat chat) {
        boolean between = chat.state() instanceof Live live && !(live instanceof Open) && live.session().isAssigned();
        return chat.guestTexts().hasUnsettled() || between && !chat.isQuiet();
    }

    private CompletionStage<?> leave(Chat chat) {
        CompletionStage<Void> left = chat.custody().leave();
        if (chat.state() instanceof Connected connected) {
            connected.socket().close(GOING_AWAY, null);
        } else {
            chat.custody().left();
        }
        return left;
    }

    /** Also where somebody still works on the chat, or something is still being told: an end perhaps, which is waited for. */
    private CompletionStage<?> write(Chat chat) {
        boolean behind = chat.custody().isDirty() || chat.turn().isTaken() || !chat.outbox().isEmpty();
        return behind ? flows.run("write-state", null, Map.of(Step.CHAT, chat)) : CompletableFuture.completedFuture(null);
    }

    @Override
    public void released(Collection<Integer> partitions) {
        drop(partitions, "partition released partition={} chats={}");
    }

    @Override
    public void lost(Collection<Integer> partitions) {
        lanes.drop(partitions);
        drop(partitions, "partition lost partition={} chats={}");
    }

    private synchronized void drop(Collection<Integer> partitions, String line) {
        for (int partition : partitions) {
            coming.remove(partition);
            follower.unfollow(partition);
            List<Chat> gone = chats.drop(partition);
            for (Chat chat : gone) {
                if (chat.state() instanceof Connected connected) {
                    connected.socket().close(GOING_AWAY, null);
                }
            }
            LOG.info(line, partition, gone.size());
        }
    }

    @Override
    public void committed(int partition, long offset) {
        chats.committed(partition, offset);
    }

    @Override
    public void close() {
        follower.close();
    }
}

package io.guestchat.chat;

import io.guestchat.chat.ChatProgress.Reached;
import io.guestchat.chat.SessionState.Ended;
import io.guestchat.chat.SessionState.Starting;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/** The chats of this instance, by the partition that they belong to. Any thread may call. */
public final class Chats {

    private final Map<Integer, Owned> owned = new ConcurrentHashMap<>();
    private final Queue<Chat> behind = new ConcurrentLinkedQueue<>();
    private final int messagesPerSecond;

    /**
     * A partition that is ours.
     *
     * @param over chats whose end has been told, and which are not forgotten yet
     * @param committed the group's committed offset, as far as we know
     */
    private record Owned(int generation, ConcurrentMap<String, Chat> chats, Set<Chat> over,
            AtomicLong committed) {
    }

    public Chats(int messagesPerSecond) {
        this.messagesPerSecond = messagesPerSecond;
    }

    /** The chat, live or ended; null where there is none here. */
    public Chat find(int partition, String chatId) {
        Owned partitionChats = owned.get(partition);
        return partitionChats == null ? null : partitionChats.chats().get(chatId);
    }

    /** A partition is ours from now on. */
    public void take(int partition, int generation, long committed, Collection<Chat> restored) {
        Owned partitionChats = new Owned(generation, new ConcurrentHashMap<>(), ConcurrentHashMap.newKeySet(),
                new AtomicLong(committed));
        restored.forEach(chat -> partitionChats.chats().put(chat.chatId(), chat));
        owned.put(partition, partitionChats);
    }

    /** A partition is no longer ours. @return its chats, given away: nothing of them is written or published any more */
    public List<Chat> drop(int partition) {
        Owned partitionChats = owned.remove(partition);
        if (partitionChats == null) {
            return List.of();
        }
        List<Chat> chats = List.copyOf(partitionChats.chats().values());
        chats.forEach(chat -> chat.custody().giveAway());
        return chats;
    }

    /**
     * A new chat for a {@code start}. A former chat of the same id gives its turn and its progress: what it still has to write
     * comes before what this one writes, and this one's state speaks for the former's last requests, too.
     *
     * @throws IllegalStateException where the partition is no longer ours; the request is then somebody else's
     */
    public Chat begin(Request start) {
        Owned partitionChats = owned.get(start.partition());
        if (partitionChats == null) {
            throw new IllegalStateException("partition " + start.partition() + " is not ours");
        }
        return partitionChats.chats().compute(start.chatId(), (id, former) -> {
            boolean again = former != null && former.state() instanceof Starting;
            if (again) {
                return former;
            }
            Turn turn = former == null ? new Turn() : former.turn();
            Reached reached = former == null ? Reached.NOTHING : former.progress().reached();
            return restored(new ChatKey(start.partition(), id), turn, new Starting(start), ChatMemory.fresh(reached),
                    partitionChats.generation(), Custody.NOBODY);
        });
    }

    public Chat restored(ChatKey key, Turn turn, SessionState state, ChatMemory memory, int generation, long formerOwnersEnd) {
        return new Chat(key, turn, state, memory, new Custody(generation, formerOwnersEnd), new Pace(messagesPerSecond));
    }

    /** The state topic names a chat of a former owner that is not known here, and that nothing will come of: it is to be forgotten. */
    public void leftOver(int partition, String chatId) {
        Owned partitionChats = owned.get(partition);
        if (partitionChats == null) {
            return;
        }
        Chat chat = restored(new ChatKey(partition, chatId), new Turn(), new Ended(null, null, null, Cause.NONE),
                ChatMemory.fresh(Reached.NOTHING), partitionChats.generation(), Custody.NOBODY);
        if (partitionChats.chats().putIfAbsent(chatId, chat) == null) {
            partitionChats.over().add(chat);
        }
    }

    /** The chat is over and nothing of it can come again. A new chat of the same id stays. */
    public void forget(Chat chat) {
        Owned partitionChats = owned.get(chat.key().partition());
        if (partitionChats != null) {
            partitionChats.chats().remove(chat.chatId(), chat);
        }
        // A write that was due before must not bring its state back.
        chat.custody().forget();
    }

    /** The chat's end has been told: nothing but its tombstone is left to be written. */
    public void over(Chat chat) {
        Owned partitionChats = owned.get(chat.key().partition());
        if (partitionChats != null && !chat.isReleased()) {
            partitionChats.over().add(chat);
        }
    }

    /** The group has committed up to an offset: no request before it comes again. */
    public void committed(int partition, long offset) {
        Owned partitionChats = owned.get(partition);
        if (partitionChats != null) {
            partitionChats.committed().set(offset);
        }
    }

    /** Hands on, once, each chat that is over and whose requests cannot come again: the group has committed beyond them. */
    public void forgetOver(Consumer<Chat> forget) {
        for (Owned partition : owned.values()) {
            for (Chat chat : partition.over()) {
                if (!chat.progress().isBusy() && chat.progress().lastOffset() < partition.committed().get()) {
                    partition.over().remove(chat);
                    forget.accept(chat);
                }
            }
        }
    }

    /** The group's generation at which the partition was taken; empty where it is not ours. */
    public OptionalInt generation(int partition) {
        Owned partitionChats = owned.get(partition);
        return partitionChats == null ? OptionalInt.empty() : OptionalInt.of(partitionChats.generation());
    }

    /** Whether the chats of that partition are ours. */
    public boolean owns(int partition) {
        return owned.containsKey(partition);
    }

    /** Whether the chat is ours and no later one of the same id is. */
    public boolean isCurrent(Chat chat) {
        return !chat.isReleased() && find(chat.key().partition(), chat.chatId()) == chat;
    }

    /** The chat's durable state is behind; {@link #writeBehind} sees to it. */
    public void behind(Chat chat) {
        if (chat.custody().markDirty()) {
            behind.add(chat);
        }
    }

    /** Hands on each chat whose state is behind, once. */
    public void writeBehind(Consumer<Chat> write) {
        for (Chat chat = behind.poll(); chat != null; chat = behind.poll()) {
            if (!chat.isReleased()) {
                write.accept(chat);
            }
        }
    }

    /** Whether so many chats are live. The exact count is taken only where a rough one, which is cheap, leaves it open. */
    public boolean hasLive(int count) {
        int known = 0;
        for (Owned partition : owned.values()) {
            known += partition.chats().size();
        }
        return known >= count && live() >= count;
    }

    /** How many chats of this instance have not ended. */
    public int live() {
        int live = 0;
        for (Owned partition : owned.values()) {
            for (Chat chat : partition.chats().values()) {
                live += chat.isLive() ? 1 : 0;
            }
        }
        return live;
    }

    public List<Chat> all() {
        List<Chat> all = new ArrayList<>();
        owned.values().forEach(partition -> all.addAll(partition.chats().values()));
        return all;
    }

    public List<Chat> of(int partition) {
        Owned partitionChats = owned.get(partition);
        return partitionChats == null ? List.of() : List.copyOf(partitionChats.chats().values());
    }
}

package io.guestchat.ownership;

import io.guestchat.chat.Chat;
import io.guestchat.chat.ChatKey;
import io.guestchat.chat.ChatMemory;
import io.guestchat.chat.Pace;
import io.guestchat.chat.Request;
import io.guestchat.chat.SessionState;
import io.guestchat.chat.SessionState.Ended;
import io.guestchat.chat.SessionState.Starting;
import io.guestchat.chat.Turn;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Consumer;

/** The chats of this instance, by the partition that they belong to. Any thread may call. */
public final class Chats {

    private final Map<Integer, Owned> owned = new ConcurrentHashMap<>();
    private final Queue<Chat> behind = new ConcurrentLinkedQueue<>();
    private final int messagesPerSecond;

    /**
     * A partition that is ours.
     *
     * @param end the partition's end when it became ours
     */
    private record Owned(int generation, long end, ConcurrentMap<String, Chat> chats) {
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
    void take(int partition, int generation, long end, Collection<Chat> restored) {
        Owned partitionChats = new Owned(generation, end, new ConcurrentHashMap<>());
        restored.forEach(chat -> partitionChats.chats().put(chat.chatId(), chat));
        owned.put(partition, partitionChats);
    }

    /** A partition is no longer ours. @return its chats, released: nothing of them is written or published any more */
    List<Chat> drop(int partition) {
        Owned partitionChats = owned.remove(partition);
        if (partitionChats == null) {
            return List.of();
        }
        List<Chat> chats = List.copyOf(partitionChats.chats().values());
        chats.forEach(Chat::release);
        return chats;
    }

    /**
     * A new chat for a {@code start}. A former chat of the same id gives its turn and its last offset: what it still has to write
     * comes before what this one writes.
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
            long lastOffset = former == null ? -1 : former.progress().reached().lastOffset();
            return restored(new ChatKey(start.partition(), id), turn, new Starting(start), ChatMemory.fresh(lastOffset),
                    partitionChats.generation(), partitionChats.end());
        });
    }

    Chat restored(ChatKey key, Turn turn, SessionState state, ChatMemory memory, int generation, long formerOwnersEnd) {
        return new Chat(key, turn, state, memory, generation, formerOwnersEnd, new Pace(messagesPerSecond));
    }

    /** The chat is over and nothing of it can come again. A new chat of the same id stays. */
    public void forget(Chat chat) {
        Owned partitionChats = owned.get(chat.key().partition());
        if (partitionChats != null) {
            partitionChats.chats().remove(chat.chatId(), chat);
        }
    }

    /** Whether the chat is ours and no later one of the same id is. */
    public boolean isCurrent(Chat chat) {
        return !chat.isReleased() && find(chat.key().partition(), chat.chatId()) == chat;
    }

    /** The chat's durable state is behind; {@link #writeBehind} sees to it. */
    public void behind(Chat chat) {
        if (chat.markDirty()) {
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

    List<Chat> of(int partition) {
        Owned partitionChats = owned.get(partition);
        return partitionChats == null ? List.of() : List.copyOf(partitionChats.chats().values());
    }

    /** The chats of a partition that have ended. */
    List<Chat> ended(int partition) {
        return of(partition).stream().filter(chat -> chat.state() instanceof Ended).toList();
    }
}

package io.guestchat.cli;

import io.guestchat.contract.ChatId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads {@code topics.sessions} as it stands. */
final class StoredChats {

    private StoredChats() {
    }

    /** What tells chats apart: an id that arrives on two partitions is two chats. */
    private record Name(int partition, String chatId) {
    }

    /** The chats in the order in which they first were written, partition by partition. Those that are forgotten are gone. */
    static List<StoredChat> read(Cluster cluster) {
        Map<Name, StoredChat> chats = new LinkedHashMap<>();
        cluster.read(cluster.partitions(cluster.topics().sessions()), found -> {
            ChatId.read(found.key()).ifPresent(chatId -> {
                Name name = new Name(found.partition(), chatId);
                if (found.value() == null) {
                    chats.remove(name);
                } else {
                    chats.put(name, StoredChat.of(chatId, found));
                }
            });
            return true;
        });
        return List.copyOf(chats.values());
    }
}

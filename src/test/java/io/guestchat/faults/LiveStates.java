package io.guestchat.faults;

import io.guestchat.harness.Received;
import io.guestchat.harness.TopicReader;
import java.util.HashMap;
import java.util.Map;

/** The chats' durable states as compaction would leave them: the last of each chat, and none where that is a tombstone. */
record LiveStates(Map<String, Received> byChat) {

    static LiveStates read(String brokers, String topic) {
        Map<String, Received> last = new HashMap<>();
        for (Received state : new TopicReader(brokers).read(topic)) {
            // A chat id on two partitions is two chats.
            String chat = state.raw().partition() + "/" + state.key();
            if (state.raw().value() == null) {
                last.remove(chat);
            } else {
                last.put(chat, state);
            }
        }
        return new LiveStates(Map.copyOf(last));
    }

    int count() {
        return byChat.size();
    }
}

package io.guestchat.cli;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.guestchat.contract.Timestamps;
import io.guestchat.state.SessionRecord;
import io.guestchat.state.SessionRecordCodec;
import java.io.IOException;
import java.time.Instant;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * One chat as its last record on {@code topics.sessions} has it, without anything that was said.
 *
 * @param partition of its state and of its requests
 * @param webchatSessionId null where there is none yet
 * @param conversationId null where there is none yet
 * @param writtenAt when its state was last written: at each turn of its life and with each text, so nothing has happened since
 * @param lastActivity when something last went through it, either way; null where its state does not say
 * @param held texts that wait in the state
 * @param endReason why it ended; null where it has not, or where its {@code start} failed
 */
record StoredChat(int partition, String chatId, ChatState state, String webchatSessionId, String conversationId, Instant writtenAt,
        Instant lastActivity, int held, String endReason) {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    /** @param found no tombstone */
    static StoredChat of(String chatId, ConsumerRecord<byte[], byte[]> found) {
        Instant writtenAt = Instant.ofEpochMilli(found.timestamp());
        try {
            SessionRecord session = SessionRecordCodec.read(found.value());
            return new StoredChat(found.partition(), chatId, ChatState.of(session.state()), session.webchatSessionId(),
                    session.conversationId(), writtenAt,
                    session.lastActivity() > 0 ? Instant.ofEpochMilli(session.lastActivity()) : null, session.held().size(),
                    session.end() == null ? null : session.end().reason());
        } catch (IOException unreadable) {
            return new StoredChat(found.partition(), chatId, ChatState.UNREADABLE, null, null, writtenAt, null, 0, null);
        }
    }

    String text() {
        return "chat=" + Shown.line(chatId) + " partition=" + partition + " state=" + state
                + " session=" + Shown.word(webchatSessionId) + " conversation=" + Shown.word(conversationId)
                + " written=" + Timestamps.iso(writtenAt) + (lastActivity == null ? "" : " active=" + Timestamps.iso(lastActivity))
                + " held=" + held
                + (endReason == null ? "" : " reason=" + Shown.word(endReason));
    }

    String json() {
        ObjectNode line = JSON.createObjectNode();
        line.put("chatId", chatId).put("partition", partition).put("state", state.toString());
        put(line, "webchatSessionId", webchatSessionId);
        put(line, "conversationId", conversationId);
        line.put("writtenAt", Timestamps.iso(writtenAt));
        put(line, "lastActivity", lastActivity == null ? null : Timestamps.iso(lastActivity));
        line.put("held", held);
        put(line, "endReason", endReason);
        return line.toString();
    }

    private static void put(ObjectNode line, String field, String word) {
        if (word != null) {
            line.put(field, word);
        }
    }
}

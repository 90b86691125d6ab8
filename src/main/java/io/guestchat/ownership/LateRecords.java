package io.guestchat.ownership;

import io.guestchat.chat.Chat;
import io.guestchat.chat.Chats;
import io.guestchat.contract.ChatId;
import io.guestchat.observe.BridgeMeters;
import io.guestchat.state.SessionRecordCodec;
import io.guestchat.state.StateFollower;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.IntConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sees to it that a partition's state is its owner's. A record says in which generation of the group its writer was given the
 * partition. One of an older generation has been on its way since then, and stands where the owner's own record stood: that is
 * written again. One of a newer generation means that the partition is somebody else's, before the group has told us so.
 */
public final class LateRecords implements StateFollower.Listener {

    private static final Logger LOG = LoggerFactory.getLogger(LateRecords.class);

    private final Chats chats;
    private final IntConsumer lose;
    private final BridgeMeters meters;

    /** @param lose lets go of a partition at once, without a word */
    public LateRecords(Chats chats, IntConsumer lose, BridgeMeters meters) {
        this.chats = chats;
        this.lose = lose;
        this.meters = meters;
    }

    @Override
    public void stored(int partition, byte[] key, byte[] value) {
        Optional<String> chatId = ChatId.read(key);
        OptionalInt ours = chats.generation(partition);
        if (chatId.isEmpty() || ours.isEmpty()) {
            return;
        }
        Chat chat = chats.find(partition, chatId.get());
        if (value == null) {
            // A tombstone does not say whose it is. Our own is of a chat that is over, or whose id has been taken again since.
            if (chat != null && chat.isLive()) {
                chats.behind(chat);
            }
            return;
        }
        int theirs = SessionRecordCodec.generation(value);
        if (theirs > ours.getAsInt()) {
            LOG.warn("partition has a newer owner, letting go of it partition={} generation={} newer={}", partition, ours.getAsInt(),
                    theirs);
            lose.accept(partition);
        } else if (theirs < ours.getAsInt()) {
            undo(partition, chatId.get(), chat, theirs);
        }
    }

    private void undo(int partition, String chatId, Chat chat, int generation) {
        LOG.info("a former owner's state is replaced chatId={} partition={} generation={}", chatId, partition, generation);
        meters.stateReplaced();
        if (chat == null) {
            // Either its start has not been read yet, and makes a chat of its own; or it has ended, and left nothing.
            chats.leftOver(partition, chatId);
        } else {
            chats.behind(chat);
        }
    }
}

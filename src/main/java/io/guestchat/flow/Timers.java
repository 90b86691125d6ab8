package io.guestchat.flow;

import io.guestchat.chat.Chat;
import io.guestchat.chat.Chats;
import io.guestchat.platform.Timer;
import java.time.Duration;

/** What is done for all chats from time to time: state that is behind is written, what is over
 * is forgotten, idle chats are ended. One timer each, not one a chat. */
public final class Timers {

    /** How far the durable state may be behind where nothing asks for it; as long, offsets wait for their commit. */
    private static final Duration WRITE_BEHIND = Duration.ofMillis(200);
    private static final Duration SHORTEST_LOOK = Duration.ofSeconds(1);
    private static final Duration LONGEST_LOOK = Duration.ofMinutes(1);

    private final Chats chats;
    private final Endings endings;
    private final Duration idleLook;
    private final Timer timer;
    private final Flows flows;

    public Timers(Chats chats, Endings endings, Duration idleTimeout, Timer timer, Flows flows) {
        this.chats = chats;
        this.endings = endings;
        this.timer = timer;
        this.flows = flows;
        Duration tenth = idleTimeout.dividedBy(10);
        this.idleLook = tenth.compareTo(LONGEST_LOOK) > 0 ? LONGEST_LOOK : tenth.compareTo(SHORTEST_LOOK) < 0 ? SHORTEST_LOOK : tenth;
    }

    public void start() {
        timer.after(WRITE_BEHIND, this::writeBehind);
        timer.after(idleLook, this::endIdle);
    }

    private void writeBehind() {
        chats.writeBehind(chat -> flows.start("write-state", chat, null));
        // Not before none of its requests can come again: a redelivered start would open the chat anew.
        chats.forgetOver(chat -> flows.start("forget-chat", chat, null));
        timer.after(WRITE_BEHIND, this::writeBehind);
    }

    private void endIdle() {
        for (Chat chat : chats.all()) {
            if (chat.isLive() && endings.isIdle(chat)) {
                flows.start("end-idle", chat, null);
            }
        }
        timer.after(idleLook, this::endIdle);
    }
}

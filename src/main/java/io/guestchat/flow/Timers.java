package io.guestchat.flow;

import io.guestchat.chat.Chat;
import io.guestchat.chat.Chats;
import io.guestchat.platform.Timer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * What is done for all chats from time to time: state that is behind is written, what is over is forgotten, idle chats are ended.
 * One timer each, not one a chat.
 */
public final class Timers {

    /** How often chats are looked for whose state is behind: some are written each time, as all at once would hold up texts. */
    private static final Duration TICK = Duration.ofMillis(25);
    /**
     * For so many ticks, half a second, the durable state may be behind where nothing asks for it; as long, offsets wait for
     * their commit. What comes meanwhile is in the same write.
     */
    private static final int TICKS_BEHIND = 20;
    private static final Duration SHORTEST_LOOK = Duration.ofSeconds(1);
    private static final Duration LONGEST_LOOK = Duration.ofMinutes(1);

    private final Chats chats;
    private final Endings endings;
    private final Duration idleLook;
    private final Timer timer;
    private final Flows flows;
    /** By the tick that found them; on the timer's thread. */
    private final Deque<List<Chat>> behind = new ArrayDeque<>();

    public Timers(Chats chats, Endings endings, Duration idleTimeout, Timer timer, Flows flows) {
        this.chats = chats;
        this.endings = endings;
        this.timer = timer;
        this.flows = flows;
        Duration tenth = idleTimeout.dividedBy(10);
        this.idleLook = tenth.compareTo(LONGEST_LOOK) > 0 ? LONGEST_LOOK : tenth.compareTo(SHORTEST_LOOK) < 0 ? SHORTEST_LOOK : tenth;
    }

    public void start() {
        timer.after(TICK, this::writeBehind);
        timer.after(idleLook, this::endIdle);
    }

    private void writeBehind() {
        List<Chat> found = new ArrayList<>();
        chats.writeBehind(found::add);
        behind.add(found);
        if (behind.size() > TICKS_BEHIND) {
            // One that has been written meanwhile, for whatever reason, is not behind any more.
            behind.remove().stream().filter(chat -> !chat.isReleased() && chat.custody().isDirty())
                    .forEach(chat -> flows.start("write-behind", chat, null));
        }
        // Not before none of its requests can come again: a redelivered start would open the chat anew.
        chats.forgetOver(chat -> flows.start("forget-chat", chat, null));
        timer.after(TICK, this::writeBehind);
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

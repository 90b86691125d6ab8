package io.guestchat.chat;

import com.fasterxml.jackson.databind.JsonNode;
import io.guestchat.chat.SessionState.Connected;
import io.guestchat.chat.SessionState.Ended;
import io.guestchat.chat.SessionState.Live;
import io.guestchat.contract.Failure;
import io.guestchat.state.SessionRecord.Anchor;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * One chat: its session's state and its texts both ways. Touched only in its {@link #turn()}, but for {@link #state()},
 * {@link #progress()} and {@link #custody()}, which any thread may call.
 */
public final class Chat {

    private final ChatKey key;
    private final Turn turn;
    private final ChatProgress progress;
    private final GuestTexts guestTexts;
    private final AgentTexts agentTexts;
    private final Map<String, JsonNode> unknown;
    private final Custody custody;
    private final Pace pace;
    private final Outbox outbox = new Outbox();
    private final Reconnecting reconnecting = new Reconnecting();
    private final Activity activity = new Activity();
    private final List<Refusal> refusals = new ArrayList<>();
    private final FormerTexts formerTexts;
    private final HistoryPlace place;
    private final List<Refusal> unreadable = new ArrayList<>();
    private final Set<String> untold = new LinkedHashSet<>();

    private volatile SessionState state;
    private volatile long endedAtMillis;
    private Gap gap;
    private boolean owesHistory;
    private int losses;
    private boolean sendingDue;
    private AskedSettled askedSettled;

    /**
     * @param turn a new one, or that of the former chat of the same key, whose last writes must not come after this one's first
     */
    public Chat(ChatKey key, Turn turn, SessionState state, ChatMemory memory, Custody custody, Pace pace) {
        this.key = key;
        this.turn = turn;
        this.state = state;
        this.progress = new ChatProgress(memory.reached());
        this.guestTexts = memory.guestTexts();
        this.agentTexts = memory.agentTexts();
        this.formerTexts = new FormerTexts(custody);
        this.place = new HistoryPlace(agentTexts, guestTexts, formerTexts, memory.anchor());
        this.losses = memory.losses();
        this.unknown = memory.unknown();
        this.untold.addAll(memory.untold());
        this.custody = custody;
        this.pace = pace;
    }

    public ChatKey key() {
        return key;
    }

    public String chatId() {
        return key.chatId();
    }

    /** The record key. */
    public byte[] keyBytes() {
        return key.chatId().getBytes(StandardCharsets.UTF_8);
    }

    public Turn turn() {
        return turn;
    }

    public SessionState state() {
        return state;
    }

    /** A transition; the state that it leaves has made it. */
    public void become(SessionState next) {
        state = next;
    }

    /** The session; null where there is none (yet). */
    public Session session() {
        if (state instanceof Live live) {
            return live.session();
        }
        return state instanceof Ended ended ? ended.session() : null;
    }

    public boolean isLive() {
        return !(state instanceof Ended);
    }

    /** Whether that socket is the chat's: what a former one still says does not count. */
    public boolean isCurrent(Object socket) {
        return state instanceof Connected connected && connected.socket() == socket;
    }

    /** That the chat is ours. Any thread may ask. */
    public Custody custody() {
        return custody;
    }

    public ChatProgress progress() {
        return progress;
    }

    public GuestTexts guestTexts() {
        return guestTexts;
    }

    /** Whether no text of the guest waits or is unsettled. Any thread may ask; the answer may be a moment old. */
    public boolean isQuiet() {
        return guestTexts.isQuiet();
    }

    public AgentTexts agentTexts() {
        return agentTexts;
    }

    /** What is told while the chat goes on. Any thread may ask. */
    public Outbox outbox() {
        return outbox;
    }

    public Pace pace() {
        return pace;
    }

    public Reconnecting reconnecting() {
        return reconnecting;
    }

    public Map<String, JsonNode> unknown() {
        return unknown;
    }

    public Anchor anchor() {
        return place.anchor();
    }

    public int losses() {
        return losses;
    }

    /** The socket was lost once more. @return the number of the loss */
    public int countLoss() {
        return ++losses;
    }

    public Gap gap() {
        return gap;
    }

    /** A socket has been opened again: what was said meanwhile is to be found. */
    public Gap openGap() {
        gap = new Gap();
        return gap;
    }

    /**
     * Whether a gap was closed before there was a conversation, and so without a history: what it lacks may be in the later one.
     */
    public boolean owesHistory() {
        return owesHistory;
    }

    /** There is a history now. It is read as after a loss. */
    public Gap lookBack() {
        owesHistory = false;
        gap = new Gap(true);
        return gap;
    }

    /** What a history holds that has not been published or settled. */
    public Gap.News news(History history) {
        return place.news(history);
    }

    /** The texts in line that may have arrived, in order. */
    public List<GuestText> inDoubt() {
        return guestTexts.inDoubt(formerTexts::isInDoubt);
    }

    /** What a former owner may have written. */
    public FormerTexts formerTexts() {
        return formerTexts;
    }

    /** The history has been read, and what it shows of the texts in line is settled. */
    public void shown(History history, HistoryClaims claims) {
        place.shown(history, claims);
    }

    /** The gap is closed. */
    public void closeGap(History history) {
        place.moveTo(history, gap.newer().size());
        owesHistory = false;
        gap = null;
    }

    /** The gap is closed as far as can be: there is no conversation yet. */
    public void closeGapWithoutHistory() {
        owesHistory = !session().isAssigned();
        if (!owesHistory) {
            formerTexts.unreadable();
            place.lose();
        }
        gap = null;
    }

    /** The gap stays open for ever: the chat is over, or the socket is lost again. */
    public void giveUpGap() {
        gap = null;
    }

    /** A text comes, perhaps again. One that has arrived is settled with that. */
    public FormerTexts.Fate claim(GuestText text) {
        FormerTexts.Fate fate = place.claim(text.request(), text.text());
        if (fate == FormerTexts.Fate.ARRIVED) {
            guestTexts.settleUnwritten(text.text());
        }
        return fate;
    }

    /** Held requests that cannot be read any more. They stay in the durable state until their refusal is told. */
    public List<Refusal> unreadable() {
        return unreadable;
    }

    /** Requests that the chat's end refuses. They stay in the durable state until it is gone. */
    public List<Refusal> refusals() {
        return refusals;
    }

    /** Lifecycle events that the durable state implies and that may not have been published: a crash must not swallow them. */
    public Set<String> untold() {
        return untold;
    }

    /** Whether the chat is somebody else's now, or nobody's: nothing of it is written or published any more. */
    public boolean isReleased() {
        return custody.isReleased();
    }

    /** Sending goes on later. @return whether that was not known before: the caller then sees to it */
    public boolean sendingLater() {
        boolean first = !sendingDue;
        sendingDue = true;
        return first;
    }

    public void sendingNow() {
        sendingDue = false;
    }

    /** The ping that is to settle texts; null where none is under way. */
    public AskedSettled askedSettled() {
        return askedSettled;
    }

    public void askedSettled(AskedSettled asked) {
        askedSettled = asked;
    }

    /** A ping whose pong says that a text has arrived, and all that were written before it. */
    public record AskedSettled(long ping, GuestText upTo) {
    }

    /** When the chat ended, in epoch milliseconds; 0 while it is live. */
    public long endedAtMillis() {
        return endedAtMillis;
    }

    public void endedAt(long millis) {
        endedAtMillis = millis;
    }

    /** Any thread may ask. */
    public Activity activity() {
        return activity;
    }

    /** A request that the chat's end refuses, and why. */
    public record Refusal(Request request, Failure failure) {
    }

    @Override
    public String toString() {
        return "Chat[" + key.chatId() + ", " + state.durableName() + "]";
    }
}

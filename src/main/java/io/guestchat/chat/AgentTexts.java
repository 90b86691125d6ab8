package io.guestchat.chat;

import io.guestchat.state.SessionRecord.StoredText;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collection;
import java.util.Deque;
import java.util.List;

/**
 * The agent's texts of one session: each gets its number, once. A frame has no id, so the history can only be lined up with what
 * was published by counting, and by short hashes where counting is not enough.
 */
public final class AgentTexts {

    /** How many of the last texts are remembered by hash. */
    static final int REMEMBERED = 32;
    private static final int HASH_BYTES = 6;

    private final Deque<String> recent = new ArrayDeque<>(0);
    private final List<StoredText> unpublished = new ArrayList<>();
    private long published;
    private boolean lastInConversation;

    public AgentTexts(long published, Collection<String> recentHashes, Collection<StoredText> unpublished) {
        this.published = published;
        this.recent.addAll(recentHashes);
        this.unpublished.addAll(unpublished);
    }

    /** The number of the last text. */
    public long published() {
        return published;
    }

    /** Gives a text the next number. */
    public long number(String text) {
        while (recent.size() >= REMEMBERED) {
            recent.removeFirst();
        }
        recent.addLast(hash(text));
        return ++published;
    }

    /** Gives the next number to a text that no history has: remembered it would only contradict every place in it. */
    public long numberUnremembered() {
        return ++published;
    }

    /** The last text was said in the conversation: its history has it. */
    public void saidInConversation() {
        lastInConversation = true;
    }

    /** Whether that is known; not after a takeover. */
    boolean isLastInConversation() {
        return lastInConversation;
    }

    boolean isLast(String text) {
        return hash(text).equals(recent.peekLast());
    }

    /** Keeps a numbered text in the durable state until it is published: no history would bring it back. */
    public void keep(StoredText text) {
        unpublished.add(text);
    }

    public void forget(long n) {
        unpublished.removeIf(text -> text.n() == n);
    }

    /** Texts that were numbered and may not have been published. */
    public List<StoredText> unpublished() {
        return List.copyOf(unpublished);
    }

    /** Oldest first. */
    public List<String> recentHashes() {
        return List.copyOf(recent);
    }

    static String hash(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return Base64.getUrlEncoder().withoutPadding().encodeToString(Arrays.copyOf(digest, HASH_BYTES));
        } catch (NoSuchAlgorithmException everyJavaHasIt) {
            throw new IllegalStateException(everyJavaHasIt);
        }
    }
}

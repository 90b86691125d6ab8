package io.guestchat.chat;

/** The {@code reason} of {@code chat-ended} (contract, "Events"). */
public enum EndReason {
    REQUESTED("requested"),
    CLOSED_BY_PLATFORM("closed-by-platform"),
    EXPIRED("expired"),
    IDLE("idle"),
    FAILED("failed");

    private final String word;

    EndReason(String word) {
        this.word = word;
    }

    public String word() {
        return word;
    }

    /** @throws IllegalArgumentException where the word is none */
    public static EndReason of(String word) {
        for (EndReason reason : values()) {
            if (reason.word.equals(word)) {
                return reason;
            }
        }
        throw new IllegalArgumentException("no end reason: " + word);
    }
}

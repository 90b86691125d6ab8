package io.guestchat.dialect;

/**
 * One HTTP call to the platform's API, as a dialect words it. The bearer token is added by whoever makes the call.
 *
 * @param kind what the call is for: it decides its turn and how its errors are told
 * @param method {@code GET} or {@code POST}
 * @param path begins with a slash; each segment that comes from outside is already percent-encoded
 * @param query without the question mark, encoded; null for none
 * @param body JSON; null for none
 */
public record PlatformCall(Kind kind, String method, String path, String query, String body) {

    /** The kinds of calls, in the order in which they get their share of {@code genesys.requests-per-minute}. */
    public enum Kind {
        /** A chat waits for it: the session of a {@code start}, an answer to {@code status} or {@code history}. */
        CREATE_SESSION, SESSION_DETAILS, HISTORY,
        /** Fills the gap that a lost socket left. */
        GAP,
        /** Asks whether a conversation has been assigned meanwhile. */
        POLL;

        /** Smaller goes first: what a guest waits for, then filling gaps, then polls (contract, "Configuration"). */
        public int priority() {
            return switch (this) {
                case CREATE_SESSION, SESSION_DETAILS, HISTORY -> 0;
                case GAP -> 1;
                case POLL -> 2;
            };
        }
    }

    /** Without path and body: they may name a guest. */
    @Override
    public String toString() {
        return "PlatformCall[" + kind + "]";
    }
}

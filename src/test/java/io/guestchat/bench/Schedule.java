package io.guestchat.bench;

/**
 * The plan of an open loop: when each text is to be sent, whatever has become of those before it.
 *
 * @param start on the clock of {@link System#nanoTime()}
 * @param perSecond texts a second, over all chats
 */
record Schedule(long start, int perSecond) {

    private static final long SECOND = 1_000_000_000L;

    long due(long text) {
        // Whole seconds apart, so that nothing is rounded up over time.
        return start + text / perSecond * SECOND + text % perSecond * SECOND / perSecond;
    }

    /** The chats take turns. */
    static int chat(long text, int chats) {
        return (int) (text % chats);
    }
}

package io.guestchat.simulator;

/**
 * Told of what has just taken effect at the platform, before the guest's side can hear of it: the moment at which a test lets
 * that side die. Called on the platform's own thread; the answer waits until the witness is through. It may use any verb of
 * {@link SimulatorControl} but those that stop the platform.
 */
public interface Witness {

    /** There is a new session, and the call that made it has not been answered. */
    default void sessionMade(String webchatSessionId, String displayName) {
    }

    /**
     * A text of the guest has come in. Nothing of it is recorded yet.
     *
     * @return false to lose it as a network does: with its connection, and with all that is behind it there
     */
    default boolean textCame(String webchatSessionId, String text) {
        return true;
    }

    /** A text of the guest is in the history; it is neither acknowledged nor echoed nor answered yet. */
    default void textStored(String webchatSessionId, String text) {
    }

    /** A page of the history has been put together, and not been sent. */
    default void pageRead(String webchatSessionId, int pageNumber) {
    }
}

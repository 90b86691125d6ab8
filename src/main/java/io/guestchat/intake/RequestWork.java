package io.guestchat.intake;

/** What is to be done with a request. */
@FunctionalInterface
public interface RequestWork {
    /**
     * Starts to carry out the record and returns, perhaps before it is carried out. The next record of the same chat waits until
     * {@code whenFinished} has run.
     *
     * @param whenFinished to be run once, on any thread; further runs do nothing
     */
    void carryOut(RequestRecord record, Runnable whenFinished);
}

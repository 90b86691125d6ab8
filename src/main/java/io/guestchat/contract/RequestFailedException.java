package io.guestchat.contract;

/**
 * Carries a {@link Failure} through a route to the one place that answers it. It has no stack trace: it is an outcome of the
 * contract, not a fault of the program.
 */
public final class RequestFailedException extends Exception {

    private static final long serialVersionUID = 1L;

    private final transient Failure failure;

    public RequestFailedException(Failure failure) {
        super(failure.code() + ": " + failure.message(), null, false, false);
        this.failure = failure;
    }

    public RequestFailedException(ErrorCode code, String message) {
        this(Failure.of(code, message));
    }

    public Failure failure() {
        return failure;
    }
}

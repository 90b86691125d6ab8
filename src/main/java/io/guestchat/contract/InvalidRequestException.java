package io.guestchat.contract;

/** A request that is not as the contract says, with what could be read of it all the same. */
public final class InvalidRequestException extends Exception {

    private static final long serialVersionUID = 1L;

    private final transient Failure failure;
    private final String requestType;
    private final String requestId;

    InvalidRequestException(ErrorCode code, String message, String requestType, String requestId) {
        super(message, null, false, false);
        this.failure = Failure.of(code, message);
        this.requestType = requestType;
        this.requestId = requestId;
    }

    public Failure failure() {
        return failure;
    }

    /** The request's type where it could be read, else null. */
    public String requestType() {
        return requestType;
    }

    /** The request's own id where it could be read, else null. */
    public String requestId() {
        return requestId;
    }
}
